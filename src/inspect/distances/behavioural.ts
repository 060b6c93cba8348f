import { LifetimeRunner } from '../../evaluate/lifetime.js';
import type { OpenedRun } from '../../evolve/opened-run.js';
import { referenceOf } from '../../evolve/recorded.js';
import { freshLives } from '../../evolve/reference-scores.js';
import { UsageError } from '../../spec/errors.js';
import { comparableRuns } from '../comparison.js';

/** Champions' scores on the same fresh lives. */
export interface SharedLives {
  /** `[runs][lives]`, NaN of a life that broke down */
  scores: number[][];
  /** From chance to the ceiling, in units of the score. */
  range: number;
  /** What is fresh about the lives. */
  about: string;
}

/**
 * Lets the champions of several runs live the same fresh lives: those of the first run, which no other run drew either.
 * @throws UsageError where the runs' scores do not measure the same
 */
export async function sharedLives(
  runs: readonly OpenedRun[],
  lives: number,
  onLife: () => void,
): Promise<SharedLives> {
  const [first] = runs;
  if (comparableRuns(runs).length > 1)
    throw new UsageError(
      '--distance behavioural: the runs differ in what their scores measure (task, connectome, network or episodes), so that ' +
        'their scores cannot be put beside each other. Use --distance functional or symbolic.',
    );
  const { chance, ceiling } = referenceOf(first!.stored.manifest);
  const range = ceiling.score - chance.mean;
  if (!(range > 0 && Number.isFinite(range)))
    throw new UsageError(
      `--distance behavioural: scores are put on the way from chance to the ceiling, which must be above it; found ${chance.mean} and ` +
        `${ceiling.score}. Use --distance functional or symbolic.`,
    );
  const { seeds } = await freshLives(first!.spec, first!.habitat, lives);
  const scores: number[][] = [];
  let about = '';
  for (const { spec, habitat, champion } of runs) {
    const fresh = await freshLives(spec, habitat, lives);
    about = fresh.about;
    const lived = await new LifetimeRunner(fresh.habitat).livesInTurn(champion, seeds, { onLife });
    scores.push(lived.map(({ score }) => score));
  }
  return { scores, range, about };
}

/**
 * The root of the mean squared difference of scores, life by life, over the range; at most 1. A life that one of the two
 * breaks down in counts as the whole range, one that both break down in as no difference.
 */
export function scoreDistance(a: readonly number[], b: readonly number[], range: number): number {
  const squares = a.map((score, life) => {
    const share = Math.abs(score - b[life]!) / range;
    if (Number.isFinite(share)) return Math.min(1, share) * Math.min(1, share);
    return Number.isFinite(score) === Number.isFinite(b[life]!) ? 0 : 1;
  });
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}
