import { describe, expect, it } from 'vitest';
import { median } from '../../src/math/statistics.js';
import { decodeSnapshot, encodeSnapshot } from '../../src/store/binary.js';
import { realProblem } from '../../src/strategies/problem.js';
import { startStrategy } from '../../src/strategies/start.js';
import type { Outcome, Problem, Snapshot, Strategy, StrategyModule } from '../../src/strategies/strategy.js';
import { type StrategyName, strategies } from '../../src/strategies/table.js';

interface Variant {
  about: string;
  options: Readonly<Record<string, unknown>>;
}

/** Small and quick forms of every strategy, one for each part that can be chosen. */
const variants: Record<StrategyName, readonly [Variant, ...Variant[]]> = {
  'cma-es': [
    { about: 'defaults', options: {} },
    {
      about: 'separable, odd population',
      options: { population: 9, covariance: 'separable', active: false },
    },
    {
      about: 'short searches, restarted',
      options: { population: 6, restarts: 'bipop', mostRestarts: 30, stop: { maxiter: 60 } },
    },
    {
      about: 'doubling, no end in sight',
      options: {
        sigma0: 4,
        restarts: 'ipop',
        stop: {
          tolfun: null,
          tolfunhist: null,
          tolx: null,
          tolfacupx: null,
          conditioncov: null,
          noeffectaxis: false,
          noeffectcoord: false,
          stagnation: false,
          flatfitness: null,
          maxiter: null,
        },
      },
    },
  ],
  enomad: [
    { about: 'EA', options: { population: 5, genes: 4, evaluations: 23 } },
    {
      about: 'rEA',
      options: {
        population: 8,
        initial: 'prior',
        choose: 'changed',
        mutatedGenes: 2,
        reach: 2,
        evaluations: 9,
      },
    },
  ],
  ga: [
    // One gene a child: of ten genes, the five of the default are half.
    { about: 'defaults', options: { population: 20, mutation: { kind: 'reset', genes: 1 } } },
    {
      about: 'no elite, odd population',
      options: { population: 17, elites: 0, initial: 'start', mutation: { kind: 'reset', genes: 1 } },
    },
    {
      about: 'tournament, SBX, polynomial',
      options: {
        population: 21,
        elites: 2,
        selection: { kind: 'tournament', size: 3 },
        crossover: { kind: 'sbx' },
        mutation: { kind: 'polynomial' },
      },
    },
    {
      about: 'no crossover, gaussian',
      options: {
        population: 20,
        initial: 'start',
        crossover: { kind: 'none' },
        // An odd number of deviates a step leaves one over in the random stream.
        mutation: { kind: 'gaussian', genes: 3, sigma: 0.2 },
      },
    },
  ],
  mads: [
    { about: 'defaults', options: {} },
    {
      about: 'both ways, alone',
      options: { directions: 'ortho-2n', block: 1, nelderMead: false, modelVariables: 0 },
    },
    { about: 'wide blocks', options: { block: 7, speculative: false, modelVariables: 0, nelderMead: true } },
  ],
  'openai-es': [
    { about: 'Adam', options: { pairs: 8 } },
    {
      about: 'momentum, decaying',
      options: {
        pairs: 5,
        sigma: { start: 1, decay: 0.99, floor: 0.3 },
        learningRate: { start: 0.3, decay: 0.99, floor: 0.05 },
        optimizer: { kind: 'sgd' },
      },
    },
  ],
  random: [
    { about: 'all genes', options: { batch: 8 } },
    { about: 'some genes', options: { batch: 3, genes: 2 } },
  ],
};

/**
 * Strategies that by design take nothing from what they are told. They need not improve on anything, but have to be
 * blind indeed: the suite holds them to it, and holds all others to learning.
 */
const blind: readonly StrategyName[] = ['random'];

const cases = (Object.keys(strategies) as StrategyName[]).flatMap((name) =>
  variants[name].map((variant): [label: string, name: StrategyName, options: Variant['options']] => [
    `${name} (${variant.about})`,
    name,
    variant.options,
  ]),
);

/** One search under test: how to begin it and how to go on from a snapshot. */
function searchOf(name: StrategyName, options: Variant['options']) {
  const module: StrategyModule = strategies[name];
  const settings = module.options.parse(options);
  return {
    takes: module.takes,
    start: (problem: Problem, seed = 'seed') => startStrategy(name, module, problem, settings, seed),
    create: (problem: Problem, seed = 'seed') => module.create(problem, settings, seed),
    restore: (problem: Problem, snapshot: Snapshot) => module.restore(problem, settings, snapshot),
  };
}

function problemOf(parts: { low: number; high: number; start: number; prior?: [number, number] }[]): Problem {
  return realProblem({
    genes: parts.length,
    low: Float64Array.from(parts, ({ low }) => low),
    high: Float64Array.from(parts, ({ high }) => high),
    start: Float64Array.from(parts, ({ start }) => start),
    step: Float64Array.from(parts, ({ low, high }) => (high - low) / 20),
    priorLow: Float64Array.from(parts, ({ low, prior }) => prior?.[0] ?? low),
    priorHigh: Float64Array.from(parts, ({ high, prior }) => prior?.[1] ?? high),
  });
}

/** Genes of unlike ranges; some start on a bound, some outside the prior. */
const mixed = () =>
  problemOf([
    { low: -5, high: 5, start: 1 },
    { low: 0, high: 40, start: 0, prior: [0, 20] },
    { low: -40, high: 40, start: 37, prior: [-20, 20] },
    { low: -1e-3, high: 1e-3, start: 1e-3 },
    { low: 100, high: 101, start: 100.5, prior: [100.2, 100.3] },
    { low: -40, high: 0, start: -13, prior: [-20, 0] },
    { low: -1e6, high: 1e6, start: 0, prior: [-1, 1] },
  ]);

/** Levels of the integers among the genes of `lattice`, by gene. */
const latticeLevels = [2, 0, 5, 3, 0, 1000, 4, 4];

/** Integer genes between real ones; the last has a prior of two of its four levels, and starts outside it. */
function lattice(): Problem {
  const box = problemOf(
    latticeLevels.map(
      (count, gene): { low: number; high: number; start: number; prior?: [number, number] } =>
        count === 0
          ? { low: -5, high: 5, start: 1 }
          : { low: 0, high: count - 1, start: 0, ...(gene === 7 ? { prior: [1, 2] } : {}) },
    ),
  );
  return { ...box, levels: Int32Array.from(latticeLevels), nameOf: (gene) => `gene-${gene}` };
}

const ok = (score: number): Outcome => ({ status: 'ok', objectives: [score], constraints: [], measures: {} });
const failed: Outcome = { status: 'failed', objectives: [Number.NaN], constraints: [], measures: {} };

type Score = (genome: Readonly<Float64Array>, index: number, step: number) => Outcome;

/** Rugged but fixed by the genome: every search sees differences. */
const bumpy: Score = (genome) => {
  let sum = 0;
  for (let gene = 0; gene < genome.length; gene++) sum += Math.sqrt(Math.abs(genome[gene]! - 0.3 * gene));
  return ok(100 - sum);
};

/** Asks, scores and tells `steps` times, or until the strategy stops; returns what was asked, copied. */
function advance(strategy: Strategy, steps: number, score: Score): Float64Array[][] {
  const asked: Float64Array[][] = [];
  for (let step = 0; step < steps && strategy.stopped === undefined; step++) {
    const candidates = strategy.ask();
    asked.push(candidates.map(({ genome }) => Float64Array.from(genome)));
    strategy.tell(candidates.map(({ genome }, index) => score(genome, index, step)));
  }
  return asked;
}

function expectValid(asked: readonly Float64Array[][], { genes, low, high }: Problem): void {
  expect(asked.length).toBeGreaterThan(0);
  for (const candidates of asked) {
    expect(candidates.length).toBeGreaterThan(0);
    for (const genome of candidates) {
      expect(genome).toHaveLength(genes);
      const within = genome.every((value, gene) => value >= low[gene]! && value <= high[gene]!);
      if (!within) expect.fail(`not within its bounds: ${genome}`);
    }
  }
}

it('the table and its small forms name the same strategies', () => {
  expect(Object.keys(variants).sort()).toEqual(Object.keys(strategies).sort());
});

describe.each(cases)('%s', (_label, name, options) => {
  const search = searchOf(name, options);

  it('asks for finite genomes of the right length within the bounds', () => {
    const problem = mixed();
    const strategy = search.create(problem);
    for (let step = 0; step < 12; step++) {
      for (const { fidelity } of strategy.ask()) {
        expect(fidelity).toBeGreaterThan(0);
        expect(fidelity).toBeLessThanOrEqual(1);
      }
      expectValid(advance(strategy, 1, bumpy), problem);
    }
  });

  it('asks the same again until it is told', () => {
    const strategy = search.create(mixed());
    for (let step = 0; step < 4; step++) {
      const copy = () => strategy.ask().map(({ genome, fidelity }) => ({ genome: [...genome], fidelity }));
      const first = copy();
      expect(copy()).toStrictEqual(first);
      expect(copy()).toStrictEqual(first);
      // And having been asked thrice is as good as once.
      const once = search.create(mixed());
      advance(once, step, bumpy);
      expect(once.ask().map(({ genome }) => [...genome])).toStrictEqual(first.map(({ genome }) => genome));
      advance(strategy, 1, bumpy);
    }
  });

  it.each([0, 1, 2, 3, 7])('goes on from a stored snapshot after %d steps, to the bit', (steps) => {
    const problem = mixed();
    const unbroken = search.create(problem);
    advance(unbroken, steps, bumpy);
    const snapshot = unbroken.snapshot();
    const stored = decodeSnapshot(encodeSnapshot(snapshot))!;
    expect(stored).toStrictEqual(snapshot);
    const resumed = search.restore(mixed(), stored);
    expect(encodeSnapshot(resumed.snapshot()).equals(encodeSnapshot(snapshot))).toBe(true);
    const more = advance(unbroken, 5, bumpy);
    expect(more.length).toBeGreaterThan(0);
    expect(advance(resumed, 5, bumpy)).toStrictEqual(more);
    expect(resumed.snapshot()).toStrictEqual(unbroken.snapshot());
    expect(resumed.stopped).toBe(unbroken.stopped);
  });

  it('goes on from a snapshot taken while scores fail', () => {
    const flaky: Score = (genome, index, step) =>
      (index + step) % 3 === 0 ? failed : bumpy(genome, index, step);
    const unbroken = search.create(mixed());
    advance(unbroken, 2, flaky);
    advance(unbroken, 1, () => failed);
    const resumed = search.restore(mixed(), decodeSnapshot(encodeSnapshot(unbroken.snapshot()))!);
    expect(advance(resumed, 4, flaky)).toStrictEqual(advance(unbroken, 4, flaky));
  });

  it('shares no memory with its snapshots', () => {
    const strategy = search.create(mixed());
    advance(strategy, 2, bumpy);
    const snapshot = strategy.snapshot();
    const bytes = encodeSnapshot(snapshot);
    const resumed = search.restore(mixed(), snapshot);
    const expected = advance(search.restore(mixed(), decodeSnapshot(bytes)!), 4, bumpy);
    // Neither the one it was taken from nor one restored from it writes into it.
    expect(advance(strategy, 3, bumpy)).toStrictEqual(expected.slice(0, 3));
    advance(resumed, 3, bumpy);
    expect(encodeSnapshot(snapshot).equals(bytes)).toBe(true);
    // And who overwrites a snapshot changes neither.
    const late = strategy.snapshot();
    for (const taken of [snapshot, late]) overwrite(taken);
    expect(advance(strategy, 1, bumpy)).toStrictEqual(expected.slice(3));
    expect(advance(resumed, 1, bumpy)).toStrictEqual(expected.slice(3));
  });

  it('depends on its seed, and on nothing else', () => {
    const run = (seed: string) => advance(search.create(mixed(), seed), 5, bumpy);
    const first = run('one');
    expect(run('two')).not.toEqual(first);
    expect(run('one')).toStrictEqual(first);
  });

  it('is not disturbed by another search of its kind', () => {
    const alone = advance(search.create(mixed(), 'one'), 4, bumpy);
    const first = search.create(mixed(), 'one');
    const second = search.create(mixed(), 'two');
    const interleaved = Array.from({ length: 4 }, () => {
      const asked = advance(first, 1, bumpy);
      advance(second, 1, bumpy);
      return asked[0];
    });
    expect(interleaved).toStrictEqual(alone);
  });

  it('does not write into the problem', () => {
    const problem = mixed();
    const strategy = search.create(problem);
    advance(strategy, 4, bumpy);
    advance(search.restore(problem, strategy.snapshot()), 4, bumpy);
    expect(problem).toStrictEqual(mixed());
  });

  const extremes: [string, Score][] = [
    ['all failed', () => failed],
    ['all failed, without objectives', () => ({ ...failed, objectives: [] })],
    ['some failed', (genome, index, step) => (index % 2 === 0 ? failed : bumpy(genome, index, step))],
    ['all 0', () => ok(0)],
    ['all equal', () => ok(5)],
    ['all equal and negative', () => ok(-5)],
    ['negative', (genome, index, step) => ok(bumpy(genome, index, step).objectives[0]! - 1e4)],
    ['of mixed sign', (_genome, index, step) => ok(index - 3 + (step % 3))],
    ['huge', (_genome, index) => ok(Number.MAX_VALUE * (1 - index * 1e-3))],
    ['huge of mixed sign', (_genome, index) => ok(Number.MAX_VALUE * (index % 2 === 0 ? 1 : -1))],
    ['tiny', (_genome, index) => ok(Number.MIN_VALUE * index)],
    ['not numbers although ok', (_genome, index) => ok(index % 2 === 0 ? Number.NaN : Infinity)],
    ['0 and -0', (_genome, index) => ok(index % 2 === 0 ? 0 : -0)],
  ];

  it.each(extremes)('survives scores that are %s', (_about, score) => {
    const problem = mixed();
    const strategy = search.create(problem);
    expectValid(advance(strategy, 6, score), problem);
    // Sound scores later find it in working order.
    if (strategy.stopped === undefined) expectValid(advance(strategy, 3, bumpy), problem);
    expect(decodeSnapshot(encodeSnapshot(strategy.snapshot()))).toStrictEqual(strategy.snapshot());
  });

  it('does not look at the score of what failed', () => {
    const scored =
      (...objectives: number[]): Score =>
      (genome, index, step) =>
        (index + step) % 3 === 0 ? { ...failed, objectives } : bumpy(genome, index, step);
    const expected = advance(search.create(mixed()), 6, scored());
    for (const objective of [1e9, -1e9, 0, Number.NaN, Infinity]) {
      expect(advance(search.create(mixed()), 6, scored(objective))).toStrictEqual(expected);
    }
  });

  it('searches a single gene', () => {
    const problem = problemOf([{ low: -2, high: 3, start: 1 }]);
    const asked = advance(search.create(problem), 8, bumpy);
    expectValid(asked, problem);
    expect(new Set(asked.flat().map(([value]) => value)).size).toBeGreaterThan(1);
  });

  it('leaves a gene alone that has one value only', () => {
    const problem = problemOf([
      { low: -2, high: 3, start: 1 },
      { low: 4, high: 4, start: 4 },
      { low: 0, high: 1, start: 0 },
    ]);
    const asked = advance(search.create(problem), 8, bumpy).flat();
    for (const genome of asked) expect(genome[1]).toBe(4);
    expect(new Set(asked.map(([value]) => value)).size).toBeGreaterThan(1);
  });

  it('has nothing to find where every gene has one value only', () => {
    const problem = problemOf([
      { low: 4, high: 4, start: 4 },
      { low: 0, high: 0, start: 0 },
    ]);
    for (const genome of advance(search.create(problem), 4, bumpy).flat())
      expect([...genome]).toEqual([4, 0]);
  });

  if (search.takes.integers) {
    it('keeps every integer gene to its levels, and draws from all of them', () => {
      const problem = lattice();
      const strategy = search.start(problem);
      const seen = latticeLevels.map(() => new Set<number>());
      // Nothing is learned here, so that no level is lost to a better one.
      for (const genome of advance(strategy, 250, () => ok(1)).flat()) {
        genome.forEach((value, gene) => {
          const [low, high] = [problem.low[gene]!, problem.high[gene]!];
          if (!(value >= low && value <= high)) expect.fail(`gene ${gene} is ${value}`);
          if (latticeLevels[gene]! > 0 && !Number.isInteger(value)) expect.fail(`gene ${gene} is ${value}`);
          seen[gene]!.add(value);
        });
      }
      for (const gene of [0, 2, 3, 6]) expect(seen[gene]!.size).toBe(latticeLevels[gene]);
      expect(seen[5]!.size).toBeGreaterThan(20);
      // The start's level aside, this one is drawn from a prior of two.
      expect([...new Set([0, ...seen[7]!])].sort()).toEqual([0, 1, 2]);
      expect([...seen[1]!].some((value) => !Number.isInteger(value))).toBe(true);
    });

    it('goes on from a snapshot among integers, to the bit', () => {
      const unbroken = search.create(lattice());
      advance(unbroken, 3, bumpy);
      const resumed = search.restore(lattice(), decodeSnapshot(encodeSnapshot(unbroken.snapshot()))!);
      expect(advance(resumed, 4, bumpy)).toStrictEqual(advance(unbroken, 4, bumpy));
    });
  } else {
    it('refuses integer genes by name, with strategies that take them', () => {
      expect(() => search.start(lattice())).toThrow(
        `strategy: the strategy "${name}" searches real genes, and 6 genes here are integers (first: gene-0). ` +
          'Use ga or random.',
      );
    });
  }

  if (search.takes.constraints && !blind.includes(name)) {
    it('comes to satisfy a constraint, and prefers a lower score that does', () => {
      // The best of all, 0 everywhere, is forbidden: the sum of the genes must be 2 or more.
      const problem = {
        ...problemOf(Array.from({ length: 3 }, () => ({ low: -5, high: 5, start: -1 }))),
        constraints: 1,
      };
      const strategy = search.start(problem);
      const sumOf = (genome: Readonly<Float64Array>) => genome.reduce((sum, x) => sum + x, 0);
      const asked = advance(strategy, 150, (genome) => ({
        ...negativeSquares(genome, 0, 0),
        constraints: [2 - sumOf(genome)],
      })).flat();
      const allowed = asked.filter((genome) => sumOf(genome) >= 2);
      const best = Math.max(...allowed.map((genome) => negativeSquares(genome, 0, 0).objectives[0]!));
      expect(best).toBeGreaterThan(-2);
      expect(best).toBeLessThanOrEqual(-4 / 3);
      // It ends about the edge of what is allowed: without the constraint it ends about a sum of 0.
      expect(median(asked.slice(-50).map(sumOf))).toBeGreaterThan(1);
    });
  } else if (!search.takes.constraints) {
    it('refuses constraints by name', () => {
      const start = () => search.start({ ...mixed(), constraints: 2 });
      expect(start).toThrow(
        `strategy: the strategy "${name}" takes no constraints, and there are 2 here. Use mads or random.`,
      );
    });
  }

  it('takes as many objectives as it says, and refuses one more by name', () => {
    const most = search.takes.objectives;
    const told = Math.min(most, 9);
    const several: Score = (genome, index, step) => ({
      ...bumpy(genome, index, step),
      objectives: Array.from({ length: told }, () => bumpy(genome, index, step).objectives[0]!),
    });
    expectValid(advance(search.start({ ...mixed(), objectives: told }), 4, several), mixed());
    if (most === Infinity) return;
    expect(() => search.start({ ...mixed(), objectives: most + 1 })).toThrow(
      new RegExp(
        `^strategy: the strategy "${name}" takes ${most} objectives?, and there are ${most + 1} here`,
      ),
    );
  });

  it('gives what it gives unguarded when it is asked and told in turn', () => {
    const guarded = search.start(mixed());
    const plain = search.create(mixed());
    expect(advance(guarded, 5, bumpy)).toStrictEqual(advance(plain, 5, bumpy));
    expect(guarded.snapshot()).toStrictEqual(plain.snapshot());
    expect(guarded.stopped).toBe(plain.stopped);
  });

  // Ten genes at 1: a blind draw from the box is better than that 1 time in 40,000.
  const sphere = () => problemOf(Array.from({ length: 10 }, () => ({ low: -5, high: 5, start: 1 })));
  const negativeSquares: Score = (genome) => ok(-genome.reduce((sum, x) => sum + x * x, 0));

  /** The best score among those asked for in a given number of evaluations. */
  function bestAfter(strategy: Strategy, evaluations: number): number {
    let best = Number.NEGATIVE_INFINITY;
    let spent = 0;
    while (spent < evaluations && strategy.stopped === undefined) {
      const [candidates] = advance(strategy, 1, negativeSquares);
      for (const genome of candidates!) best = Math.max(best, negativeSquares(genome, 0, 0).objectives[0]!);
      spent += candidates!.length;
    }
    return best;
  }

  if (blind.includes(name)) {
    it('takes nothing from what it is told', () => {
      const untold = advance(search.create(mixed()), 6, () => failed);
      expect(advance(search.create(mixed()), 6, bumpy)).toStrictEqual(untold);
      expect(advance(search.create(mixed()), 6, (_genome, index) => ok(index))).toStrictEqual(untold);
    });
  } else {
    it('takes up what it is told', () => {
      const upwards = advance(search.create(mixed()), 6, ([first]) => ok(first!));
      const downwards = advance(search.create(mixed()), 6, ([first]) => ok(-first!));
      expect(upwards).not.toEqual(downwards);
    });

    it.each(['one', 'two', 'three'])('improves the sphere, seed %s', (seed) => {
      // Half of the start's distance, squared, is the least that deserves the name.
      expect(bestAfter(search.create(sphere(), seed), 3000)).toBeGreaterThan(-5);
    });

    it('gets better with more evaluations', () => {
      const early = bestAfter(search.create(sphere()), 200);
      expect(bestAfter(search.create(sphere()), 3000)).toBeGreaterThan(early);
    });
  }
});

/** Fills every array of a snapshot with a value that would show. */
function overwrite(value: unknown): void {
  if (value instanceof Float64Array || value instanceof Int32Array || value instanceof Uint8Array) {
    value.fill(77);
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) {
      if (item !== null && typeof item === 'object') overwrite(item);
      else (value as Record<string, unknown>)[key] = 77;
    }
  }
}
