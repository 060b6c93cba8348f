import { describe, expect, it } from 'vitest';
import { CompiledSimulator } from '../../src/kernel/compiled.js';
import { ReferenceSimulator } from '../../src/kernel/reference.js';
import type { Simulator } from '../../src/kernel/simulator.js';
import { RandomStream } from '../../src/math/random.js';
import type { Network } from '../../src/network/model/network.js';
import type { PlasticityRule } from '../../src/network/model/plasticity-rule.js';
import { pairStdp } from '../../src/network/plasticity/pair-stdp.js';
import { pairStdpDopamine } from '../../src/network/plasticity/pair-stdp-dopamine.js';
import { dtMs, engines, none, pairOf } from './one-synapse.js';

describe.each(engines)('plasticity in the %s engine', (_, make, rounding) => {
  // The dopamine synapse of Izhikevich 2007 as NEST writes it: a spike of dopamine raises it by 1 / tau.
  const nest = { aPlus: 1, aMinus: 1.5, rate: 1, tonic: 0, wMax: 200 };

  it.each([
    [10, 0, 0.505442],
    [10, 500, 0.306566],
    [10, 1000, 0.185942],
    [10, 2000, 0.068404],
    [-10, 1000, -0.278913],
  ])('a pair of spikes %d ms apart, dopamine %d ms later: the weight moves by %f', (lag, wait, expected) => {
    const [pre, post] = lag > 0 ? [20, 20 + lag] : [20 - lag, 20];
    const simulator = make(pairOf(pairStdpDopamine, nest, [pre], [post], 100));
    simulator.load();
    const last = Math.round((Math.max(pre, post) + wait) / dtMs) + 1;
    simulator.run(last, [], none);
    expect(simulator.weights()[0]).toBeCloseTo(100, 6);
    simulator.release('DA', 1 / 200);
    simulator.run(Math.round(8000 / dtMs), [], none);
    // From the moment of its release on, through the very next step.
    expect(Math.abs(simulator.weights()[0]! - 100 - expected)).toBeLessThan(1e-6 + rounding);
  });

  it('keeps the bounds exactly, whichever way dopamine pushes', () => {
    const simulator = make(pairOf(pairStdpDopamine, { ...nest, wMin: 99.9, wMax: 100.2 }, [20], [30], 100));
    simulator.load();
    simulator.run(400, [], none);
    simulator.release('DA', 0.1);
    simulator.run(5000, [], none);
    expect(simulator.weights()[0]).toBe(
      simulator instanceof CompiledSimulator && simulator.precision === 'f32' ? Math.fround(100.2) : 100.2,
    );
    // The excess that dopamine would have given is forgotten: from the bound the weight falls at once, by what is punished.
    const before = simulator.concentration('DA');
    simulator.release('DA', -0.02 - before);
    simulator.run(100, [], none);
    const falling = 100.2 - simulator.weights()[0]!;
    const eligibility = Math.exp(-10 / 20) * Math.exp(-510 / 1000);
    const punished = 0.02 * eligibility * 10;
    expect(falling / punished).toBeGreaterThan(0.9);
    expect(falling / punished).toBeLessThan(1.05);
    simulator.run(20_000, [], none);
    expect(simulator.weights()[0]).toBeCloseTo(99.9, 5);
  });

  it('sums pairs of spikes: 60 at 20 Hz by the additive rule of Song, Miller and Abbott', () => {
    // Spikes at equal intervals, post 10 ms after pre; every pair counts, both ways.
    const pre = Array.from({ length: 60 }, (_, i) => 10 + 50 * i);
    const post = pre.map((t) => t + 10);
    let expected = 0.5;
    for (const a of pre) {
      for (const b of post) {
        if (b > a) expected += 0.005 * Math.exp(-(b - a) / 20);
        if (b < a) expected -= 0.00525 * Math.exp(-(a - b) / 20);
      }
    }
    const simulator = make(pairOf(pairStdp, { wMin: -100, wMax: 100 }, pre, post, 0.5));
    simulator.load();
    simulator.run(Math.round(3200 / dtMs), [], none);
    const change = simulator.weights()[0]! - 0.5;
    expect(Math.abs(change - (expected - 0.5))).toBeLessThan(1e-11 + rounding);
    expect(change).toBeCloseTo(0.152336, 3);
  });

  it('counts no pair where both fire in the same step', () => {
    const simulator = make(pairOf(pairStdp, { wMin: -100, wMax: 100 }, [20], [20], 0.5));
    simulator.load();
    simulator.run(1000, [], none);
    expect(simulator.weights()[0]).toBe(0.5);
  });

  it('lets only the last spike count for a trace that is set', () => {
    const nearest: PlasticityRule = {
      ...pairStdp,
      traces: { ...pairStdp.traces, x: { of: 'pre', tau: 'tauPlus', each: 'set' } },
    };
    const simulator = make(pairOf(nearest, { wMin: -100, wMax: 100, aMinus: 0 }, [20, 25], [30], 0.5));
    simulator.load();
    simulator.run(1000, [], none);
    expect(Math.abs(simulator.weights()[0]! - 0.5 - 0.005 * Math.exp(-5 / 20))).toBeLessThan(
      1e-12 + rounding,
    );
  });

  it('brings weights within their bounds before they act', () => {
    const simulator = make(pairOf(pairStdpDopamine, { ...nest, wMin: 1, wMax: 4 }, [], [], 0));
    for (const [given, expected] of [
      [9, 4],
      [-3, 1],
      [2, 2],
    ] as const) {
      simulator.load({ weights: Float64Array.of(given) });
      expect(simulator.weights()[0]).toBe(expected);
    }
  });

  it('takes a drive with functions of a modulator', () => {
    const rule: PlasticityRule = {
      ...pairStdpDopamine,
      synapse: { c: { ...pairStdpDopamine.synapse!.c!, drive: 'rate*exp(-m.DA)' } },
    };
    const simulator = make(pairOf(rule, nest, [20], [30], 100));
    simulator.load();
    simulator.run(10_000, [], none);
    expect(simulator.weights()[0]).toBeGreaterThan(101);
  });
});

describe('several drives at once', () => {
  const rule: PlasticityRule = {
    ...pairStdpDopamine,
    synapse: {
      c: { about: 'one', unit: '1', tau: 'tauC', drive: 'rate*m.DA' },
      d: { about: 'another', unit: '1', tau: 'tauMinus', drive: '-rate*m.NA' },
    },
    onPost: ['c += aPlus*x', 'd += aPlus*x'],
    onPre: [],
  };

  it.each([
    1, -1,
  ])('keep the bounds exactly while they pull against each other, the first towards %d', (sign) => {
    // The slow drive would carry the weight far beyond its bound, from where the fast one could not bring it back.
    const parameters = { wMin: 0.9, wMax: 1.1, tauC: 400, tauMinus: 60, rate: 1, aPlus: 0.1 };
    const network = pairOf(rule, parameters, [20, 120, 220], [25, 125, 225], 1);
    const run = (simulator: Simulator) => {
      simulator.load();
      simulator.release('DA', sign);
      simulator.release('NA', sign * 1.4);
      const seen: number[] = [];
      for (let chunk = 0; chunk < 30; chunk++) {
        simulator.run(97, [], none);
        if (chunk === 14) simulator.release('NA', -2 * sign);
        seen.push(simulator.weights()[0]!);
      }
      return seen;
    };
    const expected = run(new ReferenceSimulator(network));
    expect(new Set(expected.map((weight) => Math.round(weight * 1e6))).size).toBeGreaterThan(5);
    run(new CompiledSimulator(network, { precision: 'f64' })).forEach((weight, i) => {
      expect(Math.abs(weight - expected[i]!)).toBeLessThan(1e-10);
    });
  });
});

describe('float32', () => {
  it.each([10, 20, 1000])('keeps the digits of weights whose eligibility lasts %d ms', (tauC) => {
    // A pair near the end of an interval between rebases, where the scale is greatest.
    const times = [5, 15, 25, 35].map((t) => t);
    const network = pairOf(
      pairStdpDopamine,
      { tauC, rate: 0.5, wMax: 4 },
      times,
      times.map((t) => t + 1),
      1,
    );
    const run = (simulator: Simulator) => {
      simulator.load();
      simulator.release('DA', 1);
      simulator.run(700, [], none);
      return simulator.weights()[0]!;
    };
    const expected = run(new ReferenceSimulator(network));
    expect(expected).toBeGreaterThan(1.05);
    expect(Math.abs(run(new CompiledSimulator(network)) - expected)).toBeLessThan(2e-5);
  });
});

describe('plasticity over many rebases', () => {
  /** 13 cells that fire by a list, every one joined to every one: many vectors of synapses and cells. */
  function dense(rule: PlasticityRule, delayMs: number): Network {
    const random = RandomStream.from(`dense ${delayMs}`);
    const count = 13;
    const steps = Int32Array.from({ length: 900 }, () => random.integer(4000)).sort();
    const cells = Int32Array.from(steps, (_, i) => i % count);
    const keep = [...steps.keys()].filter(
      (i) => !(steps[i] === steps[i - count] && cells[i] === cells[i - count]),
    );
    const [network] = [pairOf(rule, {}, [], [], 0)];
    return {
      ...network,
      dtMs: 1,
      populations: [
        {
          ...network.populations[0]!,
          count,
          train: {
            steps: Int32Array.from(keep, (i) => steps[i]!),
            cells: Int32Array.from(keep, (i) => cells[i]!),
          },
        },
      ],
      projections: [
        {
          ...network.projections[0]!,
          to: 'pre',
          rowStart: Int32Array.from({ length: count + 1 }, (_, i) => i * count),
          post: Int32Array.from({ length: count * count }, (_, s) => s % count),
          weight: Int32Array.from({ length: count * count }, (_, s) => s),
          delayMs,
          plasticity: { rule, parameters: { wMin: 0, wMax: 1, aPlus: 0.02, aMinus: 0.02 } },
        },
      ],
      weights: Float64Array.from({ length: count * count }, () => random.uniform()),
    };
  }

  const set: PlasticityRule = {
    ...pairStdp,
    traces: {
      x: { of: 'pre', tau: 'tauPlus', each: 'set' },
      y: { of: 'post', tau: 'tauMinus', each: 'set' },
    },
  };
  const mixed: PlasticityRule = { ...pairStdpDopamine, onPre: ['c = 0.5*c - aMinus*y'] };

  it.each([
    ['pair-stdp', pairStdp, 0],
    ['pair-stdp, set', set, 3],
    ['dopamine', pairStdpDopamine, 0],
    ['dopamine, delayed', pairStdpDopamine, 4],
    ['dopamine, mixing', mixed, 2],
  ] as const)('agrees with stepping, rewards and punishments included: %s', (_, rule, delayMs) => {
    const network = dense(rule, delayMs);
    const run = (simulator: Simulator) => {
      simulator.load();
      for (let chunk = 0; chunk < 40; chunk++) {
        if (chunk % 3 === 0) simulator.release('DA', chunk % 2 === 0 ? 2 : -3);
        simulator.run(100, [], none);
      }
      return simulator.weights();
    };
    const expected = run(new ReferenceSimulator(network));
    const compiled = new CompiledSimulator(network, { precision: 'f64' });
    run(compiled);
    const found = run(compiled);
    const moved = expected.filter((weight, s) => Math.abs(weight - network.weights[s]!) > 1e-3).length;
    expect(moved).toBeGreaterThan(100);
    expected.forEach((weight, s) => {
      expect(Math.abs(found[s]! - weight)).toBeLessThan(1e-11);
    });
  });
});
