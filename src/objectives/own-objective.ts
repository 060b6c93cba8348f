import type { OptionsDescription, OptionValues } from '../spec/parts/plain-options.js';
import type { JudgedLife, KnownQuantities } from './objective.js';

/** An objective as a user's module exports it by default. */
export interface OwnObjective<Options extends OptionsDescription> {
  summary: string;
  options?: Options;
  /** To be maximised; a value that is not finite is a failure. */
  value(life: JudgedLife, options: OptionValues<Options>): number;
  /** What is wrong with the options in a run that knows these quantities; absent where nothing can be. */
  fault?(options: OptionValues<Options>, known: KnownQuantities): string | undefined;
}

/** Gives types to an objective of a user's; it returns what it is given. */
export const defineObjective = <const Options extends OptionsDescription = Record<never, never>>(
  objective: OwnObjective<Options>,
): OwnObjective<Options> => objective;
