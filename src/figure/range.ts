export interface Range {
  low: number;
  high: number;
}

/** The least and the greatest of what is finite, or undefined. */
export function extent(series: readonly Readonly<ArrayLike<number>>[]): Range | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (const values of series) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? { low, high } : undefined;
}

/** With room at both ends; a range of no width is opened. */
export function roomy({ low, high }: Range, share = 0.07): Range {
  const width = high - low;
  const least = 1e-9 * Math.max(1, Math.abs(low), Math.abs(high));
  const room = width > least ? share * width : 0.6 * Math.max(Math.abs(high), 1);
  return { low: low - room, high: high + room };
}
