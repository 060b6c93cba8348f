import type { Habitat } from '../evaluate/habitat.js';
import type { EvaluatorHost } from '../evolve/evaluators/evaluator.js';
import { evaluationsBefore } from '../evolve/history.js';
import { improvements } from '../evolve/incumbent.js';
import type { OpenedRun } from '../evolve/opened-run.js';
import { freshLives } from '../evolve/reference-scores.js';
import { RandomStream } from '../math/random.js';
import { bootstrapInterval, mean } from '../math/statistics.js';
import { UsageError } from '../spec/errors.js';
import type { StepRecord } from '../store/steps.js';
import { type OnLived, ScoreMeter } from './attribution/meter.js';
import { evenly } from './history.js';
import { learns } from './learning.js';

/** A mean over lives with its 95 % interval, by resampling the lives. */
export interface MeanOverLives {
  mean: number;
  low: number;
  high: number;
}

/** A genome that was the best of its step, in the same fresh lives as all others. */
export interface InnatePoint {
  /** Null for the untrained start. */
  step: number | null;
  evaluations: number;
  /** In the search; null for the untrained start. */
  score: number | null;
  /** Whether the run's best became better by it. */
  improved: boolean;
  /** Plasticity off. */
  innate: MeanOverLives;
  /** Plasticity on. */
  learned: MeanOverLives;
  /** What learning adds, life by life. */
  gain: MeanOverLives;
}

/** What is left and what is added over a search, by a straight line through the elites from first to last. */
export interface InnateTrend {
  innate: MeanOverLives;
  learned: MeanOverLives;
  gain: MeanOverLives;
}

export interface InnateHistory {
  points: InnatePoint[];
  /** Null where there are fewer than three elites, or two lives. */
  trend: InnateTrend | null;
  /** Improvements that are not shown because there were more. */
  improvementsLeftOut: number;
  /** Lives of each elite, with plasticity and without. */
  lives: number;
  /** Lives of those that broke down for an elite, and are left out for all. */
  broken: number;
  /** What is fresh about them. */
  about: string;
}

/** Steps looked at, and improvements, at the most. */
const most = 20;

interface Elite extends Pick<InnatePoint, 'step' | 'evaluations' | 'score' | 'improved'> {
  genome: Float64Array;
}

/** The start, the best of some steps evenly spread, and those by which the run's best became better. */
function elitesOf({ stored, habitat }: OpenedRun): { elites: Elite[]; leftOut: number } {
  const { records } = stored;
  const { start } = habitat.space;
  // Before that, scores measured something else.
  const first = Math.max(
    0,
    records.findLastIndex(({ anew }) => anew),
  );
  const kept = records.slice(first).filter(({ elites }) => elites.length > 0);
  const better = [...new Set([...improvements(records)].map(({ contender }) => contender.step))].filter(
    (step) => step >= first,
  );
  const shown = new Set(evenly(better, most));
  const places = evenly(
    kept.map((_, i) => i),
    most,
  );
  const steps = new Set([...places.map((place) => kept[place]!.step), ...shown]);
  const eliteOf = ({ step, evaluations, elites, score }: StepRecord): Elite => ({
    ...{ step, evaluations, improved: better.includes(step) },
    score: score[elites[0]!.index] ?? null,
    genome: stored.elite(step, 0, start),
  });
  return {
    elites: [
      {
        ...{ step: null, evaluations: evaluationsBefore(records, stored.manifest.lineage), score: null },
        ...{ improved: false, genome: Float64Array.from(start) },
      },
      ...kept.filter(({ step }) => steps.has(step)).map(eliteOf),
    ],
    leftOut: better.length - shown.size,
  };
}

/** `[elites][lives]` scores; equal genomes live once. */
async function scoresOf(
  meter: ScoreMeter,
  lives: { habitat: Habitat; seeds: readonly string[] },
  elites: readonly Elite[],
  what: string,
): Promise<Float64Array[]> {
  const keys = elites.map(({ genome }) => genome.join());
  const different = [...new Set(keys)];
  const genomes = different.map((key) => elites[keys.indexOf(key)]!.genome);
  const found = await meter.scores({ ...lives, repeats: 1 }, genomes.length, (i) => genomes[i]!, what);
  return keys.map((key) => found[different.indexOf(key)]!);
}

/** What a straight line through values gains from the first place to the last. */
function riseOf(places: readonly number[], values: readonly number[]): number {
  const [x, y] = [mean(places), mean(values)];
  let [both, own] = [0, 0];
  places.forEach((place, i) => {
    both += (place - x) * (values[i]! - y);
    own += (place - x) * (place - x);
  });
  return (both / own) * (places.at(-1)! - places[0]!);
}

/** The rise of means over lives is the mean of the rises of single lives, since the line is linear in the values. */
function trendOf(
  places: readonly number[],
  scores: readonly (readonly number[])[],
  what: string,
): MeanOverLives {
  const rises = scores[0]!.map((_, life) =>
    riseOf(
      places,
      scores.map((of) => of[life]!),
    ),
  );
  return overLives(rises, what);
}

const overLives = (values: readonly number[], what: string): MeanOverLives => ({
  mean: mean(values),
  ...bootstrapInterval(values, RandomStream.from(`innate ${what}`)),
});

/**
 * The scores of a run's elites by step with plasticity and without, in the same fresh lives: whether what was learned is
 * taken over by what is inborn.
 * @throws UsageError where nothing learns
 */
export async function innateHistory(
  opened: OpenedRun,
  lives: number,
  host: EvaluatorHost,
  onLived?: OnLived,
): Promise<InnateHistory> {
  const { spec, habitat, stored } = opened;
  if (!learns(habitat))
    throw new UsageError(
      `--innate: nothing in ${stored.manifest.run} learns within a life, so that all of its score is innate. Leave it out.`,
    );
  const fresh = await freshLives(spec, habitat, lives);
  const { elites, leftOut } = elitesOf(opened);
  const meter = new ScoreMeter(host, onLived);
  try {
    const { seeds } = fresh;
    const still = await fresh.habitat.without({ what: 'plasticity' });
    const on = await scoresOf(meter, { habitat: fresh.habitat, seeds }, elites, 'plasticity on');
    const off = await scoresOf(meter, { habitat: still, seeds }, elites, 'plasticity off');
    const whole = seeds.flatMap((_, life) =>
      [...on, ...off].every((scores) => Number.isFinite(scores[life]!)) ? [life] : [],
    );
    const kept = (scores: readonly Float64Array[]) => scores.map((of) => whole.map((life) => of[life]!));
    const [learned, innate] = [kept(on), kept(off)];
    const gain = learned.map((of, i) => of.map((score, life) => score - innate[i]![life]!));
    const places = elites.map(({ evaluations }) => evaluations);
    const isLine = elites.length > 2 && whole.length > 1 && places.at(-1)! > places[0]!;
    return {
      points: elites.map(({ genome: _, ...elite }, i) => ({
        ...elite,
        innate: overLives(innate[i]!, 'off'),
        learned: overLives(learned[i]!, 'on'),
        gain: overLives(gain[i]!, 'gain'),
      })),
      trend: isLine
        ? {
            innate: trendOf(places, innate, 'off'),
            learned: trendOf(places, learned, 'on'),
            gain: trendOf(places, gain, 'gain'),
          }
        : null,
      improvementsLeftOut: leftOut,
      lives,
      broken: lives - whole.length,
      about: fresh.about,
    };
  } finally {
    await meter.close();
  }
}
