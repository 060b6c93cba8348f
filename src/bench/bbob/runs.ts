import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { realProblem } from '../../strategies/problem.js';
import type { Problem } from '../../strategies/strategy.js';
import { linearProjection } from '../projection.js';
import { Progress, type TimedRun, targetsTo } from '../running-times.js';
import { drive, outcome, type Searcher } from '../search.js';
import { bbobInstance } from './table.js';
import { vector } from './transformations.js';

/** 10^2, 10^1.8 and so on to 10^-8. */
export const targets: readonly number[] = targetsTo(1e-8);

export interface BbobCell {
  /** 1 to 24 */
  function: number;
  genes: number;
  instance: number;
  /** Most evaluations of a run. */
  maxEvaluations: number;
  /** A search is told f + noise |f| z, with z normal; targets are of f. Default: 0. */
  noise?: number | undefined;
}

export interface BbobRun extends TimedRun {
  function: number;
  instance: number;
  evaluations: number;
  /** Least f. */
  best: number;
  /** How often the search began, since it stopped by itself before. */
  searches: number;
}

/** Genes lie within plus or minus this. */
const most = 5;

/** What is known of an instance: genes within [-5, 5], as published. A search begins at a point of [-4, 4]. */
function problemFrom(genes: number, stream: RandomStream): Problem {
  const all = (value: number) => new Float64Array(genes).fill(value);
  return realProblem({
    genes,
    low: all(-most),
    high: all(most),
    start: vector(genes, () => stream.uniformIn(-4, 4)),
    step: all(2),
    priorLow: all(-most),
    priorHigh: all(most),
    behaviours: linearProjection(genes, most).behaviours,
  });
}

/**
 * One strategy on one instance. A search that stops by itself begins anew elsewhere, until the evaluations are spent or
 * the last target is reached. All strategies begin at the same points.
 */
export function runBbob(strategy: Searcher, cell: BbobCell): BbobRun {
  const { genes, instance, maxEvaluations, noise = 0 } = cell;
  const { f } = bbobInstance(cell.function, genes, instance);
  const seed = (part: string, search: number) =>
    deriveSeed('bench bbob', part, cell.function, genes, instance, search);
  const { measuresOf } = linearProjection(genes, most);
  const noises = RandomStream.from(seed('noise', 0));
  const progress = new Progress(targets);
  const isOver = () => progress.reachedAll || progress.evaluations >= maxEvaluations;
  let searches = 0;
  while (!isOver()) {
    const problem = problemFrom(genes, RandomStream.from(seed('start', searches)));
    const search = strategy.create(problem, seed('search', searches));
    searches += 1;
    const before = progress.evaluations;
    const evaluate = (x: Readonly<Float64Array>) => {
      const value = f(x);
      progress.note(value);
      const told = noise === 0 ? value : value + noise * Math.abs(value) * noises.normal();
      return outcome(told, measuresOf(x));
    };
    drive(search, evaluate, isOver);
    // One that stops before it asks for anything would begin for ever.
    if (progress.evaluations === before) break;
  }
  const { evaluations, best, reached } = progress;
  return {
    strategy: strategy.name,
    ...{ function: cell.function, instance, maxEvaluations, evaluations, best, searches, reached },
  };
}
