import { describe, expect, it } from 'vitest';
import { respond } from '../../src/kernel/response.js';
import { cellModels } from '../../src/network/cells/table.js';
import { inputModels } from '../../src/network/inputs/table.js';
import type { CellModel, Parameters, PortModel } from '../../src/network/model/model.js';
import type { PlasticityRule } from '../../src/network/model/plasticity-rule.js';
import { plasticityRules } from '../../src/network/plasticity/table.js';
import { synapseModels } from '../../src/network/synapses/table.js';
import { pairOf } from '../kernel/one-synapse.js';
import { engines, oneSynapse, record, simulatorOf } from './ports.js';

/** Parameters at which something may be divided by nothing. */
interface Place {
  what: string;
  parameters: Readonly<Record<string, number>>;
}

/** Every parameter at 0 and at the ends of its range, and every two of one unit equal to each other. */
function placesOf(parameters: Parameters): Place[] {
  const all = Object.entries(parameters);
  const single = all.flatMap(([name, { low, high }]) =>
    [...new Set([low, high, ...(low <= 0 && high >= 0 ? [0] : [])])]
      .filter(Number.isFinite)
      .map((value): Place => ({ what: `${name} = ${value}`, parameters: { [name]: value } })),
  );
  const equal = all.flatMap(([name, { unit, default: value }], i) =>
    all
      .slice(i + 1)
      .filter(([, other]) => other.unit === unit && value >= other.low && value <= other.high && value !== 0)
      .map(
        ([other]): Place => ({
          what: `${other} = ${name} = ${value}`,
          parameters: { [name]: value, [other]: value },
        }),
      ),
  );
  return [...single, ...equal];
}

/** Places as values for cells side by side. */
function sideBySide(parameters: Parameters, places: readonly Place[]): Record<string, Float64Array> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { default: value }]) => [
      name,
      Float64Array.from(places, (place) => place.parameters[name] ?? value),
    ]),
  );
}

describe.each(Object.entries(cellModels) as [string, CellModel][])('the cell %s', (_, model) => {
  const places = placesOf(model.parameters);
  it.each(
    engines,
  )('is finite where parameters are equal, 0 or at the ends of their ranges (%s)', (engine) => {
    const { states } = respond(model, {
      engine,
      dtMs: 0.01,
      durationMs: 2,
      cells: places.length,
      parameters: sideBySide(model.parameters, places),
    });
    const broken = places.flatMap(({ what }, cell) =>
      Object.values(states).some((values) => !values[cell]!.every(Number.isFinite)) ? [what] : [],
    );
    expect(broken).toEqual([]);
  });
});

const ports = { ...synapseModels, ...inputModels } as Readonly<Record<string, PortModel>>;
describe.each(Object.entries(ports).filter(([name]) => name !== 'delta'))('the port %s', (_, model) => {
  it.each(
    engines,
  )('is finite where parameters are equal, 0 or at the ends of their ranges (%s)', (engine) => {
    const broken = placesOf(model.parameters).flatMap(({ what, parameters }) => {
      const network = oneSynapse(model, { timesMs: [1, 2], dtMs: 0.1, parameters });
      const found = record(
        { ...network, projections: model.receives && !model.sends ? network.projections : [] },
        60,
        engine,
      );
      return found.every(Number.isFinite) ? [] : [what];
    });
    expect(broken).toEqual([]);
  });
});

describe.each(Object.entries(plasticityRules) as [string, PlasticityRule][])('the rule %s', (_, rule) => {
  it.each(
    engines,
  )('is finite where parameters are equal, 0 or at the ends of their ranges (%s)', (engine) => {
    const every = rule.onUpdate?.every;
    const broken = placesOf(rule.parameters).flatMap(({ what, parameters }) => {
      // Intervals are whole numbers of steps.
      const whole = every && parameters[every] ? { [every]: Math.ceil(parameters[every]) } : {};
      const network = pairOf(rule, { ...parameters, ...whole }, [1, 12], [3, 8], 0.5);
      // For rules that read the potential of the cells, one at the threshold of e-prop; and an adaptation.
      const populations = network.populations.map((population) => ({
        ...population,
        model: { ...population.model, state: { v: { unit: 'mV', start: -50 }, b: { unit: '1', start: 0 } } },
      }));
      const simulator = simulatorOf({ ...network, populations }, engine);
      simulator.load();
      simulator.run(100, [], new Float64Array(0));
      for (const modulator of simulator.modulators) simulator.release(modulator, 0.3);
      simulator.run(200, [], new Float64Array(0));
      return Number.isFinite(simulator.weights()[0]) ? [] : [what];
    });
    expect(broken).toEqual([]);
  });
});
