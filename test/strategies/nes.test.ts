import { describe, expect, it } from 'vitest';
import { benchCell } from '../../src/bench/strategies.js';
import { exp } from '../../src/math/exponential.js';
import { log } from '../../src/math/logarithm.js';
import { turn } from '../../src/strategies/nes/turn.js';
import { utilities } from '../../src/strategies/nes/utilities.js';
import { snes } from '../../src/strategies/snes.js';
import type { Problem, Strategy } from '../../src/strategies/strategy.js';
import { xnes } from '../../src/strategies/xnes.js';
import { deviates, freeBox, ok, vector } from './free-box.js';

const told = (strategy: Strategy, scores: readonly number[]) => {
  strategy.ask();
  strategy.tell(scores.map(ok));
};

describe('utilities', () => {
  it('fall with the rank, are level in the worse half, and sum to 0', () => {
    const of = utilities([5, 1, 9, 3, 2, 0]);
    const raw = [1, 2, 3, 4, 5, 6].map((rank) => Math.max(0, log(4) - log(rank)));
    const sum = raw.reduce((a, b) => a + b);
    const expected = [1, 4, 0, 2, 3, 5].map((rank) => raw[rank]! / sum - 1 / 6);
    of.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 14);
    });
    expect(of[1]).toBe(of[5]);
  });

  it('are shared by equal scores', () => {
    const of = utilities([7, 7, 7, -Infinity]);
    expect(of[0]).toBe(of[2]);
    expect(utilities([3, 3, 3]).every((value) => Math.abs(value) < 1e-15)).toBe(true);
  });
});

describe('a step of snes', () => {
  it('moves mean and deviations along the natural gradient', () => {
    const strategy = snes.create(freeBox(3), snes.options.parse({ population: 4, sigma0: 2 }), 'seed');
    const scores = [3, 8, 1, 2];
    told(strategy, scores);
    const shares = utilities(scores);
    const z = deviates(4, 3);
    const rate = (3 + log(3)) / (5 * Math.sqrt(3));
    for (let i = 0; i < 3; i++) {
      const sum = (of: (deviate: number) => number) =>
        z.reduce((total, row, k) => total + shares[k]! * of(row[i]!), 0);
      // The mean starts at 1, which is 2 steps of 0.5.
      expect(vector(strategy, 'mean')[i]).toBeCloseTo(2 + 2 * sum((value) => value), 12);
      const grown = 2 * exp((rate / 2) * sum((value) => value * value - 1));
      expect(vector(strategy, 'deviations')[i]).toBeCloseTo(grown, 12);
    }
  });
});

describe('a step of xnes', () => {
  it.each([
    3, 8,
  ])('of %d genes multiplies the shape by the exponential of the gradient, as its power series has it', (genes) => {
    const strategy = xnes.create(
      freeBox(genes),
      xnes.options.parse({ population: 6, shapeRate: 0.4 }),
      'seed',
    );
    const scores = [3, 8, 1, 2, -4, 5];
    told(strategy, scores);
    const shares = utilities(scores);
    const z = deviates(6, genes);
    const gradient = Array.from({ length: genes }, (_, i) =>
      Array.from({ length: genes }, (_, j) =>
        z.reduce((sum, row, k) => sum + shares[k]! * row[i]! * row[j]!, 0),
      ),
    );
    const trace = gradient.reduce((sum, row, i) => sum + row[i]! / genes, 0);
    gradient.forEach((row, i) => {
      row[i]! -= trace;
    });
    const times = (a: number[][], b: number[][]) =>
      a.map((row) => b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)));
    let term = gradient.map((row) => row.map(() => 0));
    term.forEach((row, i) => {
      row[i] = 1;
    });
    let series = term;
    for (let power = 1; power < 25; power++) {
      term = times(term, gradient).map((row) => row.map((value) => (value * 0.2) / power));
      series = series.map((row, i) => row.map((value, j) => value + term[i]![j]!));
    }
    vector(strategy, 'shape').forEach((value, at) => {
      expect(value).toBeCloseTo(series[Math.floor(at / genes)]![at % genes]!, 12);
    });
    const rate = (9 + 3 * log(genes)) / (5 * genes * Math.sqrt(genes));
    expect(strategy.snapshot().sigma).toBeCloseTo(exp((rate / 2) * trace), 12);
  });

  it('turns any shape, by the same exponential', () => {
    // expm([[0, t], [t, 0]]) = [[cosh t, sinh t], [sinh t, cosh t]]
    const shape = Float64Array.of(1, 2, 3, 4);
    turn(shape, Float64Array.of(1, 1, 1, -1), Float64Array.of(0.5, -0.5), 0, 0.5);
    const [c, s] = [(exp(0.5) + exp(-0.5)) / 2, (exp(0.5) - exp(-0.5)) / 2];
    const expected = [c + 3 * s, 2 * c + 4 * s, s + 3 * c, 2 * s + 4 * c];
    shape.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 12);
    });
  });
});

const searches = {
  snes: (problem: Problem, options: object, seed: string) =>
    snes.create(problem, snes.options.parse(options), seed),
  xnes: (problem: Problem, options: object, seed: string) =>
    xnes.create(problem, xnes.options.parse(options), seed),
};

describe.each(['snes', 'xnes'] as const)('%s', (name) => {
  it('stays where all scores are equal, and stops where nothing moves any more', () => {
    const strategy = searches[name](freeBox(4), { tolx: 0.5 }, 'seed');
    const { length } = strategy.ask();
    strategy.tell(Array.from({ length }, () => ok(2)));
    vector(strategy, 'mean').forEach((value) => {
      expect(value).toBeCloseTo(2, 12);
    });
    for (let step = 0; strategy.stopped === undefined && step < 500; step++) {
      strategy.tell(strategy.ask().map(({ genome }) => ok(-genome.reduce((sum, x) => sum + x * x, 0))));
    }
    expect(strategy.stopped).toBe('tolx: every deviation is below 0.5 steps of its gene');
  });
});

/**
 * Medians of seeds from x0 = 3 with sigma0 = 2 to f < 1e-9, as measured here over five: about 10,000 is known of
 * another implementation of xNES.
 */
it.each([
  ['snes', 'sphere', 5, 2373],
  ['snes', 'ellipsoid', 5, 3197],
  ['xnes', 'ellipsoid-rotated', 2, 10_246],
] as const)('%s reaches the bottom of the %s of 10 genes', (name, of, seeds, evaluations) => {
  const create = (problem: Problem, seed: string) => searches[name](problem, { sigma0: 2 }, seed);
  const cell = { function: of, genes: 10, target: 1e-9, maxEvaluations: 50_000 };
  const { medianEvaluations, successes } = benchCell({ name, create }, cell, seeds);
  expect(successes).toBe(seeds);
  expect(Math.abs((medianEvaluations ?? Infinity) / evaluations - 1)).toBeLessThan(0.15);
});
