import type { OpenedRun } from '../evolve/opened-run.js';
import type { Arm } from '../figure/curves.js';
import type { Figure } from '../figure/figure.js';
import type { TaskName, tasks } from '../tasks/table.js';
import { distalRewardPicture } from './distal-reward-picture.js';
import { foragingPicture } from './foraging-picture.js';
import { goNoGoPicture } from './go-no-go-picture.js';
import { navigationPicture } from './navigation-picture.js';
import { patchForagingPicture } from './patch-foraging-picture.js';
import { beforeAndAfter, type Replayed } from './relive.js';

type TraceOf<Name extends TaskName> = ReturnType<(typeof tasks)[Name]['emptyTrace']>;

/** What a task has drawn. */
export interface TaskPicture<Trace> {
  /** Name of a run's file, without its ending. */
  name: string;
  /** A run: the same episodes before and after evolution. */
  draw(before: readonly Replayed<Trace>[], after: readonly Replayed<Trace>[]): Figure;
  /** A closer look at the champion's life. */
  closer?: { name: string; draw(title: string, life: Replayed<Trace>): Figure };
  /** Several conditions compared. */
  arms?(title: string, arms: readonly Arm<Trace>[]): Figure;
}

/** Pictures of lives, by task. */
const taskPictures: { readonly [Name in TaskName]: TaskPicture<TraceOf<Name>> } = {
  foraging: foragingPicture,
  'patch-foraging': patchForagingPicture,
  'distal-reward': distalRewardPicture,
  'go-no-go': goNoGoPicture,
  navigation: navigationPicture,
};

/** The picture that a task has drawn. */
export const taskPicture = (name: TaskName) => taskPictures[name] as TaskPicture<unknown>;

/** What a run's task draws of its champion's lives, beside those of the untrained start, by name. */
export function livesFigures(
  opened: OpenedRun,
  { before, after } = beforeAndAfter(opened),
): Record<string, Figure> {
  const { name, draw, closer } = taskPicture(opened.spec.task.name as TaskName);
  const title = `${opened.stored.manifest.run}: the champion's life`;
  return {
    [name]: draw(before, after),
    ...(closer ? { [closer.name]: closer.draw(title, after[0]!) } : {}),
  };
}
