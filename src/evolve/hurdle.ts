import { z } from 'zod';
import type { LifetimeResult } from '../evaluate/lives.js';
import { UsageError } from '../spec/errors.js';
import type { Evaluator, Life } from './evaluators/evaluator.js';

export const hurdleSchema = z.strictObject({
  episodes: z
    .int()
    .min(1)
    .default(1)
    .describe('how often a candidate lives each scenario before the hurdle; the rest only beyond it'),
  pass: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.5)
    .describe("share of a step's candidates that pass: those that were best so far, at least one"),
});

export type Hurdle = z.output<typeof hurdleSchema>;

/** @throws UsageError for a hurdle that leaves nothing behind it */
export function checkHurdle(
  { hurdle, episodes }: { hurdle?: Hurdle | undefined; episodes: number },
  source: string,
): void {
  if (hurdle === undefined || hurdle.episodes < episodes) return;
  throw new UsageError(
    `${source}: hurdle.episodes: expected fewer than the run's episodes (${episodes}), found ${hurdle.episodes}: ` +
      `a candidate would have lived all of its life before the hurdle. Raise "episodes", or leave "hurdle" out.`,
  );
}

/** The mean of two parts of a life, by how many episodes each had of a scenario. */
function joined(first: LifetimeResult, before: number, rest: LifetimeResult, after: number): LifetimeResult {
  if (rest.status === 'failed') return rest;
  const mean = (a: number, b: number) => (before * a + after * b) / (before + after);
  const means = (a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(a).map(([name, value]) => [name, mean(value, b[name] ?? Number.NaN)]));
  return {
    status: 'ok',
    score: mean(first.score, rest.score),
    measures: means(first.measures, rest.measures),
    behaviour: means(first.behaviour, rest.behaviour),
    energy: mean(first.energy, rest.energy),
  };
}

/** What became of a step's lives. */
export interface LivedStep {
  results: LifetimeResult[];
  /** Candidates that did not pass the hurdle: their results are of a part of a life. */
  fell: ReadonlySet<number>;
  /** Candidates of which nothing was lived, since their results were known. */
  reused: number;
}

interface Step {
  evaluator: Evaluator & { readonly known?: readonly boolean[] };
  lives: readonly Life[];
  /** Told now and then how many more candidates are done. */
  onLived: (more: number) => void;
}

const count = (flags: readonly boolean[]) => flags.filter(Boolean).length;

/** A step without a hurdle: every candidate lives all of its life. */
export async function livedWhole({ evaluator, lives, onLived }: Step): Promise<LivedStep> {
  const results = await evaluator.evaluate(lives, onLived);
  return { results, fell: new Set(), reused: count(evaluator.known ?? []) };
}

/**
 * A step with a hurdle: every candidate lives the first part of its life, and the best of the step live the rest, which
 * depends on the step alone. One that fails before the hurdle has failed.
 * @param passing the candidates that may live on, by their results so far, the best first; none that failed
 */
export async function livedOverHurdle(
  { evaluator, lives, onLived }: Step,
  hurdle: Hurdle,
  passing: (results: readonly LifetimeResult[]) => readonly number[],
): Promise<LivedStep> {
  const parts = lives.map((life) => ({ ...life, repeats: Math.min(life.repeats, hurdle.episodes) }));
  const results = await evaluator.evaluate(parts);
  const known = [...(evaluator.known ?? [])];
  const ranked = passing(results);
  const passed = ranked.slice(0, Math.ceil(hurdle.pass * lives.length));
  // In the order of the step, and not those that were to live no more than this.
  const going = passed.filter((i) => lives[i]!.repeats > parts[i]!.repeats).sort((a, b) => a - b);
  onLived(lives.length - going.length);
  const fell = new Set(ranked.slice(passed.length).filter((i) => lives[i]!.repeats > parts[i]!.repeats));
  if (going.length === 0) return { results, fell, reused: count(known) };
  const rests = going.map((i) => ({
    ...lives[i]!,
    from: parts[i]!.repeats,
    repeats: lives[i]!.repeats - parts[i]!.repeats,
  }));
  const further = await evaluator.evaluate(rests, onLived);
  going.forEach((i, k) => {
    results[i] = joined(results[i]!, parts[i]!.repeats, further[k]!, rests[k]!.repeats);
    known[i] &&= evaluator.known?.[k] ?? false;
  });
  return { results, fell, reused: count(known) };
}
