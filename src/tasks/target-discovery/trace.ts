/** A life trial by trial. */
export interface DiscoveryTrace {
  /** The two cues that were shown, by number. */
  first: number[];
  second: number[];
  /** Whether the target was among them. */
  isTarget: number[];
  saidYes: number[];
  right: number[];
}

export const emptyDiscoveryTrace = (): DiscoveryTrace => ({
  first: [],
  second: [],
  isTarget: [],
  saidYes: [],
  right: [],
});
