import type { RandomStream } from '../../math/random.js';
import type { StreamSettings } from './options.js';
import type { Pattern } from './presentation.js';

/** One example of a class. */
export interface Sample {
  pattern: Pattern;
  /** The pool that answers it for whoever knows all classes. */
  best(): number;
}

/** One task of a stream. */
export interface StreamTask {
  /** `[classes]` the pool that answers each. */
  labels: readonly number[];
  /** The input that says which task it is. */
  context: number | undefined;
  /** Whether the answers are still right when the stream is over. */
  holds: boolean;
  /** Draws an example of one of its classes. */
  draw(of: number, random: RandomStream): Sample;
}

/** What a life is to be: a stream of tasks. */
export interface StreamPlan {
  /** Whose random numbers these are. */
  name: string;
  settings: StreamSettings;
  /** Parameters of the body where a life has no others. */
  body: Readonly<Record<string, number>>;
  /** Draws the tasks. */
  draw(random: RandomStream): StreamTask[];
  /** Inputs of patterns and contexts, and answers. */
  inputs: number;
  pools: number;
  /** Whether a rule has something to do when it is told to consolidate. */
  consolidates: boolean;
  /** The hidden layer's cells among all. */
  hidden?: { first: number; count: number } | undefined;
  /** The two tasks that are the same. */
  again?: readonly [first: number, second: number] | undefined;
}
