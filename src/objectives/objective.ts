import type { z } from 'zod';

/** What a lifetime came to, as objectives see it. */
export interface JudgedLife {
  /** The task's own score, raw. */
  score: number;
  measures: Readonly<Record<string, number>>;
  /** Spikes and synaptic events, a second and cell; NaN where no network lived. */
  energy: number;
  /** How many genes differ from where the search started. */
  genesChanged: number;
  /** Inputs, numbers and operators of the formulas that the genome says; 0 where rules do not evolve. */
  formulaSize: number;
}

/** What can be asked of a run, for objectives that name a quantity. */
export interface KnownQuantities {
  measures: readonly string[];
}

/** How a lifetime's score and measures become what a strategy maximises. */
export interface Objective<Schema extends z.ZodType = z.ZodType> {
  summary: string;
  options: Schema;
  /** To be maximised; a value that is not finite is a failure. */
  value(life: JudgedLife, options: z.output<Schema>): number;
  /** What is wrong with the options in a run that knows these quantities; absent where nothing can be. */
  fault?(options: z.output<Schema>, known: KnownQuantities): string | undefined;
}
