import { normalQuantile } from './normal.js';

export interface Interval {
  low: number;
  high: number;
}

/** How many standard deviations hold the middle 95 % of a normal distribution to either side. */
const deviations95 = normalQuantile(0.975);

/** Wilson's 95 % interval (1927, doi:10.1080/01621459.1927.10502953) of a share of which `hits` of `of` were seen. */
export function wilsonInterval(hits: number, of: number): Interval {
  if (of === 0) return { low: Number.NaN, high: Number.NaN };
  const z2 = deviations95 * deviations95;
  const share = hits / of;
  const middle = share + z2 / (2 * of);
  const reach = deviations95 * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of));
  const whole = 1 + z2 / of;
  // At no hit and at nothing but hits the ends are 0 and 1; rounding would miss them.
  return {
    low: hits === 0 ? 0 : (middle - reach) / whole,
    high: hits === of ? 1 : (middle + reach) / whole,
  };
}

/**
 * Fisher's exact test (1922, doi:10.2307/2340521), two-sided, of whether two shares differ: how probable tables with the
 * same margins are that are no more likely than the one seen.
 */
export function fisherExact(hits1: number, of1: number, hits2: number, of2: number): number {
  const hits = hits1 + hits2;
  const [least, most] = [Math.max(0, hits - of2), Math.min(of1, hits)];
  // Likelihoods beside that of the table seen: those of neighbours stand in a simple ratio.
  const upwards = (x: number) => ((of1 - x) * (hits - x)) / ((x + 1) * (of2 - hits + x + 1));
  let all = 1;
  let extreme = 1;
  const count = (likelihood: number) => {
    all += likelihood;
    // Equal likelihoods may differ in their last bits.
    if (likelihood <= 1 + 1e-9) extreme += likelihood;
  };
  let likelihood = 1;
  for (let x = hits1; x < most; x++) {
    likelihood *= upwards(x);
    count(likelihood);
  }
  likelihood = 1;
  for (let x = hits1; x > least; x--) {
    likelihood /= upwards(x - 1);
    count(likelihood);
  }
  return Math.min(1, extreme / all);
}
