import type { Connectome } from '../../connectome/connectome.js';
import type { ChartBlock, ChartSeries, Point } from '../../figure/chart.js';

/** Connections of each cell. */
export function degreesOf({ cells, chemical, gap }: Connectome) {
  const degrees = {
    out: new Int32Array(cells.count),
    in: new Int32Array(cells.count),
    gap: new Int32Array(cells.count),
  };
  for (let k = 0; k < chemical.count; k++) {
    degrees.out[chemical.pre[k]!]! += 1;
    degrees.in[chemical.post[k]!]! += 1;
  }
  for (let k = 0; k < gap.count; k++) {
    degrees.gap[gap.a[k]!]! += 1;
    if (gap.a[k] !== gap.b[k]) degrees.gap[gap.b[k]!]! += 1;
  }
  return degrees;
}

/** The share of the values above 0 that are at least x, for each value x there is. */
export function survivalLine(
  values: Int32Array | Float64Array,
  colour: string,
  dash: readonly number[] = [],
): ChartSeries {
  const present = values.filter((value) => value > 0).sort();
  const points: Point[] = [];
  for (const [i, x] of present.entries()) {
    if (i === 0 || x !== present[i - 1]) points.push({ x, y: (present.length - i) / present.length });
  }
  return { series: 'line', points, colour, lineWidth: 2.2, dash, stepped: 'after' };
}

/** Share of cells with at least so many connections: a straight line where degrees follow a power law. */
export const degreesChart = (series: readonly ChartSeries[], width: number, height: number): ChartBlock => ({
  block: 'chart',
  width,
  height,
  x: { axis: 'logarithmic', title: 'connections, this many or more', min: 1, ticks: 'one-two-five' },
  y: { axis: 'linear', title: 'share of cells', min: 0, max: 1 },
  series,
});

/** The power of two at or below a number above 0. */
function powerOfTwoBelow(value: number): number {
  let power = 1;
  while (power > value) power /= 2;
  while (2 * power <= value) power *= 2;
  return power;
}

/** Bins that double, wide enough for every weight above 0. */
export function weightBins(weights: Iterable<number>) {
  const bounds: number[] = [];
  let most = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const weight of weights) {
    if (weight > most) most = weight;
    if (weight > 0 && weight < least) least = weight;
  }
  const start = least >= 1 ? 1 : powerOfTwoBelow(least);
  for (let bound = start; bounds.length === 0 || bounds.at(-1)! < most; bound *= 2) bounds.push(bound);
  const label = (bound: number, i: number) => {
    const from = i === 0 ? 0 : bounds[i - 1]!;
    if (start < 1) return `to ${Number(bound.toPrecision(2))}`;
    return bound - from === 1 ? `${bound}` : `${from + 1}-${bound}`;
  };
  return {
    bounds,
    labels: bounds.map(label),
    bin: (weight: number) => bounds.findIndex((bound) => weight <= bound),
  };
}
