import { LifetimeRunner } from '../evaluate/lifetime.js';
import { liveLifetime } from '../evaluate/lives.js';
import type { OpenedRun } from '../evolve/opened-run.js';
import { freshLives } from '../evolve/reference-scores.js';
import { medianInterval } from '../math/median-interval.js';
import type { Interval } from '../math/shares.js';
import { mean, median } from '../math/statistics.js';
import type { Scenario } from '../tasks/task.js';

/** What a champion and its untrained start score in one scenario, in means over the same fresh lives. */
export interface ScenarioScore {
  scenario: string;
  /** Whether evolution never lived it. */
  heldOut: boolean;
  ceiling: number;
  /** Null where every life failed. */
  champion: number | null;
  untrained: number | null;
}

/** The middle of the runs of an arm. */
interface Middle {
  n: number;
  median: number;
  /** 95 %, by the bootstrap over runs; null of fewer than five. */
  interval: Interval | null;
}

export interface MatrixCell {
  scenario: string;
  heldOut: boolean;
  ceiling: number;
  champion: Middle | null;
  untrained: Middle | null;
  /** The champion's score less that of its untrained start. */
  gain: Middle | null;
}

/** What the champions of each arm of a study score in every scenario: what carries over, and what does not. */
export interface ScenarioMatrix {
  /** Fresh lives of each champion in each scenario. */
  lives: number;
  scenarios: string[];
  arms: { arm: string; about: string; runs: number; cells: MatrixCell[] }[];
}

const fewestForInterval = 5;

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

const meanOfFinite = (scores: readonly number[]): number | null => {
  const finite = scores.filter(Number.isFinite);
  return finite.length > 0 ? mean(finite) : null;
};

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
    return scores.map(meanOfFinite);
  };
  const [own, start] = [scoresOf(champion), scoresOf(habitat.space.start)];
  return scenarios.map(({ name, heldOut, ceiling }, i) => ({
    ...{ scenario: name, heldOut, ceiling: ceiling.score, champion: own[i]!, untrained: start[i]! },
  }));
}

function middleOf(values: readonly (number | null)[]): Middle | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const interval = known.length < fewestForInterval ? null : medianInterval(known);
  return { n: known.length, median: median(known), interval };
}

/** The runs of each arm together, scenario by scenario. */
export function scenarioMatrix(
  arms: readonly { arm: string; about: string; runs: readonly (readonly ScenarioScore[])[] }[],
  lives: number,
): ScenarioMatrix {
  const all = arms.flatMap(({ runs }) => runs.flat());
  return {
    lives,
    scenarios: [...new Set(all.map(({ scenario }) => scenario))],
    arms: arms.map(({ arm, about, runs }) => {
      const names = [...new Set(runs.flat().map(({ scenario }) => scenario))];
      return {
        ...{ arm, about, runs: runs.length },
        cells: names.map((scenario): MatrixCell => {
          const scores = runs.flatMap((run) => run.filter((score) => score.scenario === scenario));
          const { heldOut, ceiling } = scores[0]!;
          const gains = scores.map(({ champion, untrained }) =>
            champion === null || untrained === null ? null : champion - untrained,
          );
          return {
            ...{ scenario, heldOut, ceiling },
            champion: middleOf(scores.map(({ champion }) => champion)),
            untrained: middleOf(scores.map(({ untrained }) => untrained)),
            gain: middleOf(gains),
          };
        }),
      };
    }),
  };
}
