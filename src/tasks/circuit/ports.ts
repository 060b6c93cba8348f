/** What a task drives and reads, for a circuit that is not made for it. */
export interface CircuitPorts {
  /** Poisson channels that each input drives, in the order of the task's observations, and their rates while it is on and off. */
  inputs: Readonly<Record<string, { channels: number; activeHz?: number; restHz?: number }>>;
  /** Cells of the pool that each output is read from, in order: its value is their spikes in an interval. */
  outputs: Readonly<Record<string, { cells: number }>>;
  /** ms in one interval of the task */
  intervalMs: number;
  /** Modulators that the task itself releases. */
  releases: Readonly<Record<string, { tauMs: number; baseline?: number }>>;
  /** Channels that are on at a time, for the size of weights; those of one input where absent. */
  activeChannels?: number;
}

/** Channels that are on at a time. */
export const activeChannelsOf = ({ inputs, activeChannels }: CircuitPorts): number =>
  activeChannels ?? Math.max(...Object.values(inputs).map(({ channels }) => channels));
