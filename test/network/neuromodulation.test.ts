import { describe, expect, it } from 'vitest';
import type { Simulator } from '../../src/kernel/simulator.js';
import { RandomStream } from '../../src/math/random.js';
import { deriveSeed } from '../../src/math/seed.js';
import { spikeTrain } from '../../src/network/cells/spike-train.js';
import type { Modulator, Network, Population } from '../../src/network/model/network.js';
import type { PlasticityRule } from '../../src/network/model/plasticity-rule.js';
import { competitiveNeuromodulation } from '../../src/network/plasticity/competitive-neuromodulation.js';
import { sequentialNeuromodulation } from '../../src/network/plasticity/sequential-neuromodulation.js';
import { exponential } from '../../src/network/synapses/exponential.js';
import { navigationCircuit } from '../../src/tasks/navigation/circuit.js';
import { engines, simulatorOf } from './ports.js';

const none = new Float64Array(0);
const kept = (baseline: number): Modulator => ({ tauMs: Number.POSITIVE_INFINITY, baseline });

/** One synapse of weight 2 between cells that fire in given steps of 1 ms. */
function synapse(
  rule: PlasticityRule,
  parameters: Record<string, number>,
  spikes: { pre: readonly number[]; post: readonly number[] },
  levels: Partial<Record<'DA' | 'ACh' | '5HT', number>> = {},
): Network {
  const cell = (name: 'pre' | 'post'): Population => ({
    name,
    count: 1,
    model: spikeTrain,
    parameters: {},
    ports: { synapse: { model: exponential, parameters: {} } },
    train: { steps: Int32Array.from(spikes[name]), cells: new Int32Array(spikes[name].length) },
  });
  return {
    dtMs: 1,
    populations: [cell('pre'), cell('post')],
    projections: [
      {
        ...{ name: 'synapse', from: 'pre', to: 'post', port: 'synapse', acts: 'beforeReset', delayMs: 0 },
        rowStart: Int32Array.of(0, 1),
        post: Int32Array.of(0),
        weight: Int32Array.of(0),
        plasticity: { rule, parameters: { wMin: -100, wMax: 100, ...parameters } },
      },
    ],
    modulators: { DA: kept(levels.DA ?? 0), ACh: kept(levels.ACh ?? 0), '5HT': kept(levels['5HT'] ?? 0) },
    inputs: [],
    outputs: [],
    weights: Float64Array.of(2),
  };
}

const weight = (simulator: Simulator) => simulator.weights()[0]!;
const value = (simulator: Simulator, name: string) => simulator.synapses('synapse', name)[0]!;

/** Pairs, step by step: what each is worth in a window that is `early` for pre before post and `late` for the other way. */
function pairs(
  { pre, post }: { pre: readonly number[]; post: readonly number[] },
  tau: number,
  late: number,
  together: number,
): { step: number; size: number }[] {
  return pre.flatMap((a) =>
    post.map((b) => ({
      step: Math.max(a, b),
      size: (a < b ? 1 : a > b ? late : together) * Math.exp(-Math.abs(a - b) / tau),
    })),
  );
}

/** What is left of the pairs after so many steps: a pair in step k is there from the end of that step on. */
const left = (events: readonly { step: number; size: number }[], tau: number, steps: number) =>
  events.reduce((sum, { step, size }) => sum + size * Math.exp(-(steps - 1 - step) / tau), 0);
const total = (events: readonly { size: number }[]) => events.reduce((sum, { size }) => sum + size, 0);

const spikes = { pre: [10, 20, 33, 60], post: [12, 20, 30, 55] };
const symmetric = pairs(spikes, 10, 1, 1);
const ordered = pairs(spikes, 15, 0, 0);

describe.each(engines)('sequential neuromodulation (%s)', (engine) => {
  const rounding = engine === 'f32' ? 2e-5 : 1e-12;
  const near = (found: number, expected: number) =>
    expect(Math.abs(found - expected)).toBeLessThan(rounding * (1 + Math.abs(expected)));
  const lived = (parameters: Record<string, number> = {}, ACh = 0, steps = 100) => {
    const network = synapse(
      sequentialNeuromodulation,
      { tauWindow5HT: 15, tau5HT: 700, tauDA: 300, ...parameters },
      spikes,
      { ACh },
    );
    const simulator = simulatorOf(network, engine);
    simulator.load();
    simulator.run(steps, [], none);
    return simulator;
  };

  it('keeps an eligibility of pairs in either order, spikes at once as one, and of those in order', () => {
    const simulator = lived({ amplitude: 1.5, amplitude5HT: 0.7 });
    near(value(simulator, 'c'), 1.5 * left(symmetric, 300, 100));
    near(value(simulator, 's'), 0.7 * left(ordered, 700, 100));
    expect(weight(simulator)).toBe(2);
  });

  it('depresses with every pair while acetylcholine is there, down to the bound', () => {
    near(weight(lived({ etaACh: 0.01, amplitude: 1.5 }, 0.4)), 2 - 0.01 * 0.4 * 1.5 * total(symmetric));
    expect(weight(lived({ etaACh: 0.9, wMin: 1.25 }, 1))).toBe(1.25);
  });

  it('lets a reward potentiate what is eligible, with what acetylcholine took or without', () => {
    const taken = 0.01 * total(symmetric);
    for (const undo of [0, 1]) {
      const simulator = lived({ etaACh: 0.01, etaDA: 0.3, undo }, 1);
      simulator.signal('reward');
      near(weight(simulator), 2 - (undo ? 0 : taken) + 0.3 * left(symmetric, 300, 100));
    }
    const bounded = lived({ etaDA: 10, wMax: 2.5 });
    bounded.signal('reward');
    expect(weight(bounded)).toBe(2.5);
  });

  it('lets a failure depress what serotonin made eligible, with what acetylcholine took or without', () => {
    const taken = 0.01 * total(symmetric);
    for (const undo of [0, 1]) {
      const simulator = lived({ etaACh: 0.01, eta5HT: 0.2, undo }, 1);
      simulator.signal('failure');
      near(weight(simulator), 2 - (undo ? 0 : taken) - 0.2 * left(ordered, 700, 100));
    }
  });

  it('starts each trial from its own weights, with nothing eligible', () => {
    const simulator = lived({ etaACh: 0.01, etaDA: 0.3, eta5HT: 0.2, undo: 1 }, 1, 45);
    const before = weight(simulator);
    simulator.signal('trialStart');
    expect([value(simulator, 'c'), value(simulator, 's')]).toEqual([0, 0]);
    near(value(simulator, 'w0'), before);
    simulator.run(55, [], none);
    const since = symmetric.filter(({ step }) => step >= 45);
    expect(since.length).toBeGreaterThan(3);
    near(value(simulator, 'c'), left(since, 300, 100));
    simulator.signal('reward');
    near(weight(simulator), before + 0.3 * left(since, 300, 100));
  });
});

describe.each(engines)('competitive neuromodulation (%s)', (engine) => {
  const rounding = engine === 'f32' ? 2e-5 : 1e-11;
  const settings = {
    amplitude: 1.2,
    amplitude5HT: 0.4,
    tauDA: 300,
    tau5HT: 700,
    etaDA: 0.002,
    eta5HT: 0.001,
  };
  /** What eligibilities that decay with `tau` add up to between two times: each from the end of the step of its pair on. */
  const area = (tau: number, from: number, to: number) =>
    symmetric.reduce((sum, { step, size }) => {
      const [begin, end] = [Math.max(from - step - 1, 0), to - step - 1];
      return sum + (end > begin ? size * tau * (Math.exp(-begin / tau) - Math.exp(-end / tau)) : 0);
    }, 0);

  it('depresses until dopamine takes the place of serotonin, and potentiates then', () => {
    const network = synapse(competitiveNeuromodulation, settings, spikes, { '5HT': 1 });
    const simulator = simulatorOf(network, engine);
    simulator.load();
    simulator.run(80, [], none);
    const fallen = 2 - 0.001 * 0.4 * area(700, 0, 80);
    expect(Math.abs(weight(simulator) - fallen)).toBeLessThan(rounding);
    simulator.release('5HT', -1);
    simulator.release('DA', 1);
    simulator.run(220, [], none);
    const risen = fallen + 0.001 * 2 * 1.2 * area(300, 80, 300);
    expect(Math.abs(weight(simulator) - risen)).toBeLessThan(rounding);
    expect(risen).toBeGreaterThan(fallen + 0.1);
    simulator.signal('trialStart');
    simulator.run(100, [], none);
    expect(Math.abs(weight(simulator) - risen)).toBeLessThan(rounding);
  });
});

describe('navigation that learns', () => {
  const rules: [string, PlasticityRule][] = [
    ['sequential', sequentialNeuromodulation],
    ['competitive', competitiveNeuromodulation],
  ];

  it.each(rules)('agrees with stepping to rounding, trials with rewards and failures: %s', (_, rule) => {
    const { network } = navigationCircuit({
      arena: 'disc',
      plasticity: { rule, parameters: {} },
      modulators: { DA: kept(0), ACh: kept(1), '5HT': kept(0.5) },
    });
    const live = (engine: 'reference' | 'f64') => {
      const simulator = simulatorOf(network, engine);
      const random = RandomStream.from('learn');
      simulator.load({ seed: deriveSeed('learn') });
      for (let trial = 0; trial < 6; trial++) {
        simulator.setState('body', 'x', random.uniformIn(-1, 1));
        simulator.setState('action', 'inputs.h', 0);
        simulator.signal('trialStart');
        simulator.run(120, [], new Float64Array(5));
        simulator.release('DA', trial % 2 === 0 ? 1 : -1);
        simulator.run(60, [], new Float64Array(5));
        simulator.signal(trial % 3 === 0 ? 'reward' : 'failure');
      }
      return { weights: simulator.weights(), counts: simulator.spikeCounts() };
    };
    const [reference, compiled] = [live('reference'), live('f64')];
    expect(compiled.counts).toEqual(reference.counts);
    let moved = 0;
    reference.weights.forEach((expected, s) => {
      expect(Math.abs(compiled.weights[s]! - expected)).toBeLessThan(1e-10);
      if (Math.abs(expected - network.weights[s]!) > 1e-3) moved += 1;
    });
    expect(moved).toBeGreaterThan(150);
  });
});
