import type { RandomStream } from '../../math/random.js';
import type { Bits } from '../classification/patterns.js';
import { mostOf } from '../classification/presentation.js';

export interface Labelled {
  label: number;
  pattern: Bits;
}

/** Bits as 1 and -1. */
const signOf = (bit: number) => 2 * bit - 1;

/** Sums of the support of each class, `[classes][bits]`, bits as 1 and -1. */
export function supportSums(support: readonly Labelled[], classes: number): Float64Array[] {
  const bits = support[0]!.pattern.length;
  const sums = Array.from({ length: classes }, () => new Float64Array(bits));
  for (const { label, pattern } of support) {
    pattern.forEach((bit, i) => {
      sums[label]![i]! += signOf(bit);
    });
  }
  return sums;
}

/** The class whose sum has the largest product with a pattern; tossed where several have it. */
export const nearestSum = (sums: readonly Float64Array[], pattern: Bits, random: RandomStream): number =>
  mostOf(
    sums.map((sum) => sum.reduce((product, value, i) => product + value * signOf(pattern[i]!), 0)),
    random,
  );

/** Distribution of a sum of two independent whole numbers, given those of both from their least values on. */
function summed(a: Float64Array, b: Float64Array): Float64Array {
  const sum = new Float64Array(a.length + b.length - 1);
  a.forEach((p, i) => {
    b.forEach((q, j) => {
      sum[i + j]! += p * q;
    });
  });
  return sum;
}

const times = (distribution: Float64Array, count: number): Float64Array =>
  Array.from({ length: count - 1 }).reduce<Float64Array>((sum) => summed(sum, distribution), distribution);

/** Distribution of how many of `n` events of probability `p` happen. */
const binomial = (n: number, p: number): Float64Array => times(Float64Array.of(1 - p, p), n);

const mixed = (a: Float64Array, b: Float64Array, share: number) =>
  a.map((p, i) => share * p + (1 - share) * b[i]!);

/**
 * The share of queries that the nearest sum answers right, exactly. The products of a query with the sums of the classes
 * are independent of each other, and each is a sum over bits of how many of the supports agree with the query in that bit.
 */
export function accuracyOfNearest({
  classes,
  bits,
  flips,
  shots,
}: {
  classes: number;
  bits: number;
  flips: number;
  shots: number;
}): number {
  // Whether the query's bit is its prototype's decides how often its supports agree with it.
  const agree = binomial(shots, 1 - flips);
  const differ = binomial(shots, flips);
  const own = times(mixed(agree, differ, 1 - flips), bits);
  const other = times(mixed(agree, differ, 0.5), bits);
  let below = 0;
  let right = 0;
  own.forEach((p, product) => {
    const here = other[product]!;
    // Of the others, some have the same product and the rest have less: the right class wins one toss in so many.
    for (let equal = 0; equal < classes; equal++) {
      right +=
        (p * chosen(classes - 1, equal) * power(here, equal) * power(below, classes - 1 - equal)) /
        (equal + 1);
    }
    below += here;
  });
  return right;
}

/** How many ways there are to choose `k` of `n`. */
function chosen(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways;
}

function power(x: number, n: number): number {
  let product = 1;
  for (let i = 0; i < n; i++) product *= x;
  return product;
}
