import type { OptionsDescription, OptionValues } from '../spec/parts/plain-options.js';
import type { Branching, Problem, Snapshot, Strategy, Takes } from './strategy.js';

/** A strategy as a user's module exports it by default. */
export interface OwnStrategy<Options extends OptionsDescription> {
  summary: string;
  source?: string;
  options?: Options;
  /** What it can search; real genes and one objective where it does not say. */
  takes?: Partial<Takes>;
  /** What may change of a search under way; nothing where it does not say. */
  branching?: Branching;
  /** The option with the evaluations that a search is planned for, null where those of its budget; nothing is planned where it does not say. */
  plannedBy?: string;
  create(problem: Problem, options: OptionValues<Options>, seed: string): Strategy;
  restore(problem: Problem, options: OptionValues<Options>, snapshot: Snapshot): Strategy;
}

/** Gives types to a strategy of a user's; it returns what it is given. */
export const defineStrategy = <const Options extends OptionsDescription = Record<never, never>>(
  strategy: OwnStrategy<Options>,
): OwnStrategy<Options> => strategy;
