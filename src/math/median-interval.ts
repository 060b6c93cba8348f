import { exp } from './exponential.js';
import { log } from './logarithm.js';
import type { Interval } from './shares.js';
import { ascending } from './statistics.js';

/**
 * 95 % intervals of medians by the percentile bootstrap (Efron 1979, doi:10.1214/aos/1176344552) with every resample in
 * its share and none drawn: the median of a resample is a value or the mean of two, and how probable each is follows from
 * binomial shares (Maritz and Jarrett 1978, doi:10.1080/01621459.1978.10480027). So an interval is fixed by the values
 * alone. Of ten values and more it holds the median in 93 to 96 of 100 samples. Of five it runs from the least to the
 * greatest and holds it in 93, of six to eight in 87 to 94. Of fewer than five no interval of this kind holds it so often.
 */

/** A bootstrap distribution: the values that occur, ascending, and how probable each is. */
interface Atoms {
  values: Float64Array;
  shares: Float64Array;
}

/** Share beyond either end of an interval. */
const beyond = 0.025;

/** ln C(n, k) for k from 0 to n. */
function logChoose(n: number): Float64Array {
  const found = new Float64Array(n + 1);
  for (let k = 1; k < n; k++) found[k] = found[k - 1]! + log((n - k + 1) / k);
  return found;
}

/** x^k for x in [0, 1], times e^scale. */
const scaledPower = (x: number, k: number, scale: number) =>
  k === 0 ? exp(scale) : x === 0 ? 0 : exp(scale + k * log(x));

/** How probable it is that at least k of n draws are among the first i of n. */
function atLeast(k: number, i: number, choose: Float64Array): number {
  const n = choose.length - 1;
  if (i >= n) return 1;
  if (i <= 0) return 0;
  const [hit, miss] = [log(i / n), log(1 - i / n)];
  let sum = 0;
  for (let many = k; many <= n; many++) sum += exp(choose[many]! + many * hit + (n - many) * miss);
  return sum;
}

/** The bootstrap distribution of the median of values in ascending order. */
function medianAtoms(sorted: Float64Array): Atoms {
  const n = sorted.length;
  const found: { value: number; share: number }[] = [];
  const choose = logChoose(n);
  if (n % 2 === 1) {
    const middle = (n + 1) / 2;
    for (let i = 1; i <= n; i++) {
      found.push({
        value: sorted[i - 1]!,
        share: atLeast(middle, i, choose) - atLeast(middle, i - 1, choose),
      });
    }
  } else evenAtoms(sorted, choose, found);
  found.sort((a, b) => a.value - b.value);
  return {
    values: Float64Array.from(found, ({ value }) => value),
    shares: Float64Array.from(found, ({ share }) => share),
  };
}

/** Of an even number, the median lies between the two middle values of a resample, which stand in places i and j. */
function evenAtoms(
  sorted: Float64Array,
  choose: Float64Array,
  found: { value: number; share: number }[],
): void {
  const n = sorted.length;
  const half = n / 2;
  // Half of the draws among the first i of n, in all ways to choose them; the square is of both halves.
  const power = Float64Array.from({ length: n + 1 }, (_, i) => scaledPower(i / n, half, choose[half]! / 2));
  for (let i = 1; i <= n; i++) {
    const lower = power[i]! - power[i - 1]!;
    const split = power[i - 1]! * (power[n - i + 1]! - power[n - i]!);
    found.push({
      value: sorted[i - 1]!,
      share: atLeast(half + 1, i, choose) - atLeast(half + 1, i - 1, choose) - split,
    });
    for (let j = i + 1; j <= n; j++) {
      const upper = power[n - j + 1]! - power[n - j]!;
      found.push({ value: (sorted[i - 1]! + sorted[j - 1]!) / 2, share: lower * upper });
    }
  }
}

/** 95 % interval of the median; NaN of no values. */
export function medianInterval(values: ArrayLike<number>): Interval {
  if (values.length === 0) return { low: Number.NaN, high: Number.NaN };
  const atoms = medianAtoms(ascending(values));
  return { low: lowEnd(atoms), high: highEnd(atoms) };
}

/** The least value that a share of `beyond` does not exceed. */
function lowEnd({ values, shares }: Atoms): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += shares[i]!;
    if (sum >= beyond) return values[i]!;
  }
  return values.at(-1)!;
}

function highEnd({ values, shares }: Atoms): number {
  let sum = 0;
  for (let i = values.length - 1; i >= 0; i--) {
    sum += shares[i]!;
    if (sum >= beyond) return values[i]!;
  }
  return values[0]!;
}

/** 95 % interval of the difference of the medians of two independent samples; NaN where one is empty. */
export function medianDifferenceInterval(first: ArrayLike<number>, second: ArrayLike<number>): Interval {
  if (first.length === 0 || second.length === 0) return { low: Number.NaN, high: Number.NaN };
  const [a, b] = [medianAtoms(ascending(first)), medianAtoms(ascending(second))];
  return { low: differenceEnd(a, b), high: -differenceEnd(b, a) };
}

/** The least t at which a - b <= t has a share of `beyond`, found by halving. */
function differenceEnd(a: Atoms, b: Atoms): number {
  const shareUpTo = (t: number) => {
    let [sum, below, i] = [0, 0, 0];
    for (let j = 0; j < b.values.length; j++) {
      const limit = t + b.values[j]!;
      for (; i < a.values.length && a.values[i]! <= limit; i++) below += a.shares[i]!;
      sum += b.shares[j]! * below;
    }
    return sum;
  };
  let [low, high] = [a.values[0]! - b.values.at(-1)!, a.values.at(-1)! - b.values[0]!];
  if (shareUpTo(low) >= beyond) return low;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    if (shareUpTo(middle) >= beyond) high = middle;
    else low = middle;
  }
}
