import { median } from '../../math/statistics.js';
import { type Check, expectOther, expectRefusal, expectSame, expectThat } from '../../spec/conformance.js';
import type { Problem } from '../../strategies/strategy.js';
import { type Search, stored } from './search.js';
import {
  advance,
  bumpy,
  expectValid,
  lattice,
  latticeLevels,
  mixed,
  negativeSquares,
  problemOf,
  type Score,
  scored,
} from './searches.js';

/** Counts between real genes, of other lowest levels than 0. */
function counts(): Problem {
  const box = problemOf([
    { low: 3, high: 9, start: 9 },
    { low: -5, high: 5, start: 1 },
    { low: -2, high: -1, start: -1 },
    { low: -500, high: 500, start: 20, prior: [-50, 50] },
  ]);
  return { ...box, levels: Int32Array.of(7, 0, 2, 1001), ordered: Uint8Array.of(1, 0, 1, 1) };
}

const keepsCounts = ({ start, resume }: Search): Check => ({
  name: 'keeps counts whole and between their bounds, and goes on from a snapshot among them, to the bit',
  run() {
    const search = start(counts());
    const asked = advance(search, 12, bumpy);
    expectValid(asked, counts());
    for (const genome of asked.flat())
      for (const gene of [0, 2, 3]) expectThat(Number.isInteger(genome[gene]), 'whole numbers', genome[gene]);
    const levels = new Set(asked.flat().map((genome) => genome[0]));
    expectThat(levels.size > 1, 'more than one level of a count', levels.size);
    const unbroken = start(counts());
    advance(unbroken, 3, bumpy);
    const resumed = resume(counts(), stored(unbroken.snapshot()));
    expectSame(advance(resumed, 4, bumpy), advance(unbroken, 4, bumpy), 'what a restored search asks');
  },
});

export function integers(search: Search): Check[] {
  const { name, takes, start, create, restore } = search;
  if (takes.integers !== true) {
    const why = takes.integers
      ? 'searches numbers: of 6 here the levels are names, between which nothing lies (first: gene-0)'
      : 'searches real genes, and 6 genes here are integers (first: gene-0)';
    return [
      {
        name: 'refuses integer genes whose levels are names, by name',
        run: () => expectRefusal(() => start(lattice()), `strategy: the strategy "${name}" ${why}`),
      },
      ...(takes.integers ? [keepsCounts(search)] : []),
    ];
  }
  return [
    keepsCounts(search),
    {
      name: 'keeps every integer gene to its levels, and draws from all of them',
      run() {
        const { low, high } = lattice();
        const seen = latticeLevels.map(() => new Set<number>());
        // Nothing is learned here, so that no level is lost to a better one.
        for (const genome of advance(start(lattice()), 250, () => scored(1)).flat()) {
          genome.forEach((value, gene) => {
            const within = value >= low[gene]! && value <= high[gene]!;
            expectThat(within, `gene ${gene} in [${low[gene]}, ${high[gene]}]`, value);
            const isLevel = latticeLevels[gene] === 0 || Number.isInteger(value);
            expectThat(isLevel, `gene ${gene} to be a whole number`, value);
            seen[gene]!.add(value);
          });
        }
        for (const gene of [0, 2, 3, 6])
          expectSame(seen[gene]!.size, latticeLevels[gene], `levels of gene ${gene}`);
        expectThat(seen[5]!.size > 20, 'more than 20 of 1,000 levels', seen[5]!.size);
        // The start's level aside, this one is drawn from a prior of two.
        expectSame([...new Set([0, ...seen[7]!])].sort(), [0, 1, 2], 'levels of gene 7');
        const real = [...seen[1]!].some((value) => !Number.isInteger(value));
        expectThat(real, 'a real gene between integers to stay real');
      },
    },
    {
      name: 'goes on from a snapshot among integers, to the bit',
      run() {
        const unbroken = create(lattice());
        advance(unbroken, 3, bumpy);
        const resumed = restore(lattice(), stored(unbroken.snapshot()));
        expectSame(advance(resumed, 4, bumpy), advance(unbroken, 4, bumpy), 'what a restored search asks');
      },
    },
  ];
}

export function constraints({ name, takes, blind, start }: Search): Check[] {
  if (!takes.constraints) {
    return [
      {
        name: 'refuses constraints by name',
        run: () =>
          expectRefusal(
            () => start({ ...mixed(), constraints: 2 }),
            `strategy: the strategy "${name}" takes no constraints, and there are 2 here`,
          ),
      },
    ];
  }
  if (blind) return [];
  return [
    {
      name: 'comes to satisfy a constraint, and prefers a lower score that does',
      run() {
        // The best of all, 0 everywhere, is forbidden: the sum of the genes must be 2 or more.
        const box = problemOf(Array.from({ length: 3 }, () => ({ low: -5, high: 5, start: -1 })));
        const sumOf = (genome: Readonly<Float64Array>) => genome.reduce((sum, x) => sum + x, 0);
        const asked = advance(start({ ...box, constraints: 1 }), 150, (genome) => ({
          ...negativeSquares(genome, 0, 0),
          constraints: [2 - sumOf(genome)],
        })).flat();
        const allowed = asked.filter((genome) => sumOf(genome) >= 2);
        const best = Math.max(...allowed.map((genome) => negativeSquares(genome, 0, 0).objectives[0]!));
        expectThat(best > -2 && best <= -4 / 3, 'the best allowed score in (-2, -4/3]', best);
        // It ends about the edge of what is allowed: without the constraint it ends about a sum of 0.
        const end = median(asked.slice(-50).map(sumOf));
        expectThat(end > 1, 'the last candidates about a sum of 2', end);
      },
    },
  ];
}

/** The genome that is given from outside, beside which every other scores badly. */
const given = Float64Array.of(-4, 7, -30, 0, 100.75, -20, 5);
const isGiven = (genome: Readonly<Float64Array>) => genome.every((value, gene) => value === given[gene]);
const givenFirst: Score = (genome, index, step) =>
  isGiven(genome) ? scored(1e6) : bumpy(genome, index, step);
const otherwise = (at: number, value: number) => given.map((own, gene) => (gene === at ? value : own));

export function injected({ name, takes, blind, start, resume }: Search): Check[] {
  if (!takes.injected) {
    return [
      {
        name: 'refuses genomes from outside by name',
        run: () =>
          expectRefusal(
            () => start(mixed()).inject(given),
            `strategy: the strategy "${name}" takes no genomes from outside`,
          ),
      },
    ];
  }
  return [
    {
      name: 'lives genomes from outside in its next step, and learns from them',
      run() {
        const [strategy, without] = [start(mixed()), start(mixed())];
        advance(strategy, 2, givenFirst);
        advance(without, 2, givenFirst);
        strategy.inject(given);
        const [asked] = advance(strategy, 1, givenFirst);
        const [drawn] = advance(without, 1, givenFirst);
        expectSame(asked!.filter(isGiven).length, 1, 'how often the next step holds the genome');
        expectSame(asked!.length, drawn!.length, 'candidates of the step');
        const after = advance(strategy, 8, givenFirst);
        const before = advance(without, 8, givenFirst);
        if (blind) expectSame(after, before, 'what a search that learns nothing asks');
        else expectOther(after, before, 'what it asks after');
      },
    },
    {
      name: 'keeps genomes from outside that wait in its snapshots',
      run() {
        const strategy = start(mixed());
        const [asked] = advance(strategy, 1, givenFirst);
        // More than one step takes.
        for (let k = 0; k <= asked!.length; k++) strategy.inject(otherwise(0, k / 1e4));
        advance(strategy, 1, givenFirst);
        const resumed = resume(mixed(), stored(strategy.snapshot()));
        expectSame(
          advance(resumed, 4, givenFirst),
          advance(strategy, 4, givenFirst),
          'what a restored search asks',
        );
      },
    },
    {
      name: 'refuses genomes from outside that do not fit',
      run() {
        const refused = (genome: ArrayLike<number>, expected: string) =>
          expectRefusal(
            () => start(mixed()).inject(genome),
            `The strategy "${name}" was given a genome from outside: expected ${expected}`,
          );
        refused([1, 2], '7 values, one a gene, found 2');
        refused(otherwise(1, 41), 'a value of gene 1 in [0, 40], found 41');
        refused(otherwise(3, Number.NaN), 'a value of gene 3 in');
      },
    },
  ];
}

/** With solutions of an earlier search, none of which is the start. */
const warmed = (): Problem => {
  const box = mixed();
  const between = (share: number) => box.low.map((low, gene) => low + share * (box.high[gene]! - low));
  const solutions = [0.2, 0.4, 0.7].map((share) => ({ genome: between(share), score: share }));
  return { ...box, warmStart: { solutions, spread: 0.3 } };
};

export function warmStart({ name, takes, start, resume }: Search): Check[] {
  if (!takes.warmStart) {
    return [
      {
        name: 'refuses a warm start by name',
        run: () =>
          expectRefusal(
            () => start(warmed()),
            `strategy: the strategy "${name}" takes no warm start from solutions of an earlier search`,
          ),
      },
    ];
  }
  return [
    {
      name: 'begins elsewhere with a warm start, and goes on from a snapshot of it, to the bit',
      run() {
        const warm = start(warmed());
        const first = advance(warm, 2, bumpy);
        expectValid(first, mixed());
        expectOther(first, advance(start(mixed()), 2, bumpy), 'what it asks first');
        const resumed = resume(warmed(), stored(warm.snapshot()));
        expectSame(advance(resumed, 4, bumpy), advance(warm, 4, bumpy), 'what a restored search asks');
      },
    },
  ];
}

export const guarded = ({ name, takes, start, create }: Search): Check[] => [
  {
    name: 'takes as many objectives as it says, and refuses one more by name',
    run() {
      const most = takes.objectives;
      const told = Math.min(most, 9);
      const several: Score = (genome, index, step) => ({
        ...bumpy(genome, index, step),
        objectives: Array.from({ length: told }, () => bumpy(genome, index, step).objectives[0]!),
      });
      expectValid(advance(start({ ...mixed(), objectives: told }), 4, several), mixed());
      if (most === Infinity) return;
      expectRefusal(
        () => start({ ...mixed(), objectives: most + 1 }),
        `strategy: the strategy "${name}" takes ${most} objective${most === 1 ? '' : 's'}, and there are ${most + 1} here`,
      );
    },
  },
  {
    name: 'gives what it gives unguarded when it is asked and told in turn',
    run() {
      const inTurn = start(mixed());
      const plain = create(mixed());
      expectSame(advance(inTurn, 5, bumpy), advance(plain, 5, bumpy), 'what it asks');
      expectSame(inTurn.snapshot(), plain.snapshot(), 'its snapshot');
      expectSame(inTurn.stopped, plain.stopped, 'why it stopped');
    },
  },
];
