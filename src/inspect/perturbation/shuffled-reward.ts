import { type Habitat, openHabitat } from '../../evaluate/habitat.js';
import { LifetimeRunner } from '../../evaluate/lifetime.js';
import type { NetworkController } from '../../evaluate/network-controller.js';
import { seeds as seedsOf } from '../../evaluate/seeds.js';
import type { Lesson } from '../../evaluate/tutor.js';
import type { OpenedRun } from '../../evolve/opened-run.js';
import { freshLives } from '../../evolve/reference-scores.js';
import type { TeachingSource } from '../../network/build/perturb.js';
import { UsageError, UserError } from '../../spec/errors.js';
import type { FreshLoss } from '../attribution/types.js';
import { learns } from '../learning.js';
import {
  type Condition,
  gainsOver,
  type Outcome,
  outcomesOf,
  type Planned,
  scoresUnder,
} from './conditions.js';

/** Fresh lives in which it is looked when the task teaches. */
const lookedAt = 3;

export interface TaughtOtherwise extends Outcome {
  /** What learning adds all the same: the score less that without plasticity, in pairs. */
  learned: FreshLoss;
}

export interface ShuffledReward {
  /** What of the task teaches. */
  teaching: string;
  /** Lessons a life, and in how many lives these were counted. */
  lessons: number;
  lookedAt: number;
  /** What learning adds with the life's own teaching. */
  learned: FreshLoss;
  conditions: TaughtOtherwise[];
  /** Why the life's own values were not shuffled; null where they were. */
  notShuffled: string | null;
}

const names: Readonly<Record<TeachingSource, string>> = {
  'another-life': "another life's teaching",
  'own-shuffled': 'own values in shuffled order',
};

/** What a task taught the network of a genome in one life. */
function lessonsIn(runner: LifetimeRunner, genome: Readonly<Float64Array>, seed: string): readonly Lesson[] {
  const controller = runner.embody(genome) as NetworkController;
  const { task } = runner.habitat;
  return task.scenarios.flatMap((scenario) => {
    controller.tutor!.record();
    task.live(scenario, seedsOf.episode(seed, 0, scenario.name), controller);
    return controller.tutor!.lessons;
  });
}

const timesOf = (lessons: readonly Lesson[]) =>
  lessons.map(({ step, released }) => `${step} ${released?.modulator ?? ''}`).join();

/** Whether each modulator came at one level alone. */
function isAlwaysTheSame(lessons: readonly Lesson[]): boolean {
  const levels = new Map<string, Set<number>>();
  for (const { released } of lessons) {
    if (!released) continue;
    levels.set(released.modulator, (levels.get(released.modulator) ?? new Set()).add(released.level));
  }
  return [...levels.values()].every(({ size }) => size < 2);
}

/** When and what a task teaches: whether its values may be shuffled. */
async function lookAtTeaching({ spec, habitat, champion }: OpenedRun) {
  const { habitat: fresh, seeds } = await freshLives(spec, habitat, lookedAt);
  const perturbation = { what: 'teaching', from: 'another-life' } as const;
  const runner = new LifetimeRunner(await openHabitat({ ...fresh.setup, perturbation }));
  const lives = seeds.map((seed) => ({
    champion: lessonsIn(runner, champion, seed),
    start: lessonsIn(runner, habitat.space.start, seed),
  }));
  const lessons = lives.reduce((sum, { champion: own }) => sum + own.length, 0) / lives.length;
  const isFixed = lives.every((of) => timesOf(of.champion) === timesOf(of.start));
  const notShuffled = lives.every((of) => of.champion.every(({ released }) => !released))
    ? 'the task teaches by events alone, which have no values'
    : !isFixed
      ? 'when the task teaches depends on what the network does'
      : lives.every((of) => isAlwaysTheSame(of.champion))
        ? 'all values of a life are the same'
        : null;
  return { lessons, notShuffled };
}

/** @throws UsageError where no task teaches, or nothing learns */
function teachingOf(habitat: Habitat, task: string) {
  const { teaching } = habitat.task;
  if (!teaching) {
    throw new UsageError(
      `--shuffled-reward: the task "${task}" gives the network no reward or other teaching from outside, so there is none to replace. Leave it out.`,
    );
  }
  if (!learns(habitat)) {
    throw new UsageError(
      '--shuffled-reward: nothing in the network learns, so that no reward teaches it. Leave it out.',
    );
  }
  return teaching;
}

/**
 * Whether the champion still learns where what teaches it is that of another life of the same task (a yoked control), or its
 * own in another order.
 * @throws UsageError where the task does not teach, UserError where it taught nothing in the lives looked at
 */
export async function planShuffledReward(opened: OpenedRun): Promise<Planned<ShuffledReward>> {
  const { habitat, champion, spec } = opened;
  const teaching = teachingOf(habitat, spec.task.name);
  const { lessons, notShuffled } = await lookAtTeaching(opened);
  if (lessons === 0) {
    throw new UserError(
      `--shuffled-reward: in ${lookedAt} fresh lives of the champion the task never taught (${teaching.about}), so there is nothing to replace.`,
    );
  }
  const sources: TeachingSource[] =
    notShuffled === null ? ['another-life', 'own-shuffled'] : ['another-life'];
  return {
    option: '--shuffled-reward',
    // Each is lived twice: once to keep what is taught.
    livesOn: (seeds) => 2 * sources.length * seeds,
    measure: async (grounds, meter) => {
      const conditions = sources.map(
        (from): Condition => ({
          name: names[from],
          perturbation: { what: 'teaching', from },
          genome: champion,
        }),
      );
      const scores = await scoresUnder(meter, grounds.lives, conditions, 'shuffled reward');
      const all = [grounds.champion, ...scores];
      const controls = all.map(() => grounds.innate!);
      const learned = gainsOver(controls, all, 'what learning adds');
      const outcomes = outcomesOf(
        grounds,
        sources.map((from) => names[from]),
        scores,
        'shuffled reward',
      );
      return {
        ...{ teaching: teaching.about, lessons, lookedAt, notShuffled },
        learned: learned[0]!,
        conditions: outcomes.map((outcome, i) => ({ ...outcome, learned: learned[i + 1]! })),
      };
    },
  };
}
