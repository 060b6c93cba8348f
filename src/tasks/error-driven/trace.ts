/** A life, for drawing. */
export interface ErrorDrivenTrace {
  /** `[stretches of 100 ms]` root mean square of the difference of the potentials, mV. */
  error: number[];
  /** `[ms]` the potentials of the last stretch, mV. */
  student: number[];
  teacher: number[];
}

export const emptyTrace = (): ErrorDrivenTrace => ({ error: [], student: [], teacher: [] });
