import { expectThat } from '../../spec/conformance.js';
import { realProblem } from '../../strategies/problem.js';
import type { Outcome, Problem, Strategy } from '../../strategies/strategy.js';

/** A gene of the problems on which strategies are tried. */
export interface Gene {
  low: number;
  high: number;
  start: number;
  prior?: [number, number];
}

export function problemOf(genes: readonly Gene[]): Problem {
  return realProblem({
    genes: genes.length,
    low: Float64Array.from(genes, ({ low }) => low),
    high: Float64Array.from(genes, ({ high }) => high),
    start: Float64Array.from(genes, ({ start }) => start),
    step: Float64Array.from(genes, ({ low, high }) => (high - low) / 20),
    priorLow: Float64Array.from(genes, ({ low, prior }) => prior?.[0] ?? low),
    priorHigh: Float64Array.from(genes, ({ high, prior }) => prior?.[1] ?? high),
    behaviours: genes.slice(0, 2).map(({ low, high }, gene) => ({
      name: `gene ${gene}`,
      low,
      high: low < high ? high : low + 1,
      bins: 10,
    })),
  });
}

/** The behaviour of a genome on such a problem: its first genes themselves. */
const behaviourOf = (genome: Readonly<Float64Array>) =>
  Object.fromEntries([...genome.slice(0, 2)].map((value, gene) => [`gene ${gene}`, value]));

/** Genes of unlike ranges; some start on a bound, some outside the prior. */
export const mixed = () =>
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
export const latticeLevels = [2, 0, 5, 3, 0, 1000, 4, 4];

/** Integer genes between real ones; the last has a prior of two of its four levels, and starts outside it. */
export function lattice(): Problem {
  const box = problemOf(
    latticeLevels.map((count, gene): Gene => {
      if (count === 0) return { low: -5, high: 5, start: 1 };
      return { low: 0, high: count - 1, start: 0, ...(gene === 7 ? { prior: [1, 2] } : {}) };
    }),
  );
  return { ...box, levels: Int32Array.from(latticeLevels), nameOf: (gene) => `gene-${gene}` };
}

/** Ten genes at 1: a blind draw from the box is better than that 1 time in 40,000. */
export const sphere = () => problemOf(Array.from({ length: 10 }, () => ({ low: -5, high: 5, start: 1 })));

export const scored = (score: number): Outcome => ({
  status: 'ok',
  objectives: [score],
  constraints: [],
  measures: {},
});
export const failed: Outcome = {
  status: 'failed',
  objectives: [Number.NaN],
  constraints: [],
  measures: {},
};

export type Score = (genome: Readonly<Float64Array>, index: number, step: number) => Outcome;

/** Rugged but fixed by the genome: every search sees differences. */
export const bumpy: Score = (genome) => {
  let sum = 0;
  for (let gene = 0; gene < genome.length; gene++) sum += Math.sqrt(Math.abs(genome[gene]! - 0.3 * gene));
  return scored(100 - sum);
};

export const negativeSquares: Score = (genome) => scored(-genome.reduce((sum, x) => sum + x * x, 0));

/** Scores of every awkward kind, by what is said of them. */
export const extremes: Readonly<Record<string, Score>> = {
  'all failed': () => failed,
  'all failed, without objectives': () => ({ ...failed, objectives: [] }),
  'some failed': (genome, index, step) => (index % 2 === 0 ? failed : bumpy(genome, index, step)),
  'all 0': () => scored(0),
  'all equal': () => scored(5),
  'all equal and negative': () => scored(-5),
  negative: (genome, index, step) => scored(bumpy(genome, index, step).objectives[0]! - 1e4),
  'of mixed sign': (_genome, index, step) => scored(index - 3 + (step % 3)),
  huge: (_genome, index) => scored(Number.MAX_VALUE * (1 - index * 1e-3)),
  'huge of mixed sign': (_genome, index) => scored(Number.MAX_VALUE * (index % 2 === 0 ? 1 : -1)),
  tiny: (_genome, index) => scored(Number.MIN_VALUE * index),
  '0 and -0': (_genome, index) => scored(index % 2 === 0 ? 0 : -0),
};

/** Asks, scores and tells `steps` times, or until the strategy stops; returns what was asked, copied. */
export function advance(strategy: Strategy, steps: number, score: Score): Float64Array[][] {
  const asked: Float64Array[][] = [];
  for (let step = 0; step < steps && strategy.stopped === undefined; step++) {
    const candidates = strategy.ask();
    asked.push(candidates.map(({ genome }) => Float64Array.from(genome)));
    strategy.tell(
      candidates.map(({ genome }, index) => ({
        ...score(genome, index, step),
        measures: behaviourOf(genome),
      })),
    );
  }
  return asked;
}

/** The best score among those asked for in a given number of evaluations. */
export function bestAfter(strategy: Strategy, evaluations: number): number {
  let best = Number.NEGATIVE_INFINITY;
  let spent = 0;
  while (spent < evaluations && strategy.stopped === undefined) {
    const [candidates] = advance(strategy, 1, negativeSquares);
    for (const genome of candidates!) best = Math.max(best, negativeSquares(genome, 0, 0).objectives[0]!);
    spent += candidates!.length;
  }
  return best;
}

export function expectValid(asked: readonly Float64Array[][], { genes, low, high }: Problem): void {
  expectThat(asked.length > 0, 'at least one step', asked.length);
  for (const candidates of asked) {
    expectThat(candidates.length > 0, 'at least one candidate a step', candidates.length);
    for (const genome of candidates) {
      expectThat(genome.length === genes, `genomes of ${genes} genes`, genome.length);
      const within = genome.every((value, gene) => value >= low[gene]! && value <= high[gene]!);
      expectThat(within, 'genomes within their bounds', genome);
    }
  }
}

/** Fills every array of a snapshot with a value that would show. */
export function overwrite(value: unknown): void {
  if (value instanceof Float64Array || value instanceof Int32Array || value instanceof Uint8Array) {
    value.fill(77);
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) {
      if (item !== null && typeof item === 'object') overwrite(item);
      else (value as Record<string, unknown>)[key] = 77;
    }
  }
}
