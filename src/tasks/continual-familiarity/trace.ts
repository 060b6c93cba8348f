/** A stream presentation by presentation. */
export interface RecognitionTrace {
  /** 1 where the pattern had come before. */
  seen: number[];
  /** 1 where the answer was that it had. */
  answered: number[];
  /** Spikes of both pools. */
  seenSpikes: number[];
  novelSpikes: number[];
}

export const emptyTrace = (): RecognitionTrace => ({
  seen: [],
  answered: [],
  seenSpikes: [],
  novelSpikes: [],
});
