/** A life of the network, for drawing. */
export interface BalancedTrace {
  /** Running rates every 20 ms, Hz. */
  rateE: number[];
  rateI: number[];
  /** Mean weight every 100 ms, as a share of its bound, by connection type that learns. */
  weights: Record<string, number[]>;
  /** When something happened, s. */
  marksS: number[];
  /** Spikes of the last second: when, s, and cell. */
  spikeS: number[];
  cell: number[];
}

export const emptyBalancedTrace = (): BalancedTrace => ({
  rateE: [],
  rateI: [],
  weights: {},
  marksS: [],
  spikeS: [],
  cell: [],
});
