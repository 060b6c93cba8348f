import { mean } from '../math/statistics.js';
import { type Claim, claimsBy } from './claims.js';
import { endedByItself } from './curves.js';
import type { StudyArmResult, StudyRunResult } from './results-type.js';
import { hasEnded, type ScoreName, sameRuns, scoreOf } from './summaries.js';

/** How two factors act together: the effect of one is larger or smaller with the other. */
export interface Interaction extends Omit<Claim, 'arm' | 'with' | 'a'> {
  /** Two factors, each with its level and the one that it stands beside. */
  of: { factor: string; level: string; with: string }[];
}

/** What a study of several factors shows of each, whatever the others. */
export interface Effects {
  /** A level of a factor beside its first, in means over all combinations of the others. */
  main: (Claim & { factor: string })[];
  /** Of two factors: the effect of one at a level of the other, less that at the other's first level. */
  interactions: Interaction[];
}

interface Factor {
  name: string;
  /** The first is what the others stand beside. */
  levels: string[];
}

/** The factors of arms that are combinations of two or more, of which each has two levels or more; none otherwise. */
export function factorsOf(arms: readonly StudyArmResult[]): Factor[] {
  const combined = arms.filter(({ levels, control }) => levels !== undefined && control === null);
  const names = Object.keys(combined[0]?.levels ?? {});
  const factors = names.map((name) => ({
    name,
    levels: [...new Set(combined.map(({ levels }) => levels![name]!))],
  }));
  const varied = factors.filter(({ levels }) => levels.length > 1);
  return varied.length > 1 ? varied : [];
}

/** A run that stands for those of several arms with one seed: their mean, or the mean of some less that of others. */
function together(runs: readonly StudyRunResult[], signs: readonly number[], by: ScoreName): StudyRunResult {
  const scores = runs.map(scoreOf[by]);
  const whole = scores.every((score) => score !== null);
  const score = whole ? mean(scores.map((value, i) => value! * signs[i]!)) : null;
  return {
    ...runs[0]!,
    status: runs.every(hasEnded) ? 'finished' : 'running',
    // One that ended by itself would have had the same champion after more evaluations: its number does not count.
    stopReason: runs.find(endedByItself)?.stopReason ?? null,
    evaluations: mean(runs.map(({ evaluations }) => evaluations)),
    atEqual: score,
    fresh: score === null ? null : { mean: score, sd: 0, n: runs.length },
  };
}

/** Arms as one, over the seeds that all of them have. */
function pooled(
  name: string,
  arms: readonly (StudyArmResult & { sign?: number })[],
  by: ScoreName,
): StudyArmResult {
  const runsOf = (seed: number) => arms.flatMap(({ runs }) => runs.find((run) => run.seed === seed) ?? []);
  const signs = arms.map(({ sign = 1 }) => sign);
  const runs = arms[0]!.runs
    .map(({ seed }) => runsOf(seed))
    .filter(({ length }) => length === arms.length)
    .map((own) => together(own, signs, by));
  return { ...arms[0]!, name, runs };
}

const at = (arms: readonly StudyArmResult[], places: Readonly<Record<string, string>>) =>
  arms.filter(
    ({ levels, control }) =>
      control === null &&
      levels !== undefined &&
      Object.entries(places).every(([factor, level]) => levels[factor] === level),
  );

/** Whether runs at some level of a factor searched otherwise than those at its first. */
const changesSearches = ({ name, levels: [first, ...others] }: Factor, arms: readonly StudyArmResult[]) =>
  others.some((level) =>
    at(arms, { [name]: level }).some((arm) =>
      at(arms, { [name]: first! }).every((other) => sameRuns(arm, other, 'search') === 0),
    ),
  );

const labelOf = (factor: string, level: string) => `${factor}: ${level}`;

function mainEffects(arms: readonly StudyArmResult[], factors: readonly Factor[], by: ScoreName) {
  return factors.flatMap(({ name, levels: [first, ...others] }) =>
    others.map((level) => ({
      factor: name,
      arm: pooled(labelOf(name, level), at(arms, { [name]: level }), by),
      with: pooled(labelOf(name, first!), at(arms, { [name]: first! }), by),
    })),
  );
}

const signed = (arms: readonly StudyArmResult[], sign: number) => arms.map((arm) => ({ ...arm, sign }));

/**
 * One side is the effect of the first factor at a level of the second, the other that at the second's first level. As many
 * arms are added as are taken away, so that twice their mean is the effect.
 */
function interactionsOf(arms: readonly StudyArmResult[], factors: readonly Factor[], by: ScoreName) {
  return factors.flatMap((one, i) =>
    factors.slice(i + 1).flatMap((other) =>
      one.levels.slice(1).flatMap((level) =>
        other.levels.slice(1).map((otherLevel) => {
          const effectAt = (where: string) =>
            pooled(
              labelOf(other.name, where),
              [
                ...signed(at(arms, { [one.name]: level, [other.name]: where }), 2),
                ...signed(at(arms, { [one.name]: one.levels[0]!, [other.name]: where }), -2),
              ],
              by,
            );
          return {
            of: [
              { factor: one.name, level, with: one.levels[0]! },
              { factor: other.name, level: otherLevel, with: other.levels[0]! },
            ],
            arm: effectAt(otherLevel),
            with: effectAt(other.levels[0]!),
          };
        }),
      ),
    ),
  );
}

/**
 * What each factor does in the mean over the others, and how two of them act together: paired by seed, by the tests of
 * claims. A seed counts where every arm has a score; each arm has one run of a seed. Main effects are corrected for one another, and so are interactions.
 */
export function effectsBy(by: ScoreName, arms: readonly StudyArmResult[], margin: number | null): Effects {
  const varied = factorsOf(arms);
  // A factor that no search depends on makes no difference to trained scores.
  const factors = by === 'trained' ? varied.filter((factor) => changesSearches(factor, arms)) : varied;
  const main = mainEffects(arms, factors, by);
  const interactions = interactionsOf(arms, factors, by);
  return {
    main: claimsBy(by, main, margin).map((claim, i) => ({ factor: main[i]!.factor, ...claim })),
    interactions: claimsBy(by, interactions, margin).map(({ arm: _a, with: _w, a: _, ...claim }, i) => ({
      of: interactions[i]!.of,
      ...claim,
    })),
  };
}
