import { describe, expect, it } from 'vitest';
import type { Simulator } from '../../src/kernel/simulator.js';
import { combine } from '../../src/network/plasticity/combine.js';
import { plasticityRules } from '../../src/network/plasticity/table.js';
import { dtMs, engines, none, pairOf } from '../kernel/one-synapse.js';

const rules = plasticityRules;
const free = { wMin: -1000, wMax: 1000 };
const regular = (count: number, rateHz: number, from = 100) =>
  Array.from({ length: count }, (_, i) => from + (i * 1000) / rateHz);

describe.each(engines)('rules in the %s engine', (_, make, rounding) => {
  const close = (found: number, expected: number, relative = 1e-9) =>
    expect(Math.abs(found - expected)).toBeLessThan(relative * (1 + Math.abs(expected)) + 30 * rounding);

  /** What a rule makes of two trains. */
  function trained(
    name: keyof typeof rules,
    parameters: Record<string, number>,
    pre: readonly number[],
    post: readonly number[],
    options: { weight?: number; before?: (simulator: Simulator) => void; restMs?: number } = {},
  ) {
    const simulator = make(pairOf(rules[name], { ...free, ...parameters }, pre, post, options.weight ?? 0.5));
    simulator.load();
    options.before?.(simulator);
    simulator.run(Math.round((Math.max(0, ...pre, ...post) + (options.restMs ?? 50)) / dtMs), [], none);
    return { simulator, change: simulator.weights()[0]! - (options.weight ?? 0.5) };
  }

  const { types } = rules['triplet-stdp'];
  // 60 pairs, all to all: by the arithmetic of each published fit.
  it.each([
    [20, 10, 'pair', 0.152336],
    [20, 10, 'visual cortex', 0.246962],
    [20, 10, 'visual cortex, minimal', 0.227795],
    [20, 10, 'hippocampus, minimal', 0.212894],
    [40, -10, 'pair', -0.07201],
    [40, -10, 'visual cortex', 0.154795],
    [40, -10, 'visual cortex, minimal', 0.173715],
    [0.1, 10, 'pair', 0.181959],
    [0.1, 10, 'visual cortex', 0],
    [0.1, 10, 'visual cortex, minimal', 0],
    [0.1, 10, 'hippocampus, minimal', 0.175355],
  ] as const)('60 pairs at %f Hz, %d ms apart, %s: %f', (rateHz, lag, fit, expected) => {
    // At 0.1 Hz nothing is left of a pair when the next comes, so one of them is 60 times less.
    const count = rateHz < 1 ? 1 : 60;
    const pre = regular(count, rateHz);
    const post = pre.map((t) => t + lag);
    const { change } =
      fit === 'pair'
        ? trained('pair-stdp', {}, pre, post)
        : trained('triplet-stdp', { ...types![fit]!.parameters }, pre, post);
    expect(Math.abs((change * 60) / count - expected)).toBeLessThan(2e-6 + 60 * rounding);
  });

  it.each([
    ['pre-post-pre', 'pair', -0.011682],
    ['pre-post-pre', 'visual cortex', -0.372773],
    ['pre-post-pre', 'hippocampus', 0.042608],
    ['post-pre-post', 'pair', -0.011682],
    ['post-pre-post', 'visual cortex', -0.10691],
    ['post-pre-post', 'hippocampus', 0.357567],
  ] as const)('60 triplets %s (5, 5 ms) at 1 Hz, %s: %f', (order, fit, expected) => {
    const starts = regular(60, 1);
    const outer = starts.flatMap((t) => [t, t + 10]);
    const inner = starts.map((t) => t + 5);
    const [pre, post] = order === 'pre-post-pre' ? [outer, inner] : [inner, outer];
    const { change } =
      fit === 'pair'
        ? trained('pair-stdp', {}, pre, post)
        : trained('triplet-stdp', { ...types![fit]!.parameters }, pre, post);
    expect(Math.abs(change - expected)).toBeLessThan(2e-6 + 300 * rounding);
  });

  it('hebb: a pair counts by its distance, whichever came first', () => {
    close(trained('hebb', {}, [20], [27]).change, 0.005 * Math.exp(-7 / 20));
    close(trained('hebb', {}, [27], [20]).change, 0.005 * Math.exp(-7 / 20));
  });

  it('oja: settles where x = y w, whatever it starts from', () => {
    const pre = regular(4000, 100, 10);
    const post = regular(2000, 50, 15);
    const ends = [0.1, 6].map(
      (weight) => trained('oja', { eta: 0.02 }, pre, post, { weight }).simulator.weights()[0]!,
    );
    // At a postsynaptic spike: traces of regular trains 10 and 20 ms apart; the presynaptic spike was 5 ms ago.
    const x = Math.exp(-5 / 20) / (1 - Math.exp(-10 / 20));
    const y = Math.exp(-20 / 20) / (1 - Math.exp(-20 / 20));
    for (const end of ends) close(end, x / y, 1e-4);
  });

  it('bcm: strengthens above the threshold, weakens below, and the threshold follows the square', () => {
    const at = (rateHz: number, theta: number) => {
      const post = regular(40, rateHz, 15);
      const pre = post.map((t) => t - 5);
      return trained('bcm', { tauTheta: 1e6, goal: theta }, pre, post).change;
    };
    // Traces of 50 ms: 10 Hz is 0.16, 40 Hz is 1.5 at the spikes.
    expect(at(10, 1)).toBeLessThan(-1e-3);
    expect(at(40, 1)).toBeGreaterThan(1e-3);
    // One postsynaptic spike long before the pair, and an exact relaxation in between.
    const { change } = trained('bcm', { tauTheta: 100 }, [320], [20, 330]);
    let theta = 1;
    let y = 0;
    for (let step = 0; step < 3299; step++) {
      if (step === 199) y += 1;
      theta += (y * y - theta) * (1 - Math.exp(-dtMs / 100));
      y *= Math.exp(-dtMs / 50);
    }
    close(change, 0.005 * Math.exp(-10 / 50) * (y - theta), 1e-5);
  });

  it('nearest-stdp: only the nearest neighbours pair', () => {
    const { change } = trained('nearest-stdp', {}, [20, 25], [30, 34]);
    close(change, 0.005 * (Math.exp(-5 / 20) + Math.exp(-9 / 20)));
  });

  it('symmetric-stdp: a coincidence is one pair at distance 0', () => {
    close(trained('symmetric-stdp', {}, [20], [20]).change, 0.005 - 0.0005);
    close(trained('symmetric-stdp', {}, [20], [30]).change, 0.005 * Math.exp(-0.5) - 0.0005);
    close(trained('symmetric-stdp', {}, [30], [20]).change, 0.005 * Math.exp(-0.5) - 0.0005);
  });

  it('burst-dependent: the second spike of a burst strengthens, single spikes weaken by the chance of a burst', () => {
    const decay = (ms: number) => Math.exp(-ms / 5000);
    // A single event: -P x, with P the ratio of the starting traces.
    close(trained('burst-dependent', {}, [20], [30]).change, -0.01 * 0.2 * Math.exp(-10 / 20));
    // A burst: the event counts as one, then the second spike +x, and the third is nothing new.
    const burst = trained('burst-dependent', {}, [20], [30, 40, 50]).change;
    close(burst, 0.01 * (-0.2 * Math.exp(-10 / 20) + Math.exp(-20 / 20)));
    // After it, bursts have become more probable.
    const after = trained('burst-dependent', {}, [190], [30, 40, 200]).change;
    const events = (decay(30) + 1) * decay(170);
    const bursts = (0.2 * decay(40) + 1) * decay(160);
    close(after, (-0.01 * Math.exp(-10 / 20) * bursts) / events, 1e-6);
  });

  it('td-stdp: an error of either sign turns the potential at a spike into weight', () => {
    const potential = ((Math.exp(-10 / 20) - Math.exp(-10 / 5)) * 20) / 15;
    for (const error of [1, -1]) {
      const { simulator } = trained('td-stdp', {}, [20], [30], { restMs: 0 });
      simulator.run(1, [], none);
      simulator.release('DA', error);
      simulator.run(Math.round(10_000 / dtMs), [], none);
      const both = (500 * 200) / 700;
      close(simulator.weights()[0]! - 0.5, 0.001 * error * potential * both * Math.exp(-dtMs / 500), 1e-4);
    }
  });

  it('rare-correlation-hebb: only products above the mark become eligible', () => {
    const eligible = (lag: number) =>
      trained('rare-correlation-hebb', { low: 0, every: 10, high: 0.5 }, [20], [20 + lag], {
        restMs: 12,
      }).simulator.synapses('synapse', 'c')[0]!;
    expect(eligible(5)).toBeGreaterThan(0.9);
    expect(eligible(60)).toBe(0);
  });

  it('exploratory-hebb: reward reinforces what was above average, punishment what was below', () => {
    const run = (reward: number, post: number[]) => {
      const { simulator } = trained('exploratory-hebb', { tauMean: 100 }, [20, 30, 40], post, { restMs: 10 });
      simulator.release('DA', reward);
      simulator.run(3000, [], none);
      return simulator.weights()[0]! - 0.5;
    };
    expect(run(1, [35])).toBeGreaterThan(1e-3);
    expect(run(-1, [35])).toBeLessThan(-1e-3);
    expect(Math.abs(run(0, [35]))).toBeLessThan(1e-9 + rounding);
    close(run(1, [35]), -run(-1, [35]), 1e-6);
  });

  it('gated-hebb: pairs count by the ACh of their moment, and weaken below the mark', () => {
    const withACh = (amount: number, mark = 0) =>
      trained('gated-hebb', { mark }, [20], [30], { before: (s) => s.release('ACh', amount) }).change;
    const left = (ms: number) => Math.exp(-ms / 200);
    close(withACh(2), 0.005 * 2 * left(30) * Math.exp(-10 / 20), 1e-6);
    expect(withACh(0)).toBe(0);
    close(withACh(0, 0.5), -0.005 * 0.5 * Math.exp(-10 / 20), 1e-6);
  });

  it('abcd: four terms at regular times', () => {
    const change = trained('abcd', { eta: 1, A: 2, B: 3, C: 5, D: 7, every: 100 }, [20], [40], {
      restMs: 59.5,
    }).change;
    expect(change).toBe(0);
    const full = trained('abcd', { eta: 1, A: 2, B: 3, C: 5, D: 7, every: 100 }, [20], [40], { restMs: 65 });
    // The spike at t arrives at the end of the step that ends at t + dt, and decays from there.
    const x = Math.exp(-(80 - dtMs + dtMs) / 20);
    const y = Math.exp(-(60 - dtMs + dtMs) / 20);
    close(full.change, 2 * x * y + 3 * x + 5 * y + 7, 0.01);
  });

  it('six-number-pair: what spikes do alone and with the other side', () => {
    const numbers = { eta: 1, alpha: 0.1, kappa: 0.2, beta: 0.3, gamma: 0.4 };
    const e = Math.exp(-10 / 20);
    close(trained('six-number-pair', numbers, [20], [30]).change, 0.1 + 0.3 + 0.4 * e);
    close(trained('six-number-pair', numbers, [30], [20]).change, 0.3 + 0.1 + 0.2 * e);
  });

  it('inhibitory-stdp: a presynaptic spike alone weakens by twice the target times tau', () => {
    close(trained('inhibitory-stdp', {}, [20], []).change, -0.005 * 2 * 3e-3 * 20);
    close(trained('inhibitory-stdp', {}, [20], [30]).change, 0.005 * (Math.exp(-10 / 20) - 0.12));
  });

  it('two-trace-conversion: NA converts potentiation alone, 5-HT depression alone', () => {
    const converted = (modulator: string, pre: number, post: number) => {
      const { simulator } = trained('two-trace-conversion', {}, [pre], [post], { restMs: 0 });
      simulator.run(1, [], none);
      simulator.release(modulator, 1);
      simulator.run(Math.round(40_000 / dtMs), [], none);
      return simulator.weights()[0]! - 0.5;
    };
    const size = 0.1 * Math.exp(-10 / 20) * 0.001 * ((5000 * 200) / 5200);
    close(converted('NA', 20, 30), size, 1e-3);
    close(converted('5HT', 30, 20), -size, 1e-3);
    expect(Math.abs(converted('5HT', 20, 30))).toBeLessThan(1e-9 + rounding);
    expect(Math.abs(converted('NA', 30, 20))).toBeLessThan(1e-9 + rounding);
  });

  it('balanced-stdp: depression grows with the astrocyte’s level', () => {
    const depressed = (level: number) =>
      trained('balanced-stdp', { goal: 2 }, [30], [20], { before: (s) => s.release('Ca', level) }).change;
    const left = Math.exp(-30 / 200);
    close(depressed(0), 0);
    close(depressed(4), -0.005 * (1 + (4 * left - 2) / 2) * Math.exp(-10 / 20), 1e-5);
  });

  it('synaptic-scaling: multiplies the weight by how far the cell is from its goal', () => {
    const silent = trained('synaptic-scaling', { every: 100 }, [], [], { weight: 2, restMs: 1000 });
    close(silent.simulator.weights()[0]!, 2 * (1 + 4e-3 * 5 * 0.1) ** 10, 1e-9);
    const busy = trained('synaptic-scaling', {}, [], regular(400, 20), { weight: 2 });
    expect(busy.simulator.weights()[0]!).toBeLessThan(1.5);
  });

  it('spike-importance: what contributed to spikes is held where it was at the consolidation', () => {
    const { simulator } = trained('spike-importance', { scale: 1, strength: 5 }, [20], [30], { restMs: 10 });
    simulator.signal('consolidate');
    close(simulator.synapses('synapse', 'importance')[0]!, Math.exp(-10 / 20) ** 2, 1e-6);
    expect(simulator.synapses('synapse', 'anchor')[0]!).toBeCloseTo(0.5, 6);
    expect(simulator.synapses('synapse', 'used')[0]!).toBe(0);
  });

  it('path-importance with a rule that learns: rewarded changes are held, others are not', () => {
    // Presynaptic spikes alone weaken by 0.1 each: the first 5 under reward or not, then a consolidation, then 5 more.
    const rule = combine(rules['six-number-pair'], rules['path-importance']);
    const held = (reward: number, strength = 20) => {
      const pre = [20, 40, 60, 80, 100, 1020, 1040, 1060, 1080, 1100];
      const numbers = { eta: 1, alpha: -0.1, damping: 0.01, every: 10, strength };
      const simulator = make(pairOf(rule, { ...free, ...numbers }, pre, [], 5));
      simulator.load();
      simulator.release('DA', reward);
      simulator.run(Math.round(500 / dtMs), [], none);
      close(simulator.weights()[0]!, 4.5, 1e-6);
      simulator.signal('consolidate');
      simulator.run(Math.round(1500 / dtMs), [], none);
      return { weight: simulator.weights()[0]!, importance: simulator.synapses('synapse', 'importance')[0]! };
    };
    expect(held(0).importance).toBe(0);
    close(held(0).weight, 4, 1e-6);
    const rewarded = held(2);
    // The way of 0.5, each tenth of it worth the reward left by then (the looks come every 10 ms).
    const path = [20, 40, 60, 80, 100].reduce(
      (sum, t) => sum + 0.1 * 2 * Math.exp(-(t + 10 - dtMs) / 200),
      0,
    );
    close(rewarded.importance, (path * 0.5) / (0.25 + 0.01), 0.02);
    expect(rewarded.weight).toBeGreaterThan(4.4);
    expect(held(2, 0).weight).toBeLessThan(4.01);
  });

  it('synaptic scaling beside STDP keeps names apart and acts on the same weight', () => {
    const rule = combine(rules['pair-stdp'], rules['synaptic-scaling']);
    const simulator = make(pairOf(rule, { ...free, goalHz: 0, beta: 1e-3 }, [], regular(100, 20), 2));
    simulator.load();
    simulator.run(Math.round(5000 / dtMs), [], none);
    expect(simulator.weights()[0]!).toBeLessThan(1.99);
    expect(simulator.weights()[0]!).toBeGreaterThan(1.9);
    expect(Object.keys(combine(rules.hebb, rules['pair-stdp']).traces)).toEqual([
      'x',
      'y',
      'pair_stdp_x',
      'pair_stdp_y',
    ]);
  });

  it('three-factor: pairs of both orders count when an outcome comes, as far as dopamine says; settling clears them', () => {
    const numbers = { eta: 0.1, aMinus: 0.5, tauEligibility: 100, gate: 3, goal: 0.8, relax: 0.25 };
    const simulator = make(pairOf(rules['three-factor'], { ...free, ...numbers }, [20, 40], [27], 0.5));
    simulator.load();
    simulator.run(Math.round(50 / dtMs), [], none);
    const c =
      Math.exp(dtMs / 100) *
      (Math.exp(-7 / 20) * Math.exp(-(50 - 27) / 100) -
        0.5 * Math.exp(-13 / 20) * Math.exp(-(50 - 40) / 100));
    close(simulator.synapses('synapse', 'c')[0]!, c, 1e-6);
    simulator.signal('outcome');
    close(simulator.weights()[0]!, 0.5);
    simulator.release('DA', 2);
    simulator.release('NA', 0.5);
    simulator.signal('outcome');
    close(simulator.weights()[0]!, 0.5 + 0.1 * (1 + 3 * 0.5) * 2 * c, 1e-6);
    simulator.signal('settle');
    close(simulator.weights()[0]!, 0.8);
    expect(simulator.synapses('synapse', 'c')[0]).toBe(0);
  });

  it('e-prop: the pseudo-derivative times the filtered input, low-passed', () => {
    // The postsynaptic cell stands still at v = 3/4 of the way to its threshold.
    const network = pairOf(rules['e-prop'], { ...free, every: dtMs, rate: 0.01, tauC: 50 }, [20], [], 0.5);
    const populations = network.populations.map((population) =>
      population.name === 'post'
        ? { ...population, model: { ...population.model, state: { v: { unit: 'mV', start: -53.75 } } } }
        : population,
    );
    const simulator = make({ ...network, populations });
    simulator.load();
    simulator.run(Math.round(60 / dtMs), [], none);
    const psi = (0.3 * 0.75) / 15;
    let expected = 0;
    for (let step = 200; step < 600; step++) {
      expected = expected * Math.exp(-dtMs / 50) + psi * Math.exp((-(step - 200) * dtMs) / 20);
    }
    close(simulator.synapses('synapse', 'c')[0]!, expected, 1e-6);
  });
});
