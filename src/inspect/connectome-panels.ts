import type { ChartConfiguration } from 'chart.js';
import type { Connectome } from '../connectome/connectome.js';
import { decadeOf, figures, ink, linearAxis } from './theme.js';

export const panelLayout = { padding: { left: 12, right: 20, top: 8, bottom: 6 } };

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
export function survivalLine(values: Int32Array | Float64Array, colour: string, dash: number[] = []) {
  const present = values.filter((value) => value > 0).sort();
  const data: { x: number; y: number }[] = [];
  for (const [i, x] of present.entries()) {
    if (i === 0 || x !== present[i - 1]) data.push({ x, y: (present.length - i) / present.length });
  }
  const line = { borderColor: colour, borderWidth: 2.2, borderDash: dash };
  return { data, showLine: true, stepped: 'after' as const, pointRadius: 0, ...line };
}

/** A logarithmic axis with ticks at 1, 2 and 5 times the powers of ten, at the powers alone where these are many. */
export const logarithmicAxis = (title: string, range: { min?: number; max?: number } = {}) => ({
  ...linearAxis(title, range),
  type: 'logarithmic' as const,
  afterBuildTicks: (axis: { min: number; max: number; ticks: { value: number }[] }) => {
    const [low, high] = [decadeOf(axis.min), decadeOf(axis.max)];
    const steps = high - low > 3 ? [1] : [1, 2, 5];
    axis.ticks = Array.from({ length: high - low + 1 }, (_, i) => steps.map((step) => `${step}e${low + i}`))
      .flat()
      .map((text) => ({ value: Number(text) }))
      .filter(({ value }) => value >= axis.min && value <= axis.max);
  },
  ticks: {
    color: ink.text,
    maxRotation: 0,
    autoSkip: false,
    callback: (value: number | string) => figures(Number(value)),
  },
});

/** Share of cells with at least so many connections: a straight line where degrees follow a power law. */
export function degreesChart(lines: ReturnType<typeof survivalLine>[]): ChartConfiguration<'scatter'> {
  return {
    type: 'scatter',
    data: { datasets: lines },
    options: {
      layout: panelLayout,
      scales: {
        x: logarithmicAxis('connections, this many or more', { min: 1 }),
        y: linearAxis('share of cells', { min: 0, max: 1 }),
      },
    },
  } as ChartConfiguration<'scatter'>;
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
  const start = least >= 1 ? 1 : 2 ** Math.floor(Math.log2(least));
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
