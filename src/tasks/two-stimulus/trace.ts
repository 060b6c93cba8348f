/** A life trial by trial. */
export interface TwoStimulusTrace {
  /** The stimuli, 0 or 1. */
  first: number[];
  second: number[];
  saidYes: number[];
  right: number[];
}

export const emptyTwoStimulusTrace = (): TwoStimulusTrace => ({
  first: [],
  second: [],
  saidYes: [],
  right: [],
});
