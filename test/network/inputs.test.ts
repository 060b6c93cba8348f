import { describe, expect, it } from 'vitest';
import { deriveSeed } from '../../src/math/seed.js';
import { inputModels } from '../../src/network/inputs/table.js';
import type { PortModel } from '../../src/network/model.js';
import { type Engine, engines, oneInput, record, simulatorOf } from './ports.js';
import { checkModelUnits } from './units.js';

type Name = keyof typeof inputModels;
const dtMs = 0.5;

/** Parameters, and the current at the start of a step. */
const closed: Partial<Record<Name, [Record<string, number>, (t: number) => number]>> = {
  external: [{ I: 2 }, () => 2],
  constant: [{ amplitude: -3 }, () => -3],
  step: [{ amplitude: 4, start: 10, stop: 20 }, (t) => (t >= 10 && t < 20 ? 4 : 0)],
  ramp: [{ amplitude: 6, start: 10, stop: 40 }, (t) => Math.min(Math.max((t - 10) / 5, 0), 6)],
  pulses: [{ amplitude: 1, start: 5, period: 12, width: 3 }, (t) => (t >= 5 && (t - 5) % 12 < 3 ? 1 : 0)],
  sine: [
    { amplitude: 2, frequency: 25, phase: 0.5, offset: 1 },
    (t) => 1 + 2 * Math.sin((2 * Math.PI * 25 * t) / 1000 + 0.5),
  ],
};

/** Noise, with the fourth moment that tells the distributions apart. */
const noises: Partial<Record<Name, { kurtosis: number }>> = {
  'ornstein-uhlenbeck': { kurtosis: 3 },
  'noise-gaussian': { kurtosis: 3 },
  'noise-uniform': { kurtosis: 1.8 },
  'noise-triangular': { kurtosis: 2.4 },
};

function moments(values: Float64Array): { mean: number; sd: number; kurtosis: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const square = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
  const fourth = values.reduce((sum, x) => sum + (x - mean) ** 4, 0) / values.length;
  return { mean, sd: Math.sqrt(square), kurtosis: fourth / square ** 2 };
}

/** What 20,000 cells receive in some steps. */
function sample(model: PortModel, parameters: Record<string, number>, steps: number[], engine: Engine) {
  const simulator = simulatorOf(oneInput(model, dtMs, parameters, 20_000), engine);
  simulator.load({ seed: deriveSeed('noise') });
  return steps.map((to) => {
    simulator.run(to - simulator.step, [], new Float64Array(0));
    return simulator.state('probes', 'received');
  });
}

const correlation = (a: Float64Array, b: Float64Array, mean: number, sd: number) =>
  a.reduce((sum, x, i) => sum + (x - mean) * (b[i]! - mean), 0) / a.length / sd ** 2;

describe.each(Object.entries(inputModels) as [Name, PortModel][])('%s', (name, model) => {
  it('is listed by its name, with consistent units and a test', () => {
    expect(model.name).toBe(name);
    checkModelUnits(model);
    expect(closed[name] ?? noises[name]).toBeDefined();
  });

  const form = closed[name];
  if (form) {
    it.each(engines)('gives its current (%s)', (engine) => {
      const [parameters, current] = form;
      record(oneInput(model, dtMs, parameters), 120, engine).forEach((found, step) => {
        expect(Math.abs(found - current(step * dtMs))).toBeLessThanOrEqual(engine === 'f32' ? 2e-6 : 1e-12);
      });
    });
    it('is the same to the bit in both engines', () => {
      const network = oneInput(model, 0.1, form[0]);
      expect(record(network, 700, 'f64')).toEqual(record(network, 700, 'reference'));
    });
    return;
  }

  it('has the mean, standard deviation and shape that it should', () => {
    const [values] = sample(model, { mean: 1.5, sd: 0.7 }, [200], 'f64');
    const { mean, sd, kurtosis } = moments(values!);
    // Four standard errors of 20,000 draws.
    expect(Math.abs(mean - 1.5)).toBeLessThan((4 * 0.7) / Math.sqrt(20_000));
    expect(Math.abs(sd / 0.7 - 1)).toBeLessThan(0.02);
    expect(Math.abs(kurtosis - noises[name]!.kurtosis)).toBeLessThan(0.15);
  });

  it('is correlated as it should be from step to step', () => {
    const values = sample(model, { mean: 1.5, sd: 0.7 }, [200, 202, 210, 240], 'f64');
    const found = values.slice(1).map((later) => correlation(values[0]!, later, 1.5, 0.7));
    // exp(-lag / 5 ms) after 1, 5 and 20 ms for the process with memory, none for the others.
    const expected = name === 'ornstein-uhlenbeck' ? [1, 5, 20].map((lag) => Math.exp(-lag / 5)) : [0, 0, 0];
    expected.forEach((value, i) => {
      expect(Math.abs(found[i]! - value)).toBeLessThan(0.03);
    });
  });

  it('is the same to the bit in both engines, and nearly so in float32', () => {
    const network = oneInput(model, 0.1, {});
    const reference = record(network, 300, 'reference');
    expect(record(network, 300, 'f64')).toEqual(reference);
    record(network, 300, 'f32').forEach((found, step) => {
      expect(Math.abs(found - reference[step]!)).toBeLessThan(1e-4);
    });
    expect(new Set(reference).size).toBeGreaterThan(250);
  });
});
