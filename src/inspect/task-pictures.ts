import type { TaskName, tasks } from '../tasks/table.js';
import { foragingPicture } from './foraging-picture.js';
import type { Replayed } from './relive.js';

type TraceOf<Name extends TaskName> = ReturnType<(typeof tasks)[Name]['emptyTrace']>;

/** What a task has drawn of a run. */
export interface TaskPicture<Trace> {
  /** Name of the file. */
  file: string;
  /** The same episodes before and after evolution, as PNG. */
  draw(before: readonly Replayed<Trace>[], after: readonly Replayed<Trace>[]): Promise<Buffer>;
}

/** Pictures of lives, by task. */
const taskPictures: { readonly [Name in TaskName]?: TaskPicture<TraceOf<Name>> } = {
  foraging: foragingPicture,
};

/** The picture that a task has drawn; undefined where it has none. */
export const taskPicture = (name: TaskName) => taskPictures[name] as TaskPicture<unknown> | undefined;
