import { describe, expect, it } from 'vitest';
import { CompiledSimulator } from '../../src/kernel/compiled.js';
import { deriveSeed } from '../../src/math/seed.js';
import { leakyIntegrateAndFire } from '../../src/network/cells/leaky-integrate-and-fire.js';
import { poisson } from '../../src/network/cells/poisson.js';
import { type CellModel, quantity } from '../../src/network/model/model.js';
import type { Network } from '../../src/network/model/network.js';
import type { PlasticityRule } from '../../src/network/model/plasticity-rule.js';
import { inhibitoryStdp } from '../../src/network/plasticity/inhibitory-stdp.js';
import { pairStdp } from '../../src/network/plasticity/pair-stdp.js';
import { synapticScaling } from '../../src/network/plasticity/synaptic-scaling.js';
import { delta } from '../../src/network/synapses/delta.js';

/** The cell of Song, Miller and Abbott (2000): conductances in units of the leak. */
const cell: CellModel = {
  name: 'song',
  summary: 'leaky cell with an excitatory conductance',
  source: 'Song, Miller and Abbott 2000, doi:10.1038/78829',
  parameters: { tau: quantity('ms', 10, 1, 100, 'membrane time constant') },
  state: { v: { unit: 'mV', start: -74 }, g: { unit: '1', start: 0 } },
  integrator: 'exponential-euler',
  equations: ['dg/dt = -g / 5[ms]', 'dv/dt = (-74[mV] - v - g*v) / tau'],
  threshold: 'v > -54',
  reset: ['v = -60'],
};

const inputs = 1000;
const gMax = 0.01;

function network(): Network {
  return {
    dtMs: 0.5,
    populations: [
      { name: 'inputs', count: inputs, model: poisson, parameters: { rate: 15 }, ports: {} },
      {
        name: 'cell',
        count: 1,
        model: cell,
        parameters: {},
        ports: { g: { model: delta('g', '1'), parameters: {} } },
      },
    ],
    projections: [
      {
        name: 'inputs',
        from: 'inputs',
        to: 'cell',
        port: 'g',
        acts: 'afterReset',
        rowStart: Int32Array.from({ length: inputs + 1 }, (_, i) => i),
        post: new Int32Array(inputs),
        weight: Int32Array.from({ length: inputs }, (_, i) => i),
        delayMs: 0,
        plasticity: {
          rule: pairStdp,
          parameters: { aPlus: 0.01 * gMax, aMinus: 0.0105 * gMax, wMax: gMax },
        },
      },
    ],
    modulators: {},
    inputs: [],
    outputs: [],
    weights: Float64Array.from({ length: inputs }, (_, i) => (gMax * (i + 0.5)) / inputs),
  };
}

describe('additive STDP of one cell with a thousand inputs of 15 Hz', () => {
  it('parts weights into strong and weak ones within 100 s, and brings down the rate', () => {
    const simulator = new CompiledSimulator(network());
    simulator.load({ seed: deriveSeed('song') });
    const none = new Float64Array(0);
    simulator.run(20_000, [], none);
    const early = simulator.spikeCounts()[inputs]! / 10;
    simulator.run(180_000, [], none);
    const before = simulator.spikeCounts()[inputs]!;
    simulator.run(20_000, [], none);
    const late = (simulator.spikeCounts()[inputs]! - before) / 10;
    const weights = simulator.weights();
    const share = (low: number, high: number) =>
      weights.filter((weight) => weight >= low * gMax && weight <= high * gMax).length / inputs;
    // The two heaps at the bounds hold most weights, and the middle fewest.
    expect(share(0, 0.2)).toBeGreaterThan(0.35);
    expect(share(0.8, 1)).toBeGreaterThan(0.15);
    expect(share(0.4, 0.6)).toBeLessThan(0.5 * Math.min(share(0, 0.2), share(0.8, 1)));
    expect(late).toBeLessThan(early);
    expect(late).toBeGreaterThan(5);
    expect(late).toBeLessThan(40);
  });
});

/** One leaky cell under strong Poisson excitation, and under inhibition or excitation that learns. */
function driven(
  learning: { rule: PlasticityRule; sign: 1 | -1; parameters: Record<string, number> },
  start: number,
  steady = 0.35,
): Network {
  const count = 200;
  const source = (name: string, rate: number) => ({
    name,
    count,
    model: poisson,
    parameters: { rate },
    ports: {},
  });
  const join = (from: string, first: number) => ({
    name: from,
    from,
    to: 'cell',
    port: 'v',
    acts: 'afterReset' as const,
    rowStart: Int32Array.from({ length: count + 1 }, (_, i) => i),
    post: new Int32Array(count),
    weight: Int32Array.from({ length: count }, (_, i) => first + i),
    delayMs: 0,
  });
  return {
    dtMs: 0.5,
    populations: [
      source('steady', 15),
      source('learning', 15),
      {
        name: 'cell',
        count: 1,
        model: leakyIntegrateAndFire,
        parameters: { tau: 20, tRefractory: 2 },
        ports: { v: { model: delta('v', 'mV'), parameters: {} } },
      },
    ],
    projections: [join('steady', 0), { ...join('learning', count), plasticity: learning }],
    modulators: {},
    inputs: [],
    outputs: [],
    weights: Float64Array.from({ length: 2 * count }, (_, i) => (i < count ? steady : learning.sign * start)),
  };
}

/** Rate of the driven cell at the beginning and at the end. */
function rates(network: Network, seconds: number): [early: number, late: number] {
  const simulator = new CompiledSimulator(network);
  simulator.load({ seed: deriveSeed('driven') });
  const none = new Float64Array(0);
  const spikesOver = (steps: number) => {
    const before = simulator.spikeCounts().at(-1)!;
    simulator.run(steps, [], none);
    return simulator.spikeCounts().at(-1)! - before;
  };
  const early = spikesOver(4000) / 2;
  simulator.run(seconds * 2000, [], none);
  return [early, spikesOver(40_000) / 20];
}

describe('rules that keep a rate', () => {
  it('inhibitory STDP brings a cell to its target of 3 Hz, by weights that stay inhibitory', () => {
    const learning = { rule: inhibitoryStdp, sign: -1 as const, parameters: { eta: 0.01, wMax: 3 } };
    const [early, late] = rates(driven(learning, 0), 200);
    expect(early).toBeGreaterThan(8);
    expect(late).toBeGreaterThan(2);
    expect(late).toBeLessThan(4.2);
  });

  it('synaptic scaling brings a cell to its goal from either side', () => {
    for (const start of [0.02, 0.4]) {
      const parameters = { goalHz: 15, beta: 0.01, tauA: 2000, wMax: 3 };
      const [, late] = rates(driven({ rule: synapticScaling, sign: 1, parameters }, start, 0.15), 300);
      expect(late).toBeGreaterThan(13);
      expect(late).toBeLessThan(17);
    }
  });
});
