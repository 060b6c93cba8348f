import { type Filter, filterOf } from './filter.js';

/** Of the filter by which spikes of the critic become a rate, and rewards a signal as slow as that. */
const riseMs = 50;
const fallMs = 200;

/** Parameters of the body that the critic's value is made of. */
export const criticBody = { valuePerHz: 0.03, restHz: 10, discountS: 4, punishment: 0.3 };
export const criticBodyAbout = {
  valuePerHz: 'value, in rewards, of a Hz of the critic’s mean rate',
  restHz: 'mean rate of the critic at a value of 0',
  discountS: 'time constant by which a reward that is far off counts less, s',
  punishment: 'what a second of contact with a wall takes, in rewards',
};

/** What the critic says at the end of an interval. */
export interface Said {
  /** Reward to come, in rewards. */
  value: number;
  /** Error of temporal differences, 1/s. */
  error: number;
}

/**
 * The error of temporal differences in continuous time, dV/dt - V / discount + r. V is linear in the filtered rate of the
 * critic's cells; rewards pass the same filter, so that a reward that was foreseen makes no error.
 */
export function critic(intervalMs: number, cells: number, body: Readonly<Record<string, number>>) {
  const { valuePerHz, restHz, discountS } = body as typeof criticBody;
  const rate: Filter = filterOf(intervalMs, riseMs, fallMs);
  const rewards: Filter = filterOf(intervalMs, riseMs, fallMs);
  let last: number | undefined;
  return (spikes: number, reward: number): Said => {
    const value = valuePerHz * ((1000 * rate(spikes)) / cells - restHz);
    const slope = last === undefined ? 0 : (value - last) / (intervalMs / 1000);
    last = value;
    return { value, error: slope - value / discountS + 1000 * rewards(reward) };
  };
}
