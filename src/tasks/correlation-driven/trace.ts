/** The last trial of a life, for drawing. */
export interface CorrelationDrivenTrace {
  /** `[seconds]` spikes of the neuron in each. */
  rate: number[];
  /** `[ms]` the potential, in mV, from the beginning of the last presentation of the test. */
  potential: number[];
  /** `[weights]` in the end, in ascending order, mV. */
  weights: number[];
}

export const emptyTrace = (): CorrelationDrivenTrace => ({ rate: [], potential: [], weights: [] });
