/** A life trial by trial. */
export interface AccumulationTrace {
  /** Cues on the left. */
  leftCues: number[];
  /** Whether the answer was the left. */
  answeredLeft: number[];
  /** Whether the answer was right. */
  right: number[];
  /** How sure the network was of the left, from its outputs during the recall. */
  certainty: number[];
}

export const emptyAccumulationTrace = (): AccumulationTrace => ({
  leftCues: [],
  answeredLeft: [],
  right: [],
  certainty: [],
});
