import { type Figure, rowOf } from '../../figure/figure.js';
import { box } from '../../figure/marks.js';
import type { PaneBlock, PaneLayer } from '../../figure/pane.js';
import { count, seriesColours } from '../../figure/theme.js';

/** The spikes of one population. */
export interface RasterPopulation {
  name: string;
  /** `[cells][spikes]` ms */
  spikesMs: readonly Float64Array[];
}

/** Cells that have a row of the raster each, at most: more would be no wider than a pixel. */
const mostRows = 400;

/** Bins of the rate over time. */
const bins = 100;

/** Some of the cells, evenly spaced, where there are too many for all. */
function shownOf({ name, spikesMs }: RasterPopulation, share: number): RasterPopulation {
  const rows = Math.min(spikesMs.length, Math.ceil(share * spikesMs.length));
  const chosen = Array.from({ length: rows }, (_, row) => Math.floor((row * spikesMs.length) / rows));
  return { name, spikesMs: chosen.map((cell) => spikesMs[cell]!) };
}

const colourOf = (population: number) => seriesColours[population % seriesColours.length]!;

/** One row a cell, the first population at the bottom. */
function rasterPane(populations: readonly RasterPopulation[], ms: number): PaneBlock {
  let row = 0;
  const layers = populations.map(({ spikesMs }, i): PaneLayer => {
    const first = row;
    row += spikesMs.length;
    return {
      layer: 'dots',
      places: spikesMs.flatMap((times) => Array.from(times)),
      values: spikesMs.flatMap((times, cell) => Array.from(times, () => first + cell + 0.5)),
      colour: colourOf(i),
      size: 1.6,
    };
  });
  return {
    block: 'pane',
    height: 300,
    room: { below: 0 },
    title: 'cell',
    key: populations.map(({ name }, i) => ({ text: name, mark: box(10, 10, colourOf(i)) })),
    across: { low: 0, high: ms },
    up: { low: 0, high: Math.max(1, row) },
    ticksUp: 5,
    ticksAcross: 6,
    layers,
  };
}

/** Spikes a second and cell in each bin. */
function ratesOf({ spikesMs }: RasterPopulation, ms: number): number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (const times of spikesMs) {
    for (const time of times) counts[Math.min(bins - 1, Math.floor((bins * time) / ms))]! += 1;
  }
  return counts.map((spikes) => (1000 * bins * spikes) / (ms * Math.max(1, spikesMs.length)));
}

function ratePane(populations: readonly RasterPopulation[], ms: number): PaneBlock {
  const rates = populations.map((population) => ratesOf(population, ms));
  return {
    block: 'pane',
    height: 100,
    title: `rate (Hz), in bins of ${Number((ms / bins).toPrecision(3))} ms`,
    below: 'time (ms)',
    across: { low: 0, high: ms },
    up: { low: 0, high: 1.07 * Math.max(1, ...rates.flat()) },
    ticksUp: 4,
    ticksAcross: 6,
    layers: rates.map((values, i) => ({
      layer: 'line',
      places: values.map((_, bin) => ((bin + 0.5) * ms) / bins),
      values,
      colour: colourOf(i),
      lineWidth: 1.6,
    })),
  };
}

/** The spikes of a network as dots, and each population's rate over time. */
export function rasterFigure(data: {
  title: string;
  subtitle: string;
  ms: number;
  populations: readonly RasterPopulation[];
}): Figure {
  const { title, subtitle, ms, populations } = data;
  const cells = populations.reduce((sum, { spikesMs }) => sum + spikesMs.length, 0);
  const shown = populations.map((population) => shownOf(population, Math.min(1, mostRows / cells)));
  const rows = shown.reduce((sum, { spikesMs }) => sum + spikesMs.length, 0);
  return {
    title,
    subtitle: rows < cells ? `${subtitle}; ${count(rows)} of ${count(cells)} cells have a row` : subtitle,
    width: 640,
    rows: [rowOf(rasterPane(shown, ms), 6), rowOf(ratePane(populations, ms))],
  };
}
