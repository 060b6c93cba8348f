/** Slope of the line through values a second apart, by least squares. */
export function slopeOf(values: Float64Array): number {
  const n = values.length;
  const centre = (n - 1) / 2;
  let [product, square] = [0, 0];
  for (let i = 0; i < n; i++) {
    product += (i - centre) * values[i]!;
    square += (i - centre) * (i - centre);
  }
  return product / square;
}

/** How one weight stands among others. */
export interface Standing {
  /** Rank among all, from 1. */
  rank: number;
  weaker: number;
  /** Sum of all, the one included. */
  sum: number;
}

/** @param count of the weights, which are the first of `weights` */
export function standingOf(target: number, weights: Readonly<Float64Array>, count: number): Standing {
  let [rank, weaker, sum] = [1, 0, 0];
  for (let s = 0; s < count; s++) {
    sum += weights[s]!;
    if (weights[s]! > target) rank += 1;
    else if (weights[s]! < target) weaker += 1;
  }
  return { rank, weaker, sum };
}

/** Share of the values that are at nine tenths of the bound or above; 0 where there are none. */
export const heldShare = (values: Float64Array, bound: number): number =>
  values.length === 0 ? 0 : values.filter((value) => value >= 0.9 * bound).length / values.length;
