import type { Trials } from './measures.js';

/** A life trial by trial, for drawing. */
export interface GoNoGoTrace extends Trials {
  /** Released by the outcome. */
  dopamine: number[];
  /** Concentration after the outcome. */
  noradrenaline: number[];
  /** Entropy of what is done given the cue, over the trials before, in bits. */
  entropy: number[];
}

export const emptyTrials = (): Trials => ({ cue: [], went: [], right: [], burst: [], shifts: [] });

export const emptyGoNoGoTrace = (): GoNoGoTrace => ({
  ...emptyTrials(),
  dopamine: [],
  noradrenaline: [],
  entropy: [],
});
