import { pow } from '../../math/power.js';
import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { realProblem } from '../../strategies/problem.js';
import type { Problem } from '../../strategies/strategy.js';
import { type BenchStrategy, outcome } from '../strategies.js';
import { bbobInstance } from './table.js';
import { vector } from './transformations.js';

/** 10^2, 10^1.8 and so on to 10^-8. */
export const targets: readonly number[] = Array.from({ length: 51 }, (_, i) => pow(10, 2 - i / 5));

export interface BbobCell {
  /** 1 to 24 */
  function: number;
  genes: number;
  instance: number;
  /** Most evaluations of a run. */
  maxEvaluations: number;
}

export interface BbobRun {
  strategy: string;
  function: number;
  instance: number;
  evaluations: number;
  /** Least f. */
  best: number;
  /** How often the search began, since it stopped by itself before. */
  searches: number;
  /** `[targets]` evaluations up to and including the first f at or below each; null where none was. */
  reached: (number | null)[];
}

/** What is known of an instance: genes within [-5, 5], as published. A search begins at a point of [-4, 4]. */
function problemFrom(genes: number, stream: RandomStream): Problem {
  const all = (value: number) => new Float64Array(genes).fill(value);
  return realProblem({
    genes,
    low: all(-5),
    high: all(5),
    start: vector(genes, () => stream.uniformIn(-4, 4)),
    step: all(2),
    priorLow: all(-5),
    priorHigh: all(5),
  });
}

/**
 * One strategy on one instance. A search that stops by itself begins anew elsewhere, until the evaluations are spent or
 * the last target is reached. All strategies begin at the same points.
 */
export function runBbob(strategy: BenchStrategy, cell: BbobCell): BbobRun {
  const { genes, instance, maxEvaluations } = cell;
  const { f } = bbobInstance(cell.function, genes, instance);
  const seed = (part: string, search: number) =>
    deriveSeed('bench bbob', part, cell.function, genes, instance, search);
  const reached: (number | null)[] = targets.map(() => null);
  let [evaluations, best, next, searches] = [0, Infinity, 0, 0];
  const isOver = () => next === targets.length || evaluations >= maxEvaluations;
  while (!isOver()) {
    const problem = problemFrom(genes, RandomStream.from(seed('start', searches)));
    const search = strategy.create(problem, seed('search', searches));
    searches += 1;
    const before = evaluations;
    while (search.stopped === undefined && !isOver()) {
      const candidates = search.ask();
      const outcomes = [];
      for (const { genome } of candidates) {
        if (isOver()) break;
        const value = f(genome);
        evaluations += 1;
        best = Math.min(best, value);
        for (; next < targets.length && best <= targets[next]!; next++) reached[next] = evaluations;
        outcomes.push(outcome(value));
      }
      if (outcomes.length === candidates.length) search.tell(outcomes);
    }
    // One that stops before it asks for anything would begin for ever.
    if (evaluations === before) break;
  }
  return {
    strategy: strategy.name,
    ...{ function: cell.function, instance, evaluations, best, searches, reached },
  };
}

/** A share of what was to be reached, and the evaluations by which it was. */
export interface CurvePoint {
  evaluations: number;
  share: number;
}

/**
 * The empirical distribution of running times: by evaluations, the share of all targets of all functions and instances
 * that had been reached.
 */
export function runtimeCurve(runs: readonly BbobRun[]): CurvePoint[] {
  const times = runs.flatMap(({ reached }) => reached.filter((time) => time !== null)).sort((a, b) => a - b);
  const all = runs.length * targets.length;
  const points: CurvePoint[] = [];
  times.forEach((evaluations, i) => {
    if (evaluations !== times[i + 1]) points.push({ evaluations, share: (i + 1) / all });
  });
  return points;
}

/** The share that had been reached by so many evaluations. */
export const shareBy = (curve: readonly CurvePoint[], evaluations: number): number =>
  curve.filter((point) => point.evaluations <= evaluations).at(-1)?.share ?? 0;
