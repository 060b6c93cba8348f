import { describe, expect, it } from 'vitest';
import { deriveSeed } from '../../src/math/seed.js';
import { spikeTrain } from '../../src/network/cells/spike-train.js';
import { cellModels } from '../../src/network/cells/table.js';
import { inputModels } from '../../src/network/inputs/table.js';
import type { CellModel, PortModel } from '../../src/network/model/model.js';
import type { Network, Population } from '../../src/network/model/network.js';
import { clock, type Engine, engines, oneInput, record, simulatorOf } from './ports.js';
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

/** What sees the spikes of its cell, which a test of its own is for. */
const seeing: readonly Name[] = ['intrinsic-homeostasis', 'spike-count', 'firing-rate'];

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
    expect(closed[name] !== undefined || noises[name] !== undefined || seeing.includes(name)).toBe(true);
  });
  if (seeing.includes(name)) return;

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

/** A cell of a model that an input sees the spikes of. */
const watched = (
  model: PortModel,
  cell: CellModel,
  parameters: Record<string, number> = {},
  drive: Population['ports'] = {},
): Network => ({
  dtMs: 1,
  populations: [
    {
      ...{ name: 'cells', count: 1, model: cell, parameters: {} },
      ports: { ...drive, seen: { model, parameters } },
    },
  ],
  projections: [],
  modulators: {},
  inputs: [],
  outputs:
    model.name === 'spike-count'
      ? [{ name: 'out', cells: Int32Array.of(0), state: 'seen.count', empties: true }]
      : [],
  weights: new Float64Array(0),
});

/** A state of the input after every step. */
function watch(network: Network, state: string, steps: number, engine: Engine): number[] {
  const simulator = simulatorOf(network, engine);
  simulator.load({ seed: deriveSeed('watch') });
  return Array.from({ length: steps }, () => {
    simulator.run(1, [], new Float64Array(1));
    return simulator.state('cells', `seen.${state}`)[0]!;
  });
}

describe('spike-count', () => {
  const times = [2, 3, 7, 20];
  it.each(engines)('counts spikes for an output that empties, of a cell without a reset (%s)', (engine) => {
    const network = watched(inputModels['spike-count'], clock(times, 1));
    const simulator = simulatorOf(network, engine);
    const counts = [5, 5, 5, 10].map((steps) => {
      const out = new Float64Array(1);
      simulator.run(steps, [], out);
      return out[0];
    });
    expect(counts).toEqual([2, 1, 0, 1]);
  });

  it.each(engines)('counts the spikes that a cell with a reset or a train fires (%s)', (engine) => {
    const izhikevich = watched(
      inputModels['spike-count'],
      cellModels.izhikevich,
      {},
      {
        drive: { model: inputModels.constant, parameters: { amplitude: 10 } },
      },
    );
    const [cells] = watched(inputModels['spike-count'], spikeTrain).populations;
    const train: Network = {
      ...izhikevich,
      populations: [{ ...cells!, train: { steps: Int32Array.of(1, 5), cells: Int32Array.of(0, 0) } }],
    };
    for (const network of [izhikevich, train]) {
      const simulator = simulatorOf(network, engine);
      const out = new Float64Array(1);
      simulator.run(400, [], out);
      expect(out[0]).toBe(simulator.spikeCount);
      expect(out[0]).toBeGreaterThan(1);
    }
  });
});

describe('firing-rate', () => {
  it.each(engines)('is the difference of exponentials after each spike, of area 1 (%s)', (engine) => {
    const rate = watch(watched(inputModels['firing-rate'], clock([3, 10], 1)), 'rate', 900, engine);
    const kernel = (s: number) => (s < 0 ? 0 : (Math.exp(-s / 50) - Math.exp(-s / 20)) / 30);
    rate.forEach((found, step) => {
      const expected = kernel(step - 3) + kernel(step - 10);
      expect(Math.abs(found - expected)).toBeLessThanOrEqual(engine === 'f32' ? 1e-7 : 1e-15);
    });
    expect(rate.reduce((sum, x) => sum + x, 0)).toBeCloseTo(2, 3);
  });
});

describe('intrinsic-homeostasis', () => {
  const settings = { goal: 20, tau: 500, gain: 2e-6, most: 0.5 };
  const network = (input: number, more = {}) =>
    watched(
      inputModels['intrinsic-homeostasis'],
      cellModels['leaky-integrate-and-fire'],
      { ...settings, ...more },
      {
        input: { model: inputModels.constant, parameters: { amplitude: input } },
        noise: { model: inputModels['noise-gaussian'], parameters: { sd: 0.2 } },
      },
    );
  const rateOf = (of: Network, engine: Engine, fromMs: number, toMs: number) => {
    const simulator = simulatorOf(of, engine);
    simulator.load({ seed: deriveSeed('homeostasis') });
    simulator.run(fromMs, [], new Float64Array(1));
    const before = simulator.spikeCount;
    simulator.run(toMs - fromMs, [], new Float64Array(1));
    return (1000 * (simulator.spikeCount - before)) / (toMs - fromMs);
  };

  it.each([0, 0.3])('settles a cell that receives %d nA at its goal rate', (input) => {
    const free = rateOf(network(input, { gain: 0 }), 'f64', 0, 20_000);
    expect(Math.abs(free - settings.goal)).toBeGreaterThan(10);
    // A regular cell's count over 40 s differs from the goal by what the bias still swings.
    for (const engine of ['f64', 'f32'] as const) {
      expect(Math.abs(rateOf(network(input), engine, 60_000, 100_000) - settings.goal)).toBeLessThan(0.5);
    }
  });

  it('is the same to the bit in both engines, spikes and all', () => {
    const [reference, compiled] = (['reference', 'f64'] as const).map((engine) =>
      watch(network(0), 'bias', 3000, engine),
    );
    expect(compiled).toEqual(reference);
    expect(new Set(reference).size).toBeGreaterThan(2900);
    expect(watch(network(0), 'activity', 3000, 'f64')).toEqual(
      watch(network(0), 'activity', 3000, 'reference'),
    );
  });

  it('goes no further than it may, and integrates what the cell is from its goal until then', () => {
    const silent = watched(inputModels['intrinsic-homeostasis'], clock([-1], 1), settings);
    const bias = watch(silent, 'bias', 40_000, 'f64');
    // From activity at the goal, which decays: gain goal (t - tau (1 - e^(-t/tau))).
    const t = 1000;
    expect(bias[t - 1]).toBeCloseTo(2e-6 * 20 * (t - 500 * (1 - Math.exp(-t / 500))), 4);
    expect(bias.at(-1)).toBe(0.5);
  });
});
