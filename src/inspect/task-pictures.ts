import type { TaskName, tasks } from '../tasks/table.js';
import { distalRewardPicture } from './distal-reward-picture.js';
import { foragingPicture } from './foraging-picture.js';
import { goNoGoPicture } from './go-no-go-picture.js';
import { navigationPicture } from './navigation-picture.js';
import { patchForagingPicture } from './patch-foraging-picture.js';
import type { Arm, Replayed } from './relive.js';

type TraceOf<Name extends TaskName> = ReturnType<(typeof tasks)[Name]['emptyTrace']>;

/** What a task has drawn. */
export interface TaskPicture<Trace> {
  /** Name of a run's file. */
  file: string;
  /** A run: the same episodes before and after evolution, as PNG. */
  draw(before: readonly Replayed<Trace>[], after: readonly Replayed<Trace>[]): Promise<Buffer>;
  /** A closer look at the champion's life, as PNG. */
  closer?: { file: string; draw(title: string, life: Replayed<Trace>): Promise<Buffer> };
  /** Several conditions compared, as PNG. */
  arms?(title: string, arms: readonly Arm<Trace>[]): Promise<Buffer>;
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
