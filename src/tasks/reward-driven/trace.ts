/** A life trial by trial: for measures, and for drawing. */
export interface RewardDrivenTrace {
  /** Label of the pattern: 1 or -1. */
  label: number[];
  /** Spikes of the neuron. */
  spikes: number[];
  /** 1 or -1. */
  reward: number[];
}

export const emptyTrace = (): RewardDrivenTrace => ({ label: [], spikes: [], reward: [] });
