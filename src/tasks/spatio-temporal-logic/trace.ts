/** A life trial by trial: for measures, and for drawing. */
export interface GateTrace {
  /** `[trials]` number of the pair of symbols: 0 to 3 for 00, 01, 10 and 11 */
  pair: number[];
  /** `[trials]` whether the gate says true, 0 or 1 */
  wanted: number[];
  /** `[trials][steps]` output spikes */
  spikes: number[][];
}

export const emptyTrace = (): GateTrace => ({ pair: [], wanted: [], spikes: [] });
