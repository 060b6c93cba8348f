import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/math/random.js';
import { mean } from '../../src/math/statistics.js';
import { crossover, crossoverOptions } from '../../src/strategies/ga/crossover.js';
import { mutate, mutationOptions } from '../../src/strategies/ga/mutation.js';
import { drawPair, parentPool, selectionOptions } from '../../src/strategies/ga/selection.js';
import { ga } from '../../src/strategies/ga.js';
import { realProblem } from '../../src/strategies/problem.js';
import { bestFirst, fitness } from '../../src/strategies/ranking.js';
import type { Outcome, Problem, Strategy } from '../../src/strategies/strategy.js';
import { chiSquare, distance } from './statistics.js';

const failure = Number.NEGATIVE_INFINITY;

/** The box [low, high] in every gene. */
function box(
  genes: number,
  low: number,
  high: number,
  start = 0,
  prior: [number, number] = [low, high],
): Problem {
  const all = (value: number) => new Float64Array(genes).fill(value);
  return realProblem({
    genes,
    low: all(low),
    high: all(high),
    start: all(start),
    step: all(1),
    priorLow: all(prior[0]),
    priorHigh: all(prior[1]),
  });
}

function counted(selection: object, scores: readonly number[], draws = 60_000): number[] {
  const pool = parentPool(selectionOptions.parse(selection), scores, bestFirst(scores));
  const stream = RandomStream.from('selection');
  const counts = scores.map(() => 0);
  for (let i = 0; i < draws; i++) counts[pool.draw(stream).index]! += 1;
  return counts;
}

describe('proportional selection', () => {
  const proportional = (scores: readonly number[], fraction = 1) =>
    counted({ kind: 'proportional', fraction }, scores);

  it('draws parents in proportion to their scores', () => {
    // Chi-square with 4 degrees of freedom: above 18.5 with probability 0.001.
    expect(chiSquare(proportional([3, 0, 1, 4, 2]), [0.3, 0, 0.1, 0.4, 0.2])).toBeLessThan(18.5);
    // It would tell one part in twenty.
    expect(chiSquare(proportional([3, 0, 1, 4, 2]), [0.3, 0, 0.12, 0.38, 0.2])).toBeGreaterThan(50);
  });

  it('draws from the best half', () => {
    expect(chiSquare(proportional([1, 5, 2, 4, 3, 3], 0.5), [0, 5 / 12, 0, 4 / 12, 3 / 12, 0])).toBeLessThan(
      18.5,
    );
    // Of an odd number, the smaller half.
    expect(chiSquare(proportional([1, 5, 2, 4, 3], 0.5), [0, 5 / 9, 0, 4 / 9, 0])).toBeLessThan(18.5);
    const one = proportional([1, 5, 2], 0.1);
    expect(one).toEqual([0, 60_000, 0]);
  });

  it('takes scores relative to the lowest where one is negative', () => {
    expect(chiSquare(proportional([-10, 0, -5, 5]), [0, 1 / 3, 1 / 6, 1 / 2])).toBeLessThan(16.3);
    // The lowest of all counts, not the lowest of the parents.
    expect(chiSquare(proportional([-2, -4, -3, -6], 0.5), [4 / 7, 0, 3 / 7, 0])).toBeLessThan(16.3);
  });

  it.each([
    [[0, 0, 0, 0]],
    [[-3, -3, -3, -3]],
    [[7, 7, 7, 7]],
  ])('draws evenly where all scores are %j', (scores) => {
    expect(chiSquare(proportional(scores), [0.25, 0.25, 0.25, 0.25])).toBeLessThan(16.3);
  });

  it('never draws what failed while anything succeeded', () => {
    const counts = proportional([failure, 2, failure, 0, failure, 1]);
    expect(chiSquare(counts, [0, 2 / 3, 0, 0, 0, 1 / 3])).toBeLessThan(16.3);
    expect(proportional([failure, 0, failure])).toEqual([0, 60_000, 0]);
    expect(proportional([failure, -7, failure], 0.5)).toEqual([0, 60_000, 0]);
  });

  it('draws evenly where all failed', () => {
    expect(chiSquare(proportional([failure, failure, failure]), [1 / 3, 1 / 3, 1 / 3])).toBeLessThan(13.9);
  });

  it('keeps proportions where sums and differences would overflow', () => {
    const huge = Number.MAX_VALUE;
    expect(chiSquare(proportional([huge, huge / 2, huge / 2]), [1 / 2, 1 / 4, 1 / 4])).toBeLessThan(13.9);
    expect(chiSquare(proportional([huge, -huge, 0]), [2 / 3, 0, 1 / 3])).toBeLessThan(13.9);
    const pool = parentPool(selectionOptions.parse({ kind: 'proportional' }), [huge, -huge], [0, 1]);
    expect(pool.draw(RandomStream.from('any')).weight).toBeLessThan(Infinity);
  });

  it('copes with the largest population', () => {
    const scores = Array.from({ length: 1_000_000 }, (_, i) => -i);
    const pool = parentPool(selectionOptions.parse({ kind: 'proportional' }), scores, [...scores.keys()]);
    expect(pool.draw(RandomStream.from('any')).index).toBeLessThan(500_000);
  });

  it('draws two parents one after the other, the same one again at times', () => {
    const scores = [1, 3];
    const pool = parentPool(selectionOptions.parse({ kind: 'proportional', fraction: 1 }), scores, [1, 0]);
    const stream = RandomStream.from('pairs');
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 40_000; i++) {
      const [first, second] = drawPair(pool, stream);
      expect(first.weight).toBe(scores[first.index]);
      counts[2 * first.index + second.index]! += 1;
    }
    expect(chiSquare(counts, [1 / 16, 3 / 16, 3 / 16, 9 / 16])).toBeLessThan(16.3);
  });
});

describe('tournament selection', () => {
  it.each([1, 2, 4])('of %d draws each rank as often as it should', (size) => {
    const scores = [10, -5, 30, 20, 0];
    const counts = counted({ kind: 'tournament', size }, scores);
    const ranks = [2, 3, 0, 4, 1];
    const share = (rank: number) => ((5 - rank) / 5) ** size - ((4 - rank) / 5) ** size;
    expect(
      chiSquare(
        ranks.map((index) => counts[index]!),
        ranks.map((_, rank) => share(rank)),
      ),
    ).toBeLessThan(18.5);
  });

  it('draws what failed only when it met nothing else', () => {
    const counts = counted({ kind: 'tournament', size: 2 }, [failure, 1, failure, -1]);
    expect(
      chiSquare([counts[1]!, counts[3]!, counts[0]! + counts[2]!], [7 / 16, 5 / 16, 4 / 16]),
    ).toBeLessThan(13.9);
  });
});

describe('ranking', () => {
  const outcome = (status: 'ok' | 'failed', ...objectives: number[]): Outcome => ({
    status,
    objectives,
    constraints: [],
    measures: {},
  });

  it('puts the best first, failures last, and keeps the order of equals', () => {
    expect(bestFirst([1, failure, 3, 1, failure, 3, -2])).toEqual([2, 5, 0, 3, 6, 1, 4]);
    expect(bestFirst([0, -0, 0])).toEqual([0, 1, 2]);
  });

  it('counts as failed whatever has no finite score', () => {
    expect(fitness(outcome('ok', 3, 9))).toBe(3);
    expect(fitness(outcome('failed', 3))).toBe(failure);
    for (const objectives of [[], [Number.NaN], [Infinity], [-Infinity]]) {
      expect(fitness(outcome('ok', ...objectives))).toBe(failure);
    }
  });
});

interface Cross {
  problem?: Problem;
  options: object;
  first: ArrayLike<number>;
  second: ArrayLike<number>;
  firstShare?: number;
  stream?: RandomStream;
}

function cross({ problem, options, first, second, firstShare = 0.5, stream }: Cross) {
  const child = new Float64Array(first.length);
  const twin = new Float64Array(first.length);
  crossover(
    crossoverOptions.parse(options),
    problem ?? box(first.length, -1e9, 1e9),
    stream ?? RandomStream.from('crossover'),
    { first: Float64Array.from(first), second: Float64Array.from(second), firstShare, child, twin },
  );
  return { child, twin };
}

describe('biased crossover', () => {
  const genes = 100_000;
  const [zeros, ones] = [new Float64Array(genes), new Float64Array(genes).fill(1)];

  it.each([
    [0, 1.2],
    [0.25, 1.2],
    [0.5, 1.2],
    [0.8, 1.2],
    [1, 1.2],
    [0.25, 1],
    [0.25, 0],
    [0.8, 5],
  ])('takes genes of a first parent with share %d of the fitness with probability share^%d', (firstShare, exponent) => {
    const { child } = cross({
      options: { kind: 'biased', exponent },
      first: ones,
      second: zeros,
      firstShare,
    });
    const probability = firstShare ** exponent;
    const deviation = Math.sqrt((probability * (1 - probability)) / genes);
    expect(Math.abs(mean([...child]) - probability)).toBeLessThanOrEqual(4 * deviation);
  });

  it('gives equal parents 0.435, the published figure', () => {
    const { child } = cross({ options: { kind: 'biased' }, first: ones, second: zeros });
    expect(mean([...child])).toBeCloseTo(0.435, 2);
  });

  it('spends one draw on each gene in which the parents differ, and none on the others', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer(), fc.boolean()), { maxLength: 40 }), (drawn) => {
        const first = drawn.map(([value]) => value);
        const second = drawn.map(([value, shared]) => (shared ? value : value + 1));
        const [spent, counted] = [RandomStream.from('cost'), RandomStream.from('cost')];
        const { child } = cross({ options: { kind: 'biased' }, first, second, stream: spent });
        for (const [, shared] of drawn) if (!shared) counted.uniform();
        expect(spent.state()).toEqual(counted.state());
        child.forEach((value, gene) => {
          expect([first[gene], second[gene]]).toContain(value);
        });
      }),
      { seed: 41 },
    );
  });

  it('is weighed by the scores of the parents', () => {
    // One child of two parents: all 0, which scored 3, and all 1, which scored 1.
    const shares: number[] = [];
    for (let seed = 0; seed < 60; seed++) {
      const problem = box(4000, 0, 1, 0, [1 - 1e-9, 1]);
      const settings = ga.options.parse({
        population: 2,
        elites: 0,
        selection: { kind: 'proportional', fraction: 1 },
        mutation: { kind: 'reset', genes: 0 },
      });
      const strategy = ga.create(problem, settings, `seed ${seed}`);
      tell(strategy, [3, 1]);
      const [child] = strategy.ask();
      shares.push(mean([...child!.genome].map((value) => (value < 0.5 ? 1 : 0))));
    }
    const near = (share: number) => shares.filter((found) => Math.abs(found - share) < 0.03).length;
    // Twice the same parent, the better one first, the worse one first.
    const [better, worse] = [0.75 ** 1.2, 1 - 0.25 ** 1.2];
    expect(near(0) + near(1) + near(better) + near(worse)).toBe(60);
    expect(near(1)).toBeGreaterThan(20);
    expect(near(better)).toBeGreaterThan(4);
    expect(near(worse)).toBeGreaterThan(4);
  });
});

describe('simulated binary crossover', () => {
  const always = { kind: 'sbx', pairProbability: 1, geneProbability: 1 };
  const genes = 20_000;
  const [zeros, ones] = [new Float64Array(genes), new Float64Array(genes).fill(1)];

  it('keeps the mean of the parents where bounds are far', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.double({ min: -50, max: 50, noNaN: true }),
            fc.double({ min: -50, max: 50, noNaN: true }),
          ),
          {
            maxLength: 20,
          },
        ),
        fc.constantFrom(0, 2, 15),
        fc.string(),
        (parents, eta, seed) => {
          const first = parents.map(([value]) => value);
          const second = parents.map(([, value]) => value);
          const { child, twin } = cross({
            problem: box(first.length, -1e12, 1e12),
            options: { ...always, eta },
            first,
            second,
            stream: RandomStream.from(seed),
          });
          child.forEach((value, gene) => {
            const spread = 1 + Math.abs(value) + Math.abs(twin[gene]!);
            expect(Math.abs(value + twin[gene]! - first[gene]! - second[gene]!)).toBeLessThan(1e-6 * spread);
          });
        },
      ),
      { seed: 42, numRuns: 300 },
    );
  });

  it.each([0, 2, 15])('spreads children as its density says, eta %d', (eta) => {
    const { child, twin } = cross({ options: { ...always, eta }, first: zeros, second: ones });
    const factors = [...child].map((value, gene) => Math.abs(value - twin[gene]!));
    const power = eta + 1;
    const distribution = (beta: number) => (beta <= 1 ? beta ** power / 2 : 1 - beta ** -power / 2);
    expect(distance(factors, distribution)).toBeLessThan(1.95);
    // Either child is as often the lower one.
    const swapped = [...child].filter((value, gene) => value > twin[gene]!).length;
    expect(Math.abs(swapped / genes - 0.5)).toBeLessThan(0.015);
  });

  it('stays within the bounds, and reaches towards them', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(0, 1, 15),
        fc.string(),
        (a, b, eta, seed) => {
          const { child, twin } = cross({
            problem: box(30, 0, 1),
            options: { ...always, eta },
            first: new Float64Array(30).fill(a),
            second: new Float64Array(30).fill(b),
            stream: RandomStream.from(seed),
          });
          expect([...child, ...twin].every((value) => value >= 0 && value <= 1)).toBe(true);
        },
      ),
      { seed: 43, numRuns: 300 },
    );
    const parents = { first: new Float64Array(genes).fill(0.4), second: new Float64Array(genes).fill(0.6) };
    const { child, twin } = cross({ problem: box(genes, 0, 1), options: { ...always, eta: 0 }, ...parents });
    const values = [...child, ...twin];
    expect(Math.min(...values)).toBeLessThan(0.01);
    expect(Math.max(...values)).toBeGreaterThan(0.99);
    // Not by cutting off: the bound itself would be hit again and again.
    expect(values.filter((value) => value === 0 || value === 1).length).toBeLessThan(3);
  });

  it('crosses the share of pairs and of genes that it is told to', () => {
    const crossed = (options: object, seed: string) => {
      const { child } = cross({
        options: { ...always, ...options },
        first: zeros,
        second: ones,
        stream: RandomStream.from(seed),
      });
      return [...child].filter((value) => value !== 0).length / genes;
    };
    expect(crossed({ geneProbability: 0 }, 'any')).toBe(0);
    expect(crossed({ geneProbability: 1 }, 'any')).toBeGreaterThan(0.999);
    expect(Math.abs(crossed({ geneProbability: 0.3 }, 'any') - 0.3)).toBeLessThan(0.015);
    const pairs = Array.from({ length: 200 }, (_, i) => {
      const stream = RandomStream.from(`pair ${i}`);
      const { child } = cross({
        options: { ...always, pairProbability: 0.7 },
        first: [0],
        second: [1],
        stream,
      });
      return child[0] === 0 ? 0 : 1;
    });
    expect(Math.abs(mean(pairs) - 0.7)).toBeLessThan(0.13);
  });

  it('copies what the parents share, for a draw each, and the parents themselves where it does not cross', () => {
    const [spent, counted] = [RandomStream.from('cost'), RandomStream.from('cost')];
    const shared = cross({ options: always, first: [1, 2, 3], second: [1, 2, 3], stream: spent });
    expect([...shared.child, ...shared.twin]).toEqual([1, 2, 3, 1, 2, 3]);
    // One says whether the pair crosses, and one of each gene whether and how it does.
    for (let draw = 0; draw < 1 + 3; draw++) counted.uniform();
    expect(spent.state()).toEqual(counted.state());
    const apart = cross({ options: { ...always, pairProbability: 0 }, first: [1, 2], second: [3, 4] });
    expect([...apart.child, ...apart.twin]).toEqual([1, 2, 3, 4]);
    const none = cross({ options: { kind: 'none' }, first: [1, 2], second: [3, 4] });
    expect([...none.child, ...none.twin]).toEqual([1, 2, 3, 4]);
  });
});

function mutated(
  options: object,
  problem: Problem,
  parent: ArrayLike<number>,
  seed = 'mutation',
): Float64Array {
  const child = Float64Array.from(parent);
  mutate(mutationOptions.parse(options), problem, RandomStream.from(seed), child);
  return child;
}

describe('reset mutation', () => {
  it('draws exactly k genes anew, within the prior', () => {
    const problem = box(100, -40, 40, 0, [-20, -10]);
    const parent = new Float64Array(100).fill(33);
    fc.assert(
      fc.property(fc.nat({ max: 120 }), fc.string(), (genes, seed) => {
        const changed = [...mutated({ kind: 'reset', genes }, problem, parent, seed)].filter((x) => x !== 33);
        expect(changed).toHaveLength(Math.min(genes, 100));
        expect(changed.every((value) => value >= -20 && value <= -10)).toBe(true);
      }),
      { seed: 44 },
    );
  });

  it('chooses every gene as often, and every value of the prior', () => {
    const problem = box(10, -40, 40, 0, [-20, 5]);
    const parent = new Float64Array(10).fill(33);
    const counts = new Array<number>(10).fill(0);
    const values: number[] = [];
    for (let i = 0; i < 5000; i++) {
      mutated({ kind: 'reset', genes: 3 }, problem, parent, `seed ${i}`).forEach((value, gene) => {
        if (value === 33) return;
        counts[gene]! += 1;
        values.push(value);
      });
    }
    // Chi-square with 9 degrees of freedom: above 27.9 with probability 0.001.
    expect(chiSquare(counts, new Array(10).fill(0.1))).toBeLessThan(27.9);
    expect(distance(values, (x) => (x + 20) / 25)).toBeLessThan(1.95);
  });
});

describe('gaussian mutation', () => {
  it('moves k genes by normal deviates, measured in their steps', () => {
    const problem = {
      ...box(20_000, -1e9, 1e9),
      step: Float64Array.from({ length: 20_000 }, (_, i) => (i % 2) + 1),
    };
    const child = mutated(
      { kind: 'gaussian', genes: 20_000, sigma: 0.5 },
      problem,
      new Float64Array(20_000).fill(7),
    );
    for (const step of [1, 2]) {
      const moves = [...child]
        .filter((_, gene) => problem.step[gene] === step)
        .map((value) => (value - 7) / step);
      expect(Math.abs(mean(moves))).toBeLessThan(0.02);
      expect(Math.abs(mean(moves.map((move) => move * move)) - 0.25)).toBeLessThan(0.015);
    }
    const few = mutated({ kind: 'gaussian', genes: 4 }, problem, new Float64Array(20_000).fill(7));
    expect([...few].filter((value) => value !== 7)).toHaveLength(4);
  });

  it('is cut off at the bounds', () => {
    const child = mutated(
      { kind: 'gaussian', genes: 1000, sigma: 10 },
      box(1000, -1, 2),
      new Float64Array(1000),
    );
    expect(Math.min(...child)).toBe(-1);
    expect(Math.max(...child)).toBe(2);
  });
});

describe('polynomial mutation', () => {
  const options = (eta: number) => ({ kind: 'polynomial', eta, geneProbability: 1 });

  it.each([0, 5, 20])('moves by its density in the middle of a range, eta %d', (eta) => {
    const genes = 20_000;
    const child = mutated(options(eta), box(genes, -2, 2), new Float64Array(genes));
    const moves = [...child].map((value) => value / 4);
    // Inverse of the published moves, for a gene half a range from either bound.
    const half = 0.5 ** (eta + 1);
    const below = (d: number) => ((1 + d) ** (eta + 1) - half) / (2 * (1 - half));
    const distribution = (d: number) => (d < 0 ? below(d) : 1 - below(-d));
    expect(distance(moves, distribution)).toBeLessThan(1.95);
  });

  it('stays within the bounds, whatever it starts from', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(0, 1, 20, 1000),
        fc.string(),
        (x, eta, seed) => {
          const child = mutated(options(eta), box(50, 0, 1), new Float64Array(50).fill(x), seed);
          expect([...child].every((value) => value >= 0 && value <= 1)).toBe(true);
        },
      ),
      { seed: 45, numRuns: 500 },
    );
  });

  it.each([0, 1])('leaves the bound %d inwards in half of its moves', (x) => {
    const child = mutated(options(20), box(10_000, 0, 1), new Float64Array(10_000).fill(x));
    const left = [...child].filter((value) => value !== x).length;
    expect(Math.abs(left / 10_000 - 0.5)).toBeLessThan(0.02);
  });

  it('moves one gene a child on average unless told otherwise', () => {
    const parent = new Float64Array(40);
    const changes = (geneProbability: number | null) => {
      const counts = Array.from({ length: 1000 }, (_, i) => {
        const child = mutated({ kind: 'polynomial', geneProbability }, box(40, -1, 1), parent, `seed ${i}`);
        return [...child].filter((value) => value !== 0).length;
      });
      return mean(counts);
    };
    expect(Math.abs(changes(null) - 1)).toBeLessThan(0.13);
    expect(Math.abs(changes(0.25) - 10)).toBeLessThan(0.4);
    expect(changes(0)).toBe(0);
  });
});

function tell(strategy: Strategy, scores: readonly number[]): void {
  strategy.tell(
    scores.map((score) => ({ status: 'ok', objectives: [score], constraints: [], measures: {} })),
  );
}

const genomes = (strategy: Strategy) => strategy.ask().map(({ genome }) => [...genome]);

describe('generations', () => {
  it('begin with the start and draws from the prior', () => {
    const problem = box(5, -9, 9, 7, [-3, 4]);
    const [first, ...others] = genomes(ga.create(problem, ga.options.parse({ population: 50 }), 'seed'));
    expect(first).toEqual([7, 7, 7, 7, 7]);
    expect(others).toHaveLength(49);
    const values = others.flat();
    expect(values.every((value) => value >= -3 && value <= 4)).toBe(true);
    expect(distance(values, (x) => (x + 3) / 7)).toBeLessThan(1.95);
  });

  it('begin with copies of the start where told to', () => {
    const settings = ga.options.parse({ population: 4, initial: 'start' });
    expect(genomes(ga.create(box(2, -9, 9, 7), settings, 'seed'))).toEqual([
      [7, 7],
      [7, 7],
      [7, 7],
      [7, 7],
    ]);
  });

  it.each([0, 1, 3])('carry over the %d best, unchanged', (elites) => {
    const settings = ga.options.parse({ population: 8, elites });
    const strategy = ga.create(box(30, -9, 9), settings, 'seed');
    for (let generation = 0; generation < 4; generation++) {
      const before = genomes(strategy);
      const scores = before.map((_, i) => (i * 5 + generation) % 8);
      const best = bestFirst(scores).slice(0, elites);
      tell(strategy, scores);
      const after = genomes(strategy);
      expect(after).toHaveLength(8);
      expect(after.slice(8 - elites)).toEqual(best.map((index) => before[index]));
      // The others are children: five of thirty genes are drawn anew in each.
      const kept = after
        .slice(0, 8 - elites)
        .filter((child) => before.some((one) => `${one}` === `${child}`));
      expect(kept).toEqual([]);
    }
  });

  it('make children of their parents and of five new genes', () => {
    const strategy = ga.create(box(40, -9, 9), ga.options.parse({ population: 10 }), 'seed');
    const before = genomes(strategy);
    tell(strategy, [9, 1, 8, 2, 7, 3, 6, 4, 5, 0]);
    const parents = [0, 2, 4, 6, 8].map((index) => before[index]!);
    for (const child of genomes(strategy).slice(0, 9)) {
      const novel = child.filter((value, gene) => !parents.some((parent) => parent[gene] === value));
      expect(novel).toHaveLength(5);
    }
  });

  it('make pairs of children where the operator does, the last one alone, each with five new genes', () => {
    const crossover = { kind: 'sbx', pairProbability: 0 };
    const settings = ga.options.parse({ population: 8, elites: 1, crossover });
    const strategy = ga.create(box(40, -9, 9), settings, 'seed');
    const before = genomes(strategy);
    tell(strategy, [9, 1, 8, 2, 7, 3, 6, 4]);
    for (const child of genomes(strategy).slice(0, 7)) {
      const novel = before.map((parent) => child.filter((value, gene) => value !== parent[gene]).length);
      expect(Math.min(...novel)).toBe(5);
    }
  });

  it('follow the settings of the plain evolutionary algorithm by default', () => {
    expect(ga.options.parse({})).toEqual({
      population: 64,
      elites: 1,
      initial: 'prior',
      selection: { kind: 'proportional', fraction: 0.5 },
      crossover: { kind: 'biased', exponent: 1.2 },
      mutation: { kind: 'reset', genes: 5 },
    });
  });

  it.each([4, 5])('are refused with %d elites of 4', (elites) => {
    const result = ga.options.safeParse({ population: 4, elites });
    expect(result.error?.issues).toEqual([
      expect.objectContaining({
        path: ['elites'],
        message: expect.stringContaining('fewer elites than genomes'),
      }),
    ]);
    expect(ga.options.safeParse({ population: 4, elites: 3 }).success).toBe(true);
  });

  it.each([
    { population: 1 },
    { population: 2.5 },
    { elites: -1 },
    { selection: { kind: 'proportional', fraction: 0 } },
    { selection: { kind: 'tournament', size: 0 } },
    { crossover: { kind: 'biased', exponent: -1 } },
    { mutation: { kind: 'gaussian', sigma: 0 } },
    { mutation: { kind: 'reset', sigma: 1 } },
    { mutation: { kind: 'unknown' } },
    { colour: 1 },
  ])('are refused with %j', (options) => {
    expect(ga.options.safeParse(options).success).toBe(false);
  });

  it('never change once released: the search of a seed to the last bit', () => {
    const strategy = ga.create(box(6, -9, 9, 1), ga.options.parse({ population: 4 }), 'seed');
    tell(strategy, [1, 2, 3, 4]);
    tell(strategy, [4, -3, 2, 1]);
    expect(genomes(strategy)).toMatchInlineSnapshot(`
      [
        [
          -0.8437520329604826,
          8.550813501945683,
          3.749055884158061,
          4.422896035946039,
          -2.906640995097529,
          -1.2680656760142988,
        ],
        [
          7.406233840185795,
          6.75114155614672,
          -7.759556886147242,
          4.07968646129363,
          -1.6894946222720924,
          -2.8235013997259175,
        ],
        [
          -6.626322267713972,
          4.7331898163357895,
          -1.1814527126871166,
          -8.585048018625585,
          -1.2048253217367222,
          0.41812510494368027,
        ],
        [
          2.390012830067036,
          1.2871540341855123,
          -1.1814527126871166,
          -0.023832872266400074,
          -1.6894946222720924,
          -1.2680656760142988,
        ],
      ]
    `);
  });
});

describe('ageing', () => {
  const options = (more: object) =>
    ga.options.parse({
      ...{
        population: 4,
        initial: 'prior',
        crossover: { kind: 'none' },
        mutation: { kind: 'reset', genes: 0 },
      },
      ...{ selection: { kind: 'tournament', size: 30 }, replacement: { kind: 'ageing', children: 2 } },
      ...more,
    });
  const scored = (score: number): Outcome => ({
    ...{
      status: Number.isFinite(score) ? 'ok' : 'failed',
      objectives: [score],
      constraints: [],
      measures: {},
    },
  });
  /** Scores of each step told; what was asked at last, and what lives. */
  function lived(more: object, ...steps: number[][]) {
    const search = ga.create(box(1, -1, 1), options(more), 'ageing');
    const first = search.ask().map(({ genome }) => genome[0]!);
    for (const scores of steps) {
      search.ask();
      search.tell(scores.map(scored));
    }
    const { population, scores } = search.snapshot() as { population: Float64Array; scores: Float64Array };
    return { first, asked: search.ask().map(({ genome }) => genome[0]!), population, scores: [...scores] };
  }

  it('lets the oldest die, however good, and takes children of the best', () => {
    const { first, asked, scores } = lived({ elites: 0 }, [9, 1, 2, 3]);
    expect(scores).toEqual([9, 1, 2, 3]);
    // Nothing changes them: of 30 drawn of four, one is the best but for 1 time in 5,000.
    expect(asked).toEqual([first[0], first[0]]);
    const later = lived({ elites: 0 }, [9, 1, 2, 3], [4, 5]);
    expect(later.scores).toEqual([2, 3, 4, 5]);
    expect([...later.population]).toEqual([first[2], first[3], first[0], first[0]]);
  });

  it('spares the elites, and gives no place to what failed', () => {
    expect(lived({ elites: 1 }, [9, 1, 2, 3], [4, 5]).scores).toEqual([9, 3, 4, 5]);
    expect(lived({ elites: 0 }, [9, 1, 2, 3], [Number.NaN, 5]).scores).toEqual([1, 2, 3, 5]);
  });

  it('draws a first population that failed as a whole anew', () => {
    const nothing = Array(4).fill(Number.NaN);
    const { first, asked } = lived({}, nothing);
    expect(asked).toHaveLength(4);
    expect(asked.filter((value) => first.includes(value))).toEqual([]);
  });

  it('is told anew where scores count no more', () => {
    const search = ga.create(box(1, -1, 1), options({}), 'anew');
    search.ask();
    search.tell([1, 2, 3, 4].map(scored));
    const anew = ga.branching.withoutScores!(search.snapshot());
    expect(ga.restore(box(1, -1, 1), options({}), anew).ask()).toHaveLength(4);
  });
});
