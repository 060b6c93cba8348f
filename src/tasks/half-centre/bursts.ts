import { mean } from '../../math/statistics.js';

/** Silence that ends a burst, ms. */
export const gapMs = 80;
/** Runs of spikes as long as this are tonic, ms. */
export const longestMs = 500;

export interface Burst {
  fromMs: number;
  toMs: number;
  spikes: number;
}

/** What one cell did: its bursts, and how many of its spikes are in them, or in runs too long to be bursts. */
export interface Firing {
  spikes: number;
  bursts: Burst[];
  inBursts: number;
  tonic: number;
}

/** Runs of two spikes or more, parted by silence, and what of them is a burst. @param counts `[intervals]` spikes */
export function firingOf(counts: readonly number[], intervalMs: number): Firing {
  const runs: Burst[] = [];
  counts.forEach((count, interval) => {
    if (count === 0) return;
    const atMs = interval * intervalMs;
    const last = runs.at(-1);
    if (last && atMs - last.toMs < gapMs) {
      last.toMs = atMs;
      last.spikes += count;
    } else runs.push({ fromMs: atMs, toMs: atMs, spikes: count });
  });
  const spikesOf = (some: readonly Burst[]) => some.reduce((sum, { spikes }) => sum + spikes, 0);
  const isLong = ({ fromMs, toMs }: Burst) => toMs - fromMs >= longestMs;
  const bursts = runs.filter((run) => run.spikes >= 2 && !isLong(run));
  return {
    spikes: spikesOf(runs),
    bursts,
    inBursts: spikesOf(bursts),
    tonic: spikesOf(runs.filter((run) => isLong(run) || run.spikes < 2)),
  };
}

/** How two cells take turns; undefined where neither makes a cycle in which the other bursts. */
export interface Alternation {
  /** Mean lag of the second cell's bursts behind the first's, as a share of the cycle: a half where they take turns. */
  phase: number;
  /** Mean distance of single lags from a half. */
  off: number;
  frequencyHz: number;
  /** Share of the cycle that a burst lasts. */
  duty: number;
}

export function alternationOf(first: Firing, second: Firing): Alternation | undefined {
  const phases: number[] = [];
  const periods: number[] = [];
  const duties: number[] = [];
  for (const [i, burst] of first.bursts.slice(0, -1).entries()) {
    const period = first.bursts[i + 1]!.fromMs - burst.fromMs;
    periods.push(period);
    duties.push((burst.toMs - burst.fromMs) / period);
    const within = second.bursts.filter(
      ({ fromMs }) => fromMs >= burst.fromMs && fromMs < burst.fromMs + period,
    );
    // A cycle without a burst of the other, or with several, is no turn.
    phases.push(within.length === 1 ? (within[0]!.fromMs - burst.fromMs) / period : 0);
  }
  if (phases.length === 0 || second.bursts.length === 0) return undefined;
  return {
    phase: mean(phases),
    off: mean(phases.map((phase) => Math.abs(phase - 0.5))),
    frequencyHz: 1000 / mean(periods),
    duty: mean(duties),
  };
}
