import { describe, expect, it } from 'vitest';
import { type Response, respond } from '../../src/kernel/response.js';
import { deriveSeed } from '../../src/math/seed.js';
import { cellModels } from '../../src/network/cells/table.js';
import { integratorNames } from '../../src/network/model/integrators.js';
import type { CellModel, Expectation, Protocol } from '../../src/network/model/model.js';
import { trialOf, typeOf } from '../../src/network/model/protocol.js';
import { checkModelUnits } from './units.js';

type Engine = 'reference' | 'f64' | 'f32';

const models = Object.entries(cellModels) as [string, CellModel][];

function live(model: CellModel, protocol: Protocol, engine: Engine): Response {
  const trial = trialOf(model, protocol);
  return respond(trial.model, { ...trial, engine, seed: deriveSeed('protocol') });
}

const timesOf = ({ spikeSteps }: Response, dtMs: number, timed: Expectation['timed'] = 'end') =>
  spikeSteps[0]!.map((step) => (timed === 'start' ? step : step + 1) * dtMs);

/** Asks a response for everything that is expected of it. */
function check(response: Response, { expect: expected, dtMs, durationMs }: Protocol): void {
  if (!expected) return;
  const { spikes, timesMs = [], toleranceMs = 1e-6, rateHz, rateToleranceHz = 1e-6, ends = {} } = expected;
  const times = timesOf(response, dtMs, expected.timed);
  const told = `spikes at ${times.slice(0, 12).join(', ')}`;
  if (spikes !== undefined) expect(times.length, told).toBe(spikes);
  timesMs.forEach((time, i) => {
    expect(Math.abs(times[i]! - time), `spike ${i + 1} of ${told}`).toBeLessThanOrEqual(toleranceMs);
  });
  if (rateHz !== undefined) {
    expect(Math.abs((1000 * times.length) / durationMs - rateHz), told).toBeLessThanOrEqual(rateToleranceHz);
  }
  for (const [name, value] of Object.entries(ends)) {
    const found = response.states[name]![0]!.at(-1)!;
    expect(Math.abs(found - value), `${name} ends at ${found}`).toBeLessThanOrEqual(
      expected.endsTolerance ?? 1e-6,
    );
  }
}

describe.each(models)('%s', (name, model) => {
  it('is listed by its name, with parameters in their ranges and a protocol with a figure', () => {
    expect(model.name).toBe(name);
    for (const [parameter, { default: value, low, high }] of Object.entries(model.parameters)) {
      expect(value, parameter).toBeGreaterThanOrEqual(low);
      expect(value, parameter).toBeLessThanOrEqual(high);
    }
    for (const type of Object.keys(model.types ?? {})) {
      const { parameters, start } = typeOf(model, type);
      for (const [parameter, value] of Object.entries(parameters)) {
        const { low, high } = model.parameters[parameter]!;
        expect(value, `${type}.${parameter}`).toBeGreaterThanOrEqual(low);
        expect(value, `${type}.${parameter}`).toBeLessThanOrEqual(high);
      }
      for (const state of Object.keys(start)) expect(model.state[state], `${type}.${state}`).toBeDefined();
    }
    const expected = Object.values(model.protocols ?? {}).map((protocol) => protocol.expect);
    expect(expected.length).toBeGreaterThan(0);
    for (const figures of expected) expect(figures).toBeDefined();
    if (model.integrator) expect(integratorNames).toContain(model.integrator);
  });

  it('has consistent units', () => {
    checkModelUnits(model);
  });

  const protocols = Object.entries(model.protocols ?? {});
  it.each(protocols)('%s: as expected in float64, to the bit in both engines', (_, protocol) => {
    const reference = live(model, protocol, 'reference');
    check(reference, protocol);
    const compiled = live(model, protocol, 'f64');
    expect(compiled.spikeSteps).toEqual(reference.spikeSteps);
    for (const state of Object.keys(model.state)) {
      const [a, b] = [reference.states[state]![0]!, compiled.states[state]![0]!];
      expect(a.findIndex((value, step) => !Object.is(value, b[step]))).toBe(-1);
      expect(a.every(Number.isFinite)).toBe(true);
    }
  });

  it.each(protocols)('%s: nearly so in float32', (_, protocol) => {
    const wide = live(model, protocol, 'f64');
    const narrow = live(model, protocol, 'f32');
    const [expected, found] = [wide, narrow].map((response) => timesOf(response, protocol.dtMs)) as [
      number[],
      number[],
    ];
    expect(found.length).toBe(expected.length);
    // A spike may slip by a step, and those after it with it; the rest is two thousandths of the time that has passed.
    expected.forEach((time, i) => {
      expect(Math.abs(found[i]! - time)).toBeLessThanOrEqual((i + 2) * protocol.dtMs + 2e-3 * time);
    });
    for (const state of Object.keys(protocol.expect?.ends ?? {})) {
      const [a, b] = [wide, narrow].map(({ states }) => states[state]![0]!.at(-1)!) as [number, number];
      expect(Math.abs(a - b)).toBeLessThanOrEqual(2e-5 * Math.max(1, Math.abs(a)));
    }
  });
});
