import type { z } from 'zod';

/** What lives in a task's body: a network, a random policy, … It turns observations into actions. */
export interface Controller {
  /** Starts a new life: nothing of an earlier one remains. */
  reset(seed: string): void;
  /**
   * One control interval.
   * @param observation `[inputs]` how strongly each input of the task is driven, in [0, 1]
   * @param action `[outputs]` receives the value of each output
   */
  respond(observation: Readonly<Float64Array>, action: Float64Array): void;
}

/** A named quantity that a task reports beside its score. */
export interface Measure {
  unit: string;
  about: string;
}

export interface EpisodeResult {
  /** Higher is better. */
  score: number;
  /** One value for each entry of the task's `measures`. */
  measures: Readonly<Record<string, number>>;
}

/** One thing to live through, such as one food pattern. */
export interface Scenario {
  name: string;
  /** Whether the seed changes anything: if not, one life is as good as many. */
  random: boolean;
  /** The best score that can be reached in principle, and how that is known. */
  ceiling: { score: number; about: string };
}

/** A task with its options settled. */
export interface PreparedTask<Trace = unknown> {
  /** The lifetime's score is the sum over these. */
  scenarios: readonly Scenario[];
  /** Scenarios kept back from evolution; they score transfer. */
  heldOut: readonly Scenario[];
  /** Names of the cells that the body drives and reads. */
  wiring: {
    inputs: Readonly<Record<string, readonly string[]>>;
    outputs: Readonly<Record<string, readonly string[]>>;
  };
  /**
   * Lives one episode.
   * @param seed everything random in the world is drawn from it
   * @param trace where given, receives what is needed to draw the episode
   */
  live(scenario: Scenario, seed: string, controller: Controller, trace?: Trace): EpisodeResult;
}

export interface Task<Schema extends z.ZodType = z.ZodType, Trace = unknown> {
  summary: string;
  source: string;
  options: Schema;
  measures: Readonly<Record<string, Measure>>;
  prepare(options: z.output<Schema>): PreparedTask<Trace>;
  /** The same task made new, for honest scores of what was evolved on it; `about` says what differs. */
  fresh(options: z.output<Schema>): { options: z.output<Schema>; about: string };
  /** A policy that knows nothing: its score is chance. */
  randomPolicy(): Controller;
}
