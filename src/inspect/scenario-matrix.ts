import { LifetimeRunner } from '../evaluate/lifetime.js';
import { liveLifetime } from '../evaluate/lives.js';
import type { OpenedRun } from '../evolve/opened-run.js';
import { freshLives } from '../evolve/reference-scores.js';
import { mean } from '../math/statistics.js';
import { type Summary, summaryOf } from '../study/summaries.js';
import type { Scenario } from '../tasks/task.js';

/** What a champion and its untrained start score in one scenario, in means over the same fresh lives. */
export interface ScenarioScore {
  scenario: string;
  /** Whether evolution never lived it. */
  heldOut: boolean;
  /** Null where the task states none. */
  chance: number | null;
  ceiling: number;
  /** Null where every life failed. */
  champion: number | null;
  untrained: number | null;
  /** Lives of the two that failed, and are left out of the means. */
  failed: number;
}

export interface MatrixCell {
  scenario: string;
  heldOut: boolean;
  chance: number | null;
  ceiling: number;
  champion: Summary | null;
  untrained: Summary | null;
  /** The champion's score less that of its untrained start. */
  gain: Summary | null;
}

/** What the champions of each arm of a study score in every scenario: what carries over, and what does not. */
export interface ScenarioMatrix {
  /** Fresh lives of each champion in each scenario. */
  lives: number;
  /** Lives of champions and of untrained starts that failed, and are left out of the means. */
  failed: number;
  scenarios: string[];
  arms: { arm: string; about: string; runs: number; cells: MatrixCell[] }[];
}

/** Each scenario once: one that is held out and lived by evolution too counts as lived. */
function scenariosOf({ habitat: { task } }: OpenedRun): (Scenario & { heldOut: boolean })[] {
  const lived = new Set(task.scenarios.map(({ name }) => name));
  return [
    ...task.scenarios.map((scenario) => ({ ...scenario, heldOut: false })),
    ...task.heldOut
      .filter(({ name }) => !lived.has(name))
      .map((scenario) => ({ ...scenario, heldOut: true })),
  ];
}

/** Scores that cancel each other have a mean of 0, whatever rounding leaves of them. */
function meanOf(scores: readonly number[]): number | null {
  if (scores.length === 0) return null;
  const middle = mean(scores);
  return Math.abs(middle) < 1e-12 * Math.max(...scores.map(Math.abs)) ? 0 : middle;
}

/**
 * A run's champion and its untrained start in every scenario, on fresh lives.
 * @param onLife told after each life of a genome in all scenarios
 */
export async function scenarioScores(
  opened: OpenedRun,
  lives: number,
  onLife?: () => void,
): Promise<ScenarioScore[]> {
  const { spec, champion } = opened;
  const { habitat, seeds } = await freshLives(spec, opened.habitat, lives);
  const scenarios = scenariosOf({ ...opened, habitat });
  const everywhere = { ...habitat, task: { ...habitat.task, scenarios } };
  const runner = new LifetimeRunner(habitat);
  const scoresOf = (genome: Readonly<Float64Array>) => {
    const scores = scenarios.map((): number[] => []);
    for (const seed of seeds) {
      const { episodes } = liveLifetime(everywhere, runner.embody(genome), seed);
      for (const [i, { score }] of episodes.entries()) scores[i]!.push(score);
      onLife?.();
    }
    return scores.map((all) => all.filter(Number.isFinite));
  };
  const [own, start] = [scoresOf(champion), scoresOf(habitat.space.start)];
  return scenarios.map(({ name, heldOut, chance, ceiling }, i) => ({
    ...{ scenario: name, heldOut, chance: chance?.score ?? null, ceiling: ceiling.score },
    ...{ champion: meanOf(own[i]!), untrained: meanOf(start[i]!) },
    failed: 2 * seeds.length - own[i]!.length - start[i]!.length,
  }));
}

const summaryOfKnown = (values: readonly (number | null)[]) =>
  summaryOf(values.filter((value) => value !== null));

/** The runs of each arm together, scenario by scenario. */
export function scenarioMatrix(
  arms: readonly { arm: string; about: string; runs: readonly (readonly ScenarioScore[])[] }[],
  lives: number,
): ScenarioMatrix {
  const all = arms.flatMap(({ runs }) => runs.flat());
  return {
    lives,
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
    scenarios: [...new Set(all.map(({ scenario }) => scenario))],
    arms: arms.map(({ arm, about, runs }) => {
      const names = [...new Set(runs.flat().map(({ scenario }) => scenario))];
      return {
        ...{ arm, about, runs: runs.length },
        cells: names.map((scenario): MatrixCell => {
          const scores = runs.flatMap((run) => run.filter((score) => score.scenario === scenario));
          const { heldOut, chance, ceiling } = scores[0]!;
          const gains = scores.map(({ champion, untrained }) =>
            champion === null || untrained === null ? null : champion - untrained,
          );
          return {
            ...{ scenario, heldOut, chance, ceiling },
            champion: summaryOfKnown(scores.map(({ champion }) => champion)),
            untrained: summaryOfKnown(scores.map(({ untrained }) => untrained)),
            gain: summaryOfKnown(gains),
          };
        }),
      };
    }),
  };
}
