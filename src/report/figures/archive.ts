import type { Dimension } from '../../archives/cells.js';
import type { EliteArchive } from '../../archives/elites.js';
import { Grid } from '../../archives/grid.js';
import { type archiveCourse, summaryOf } from '../../evolve/kept-archive.js';
import type { ChartBlock } from '../../figure/chart.js';
import { type Figure, figureMargin, rowOf } from '../../figure/figure.js';
import type { MapBlock, MapShape } from '../../figure/map.js';
import { box, type LegendEntry } from '../../figure/marks.js';
import { figures, ground, palette, timeColour } from '../../figure/theme.js';
import type { KeptArchive } from '../../strategies/strategy.js';
import { archiveText } from '../archive.js';

const width = 640;
const mapWidth = 520;
const mapHeight = 360;
/** Of what has no second measure. */
const stripHeight = 40;
/** Places along each measure at which a tessellation is drawn. */
const raster = 64;
const room = { left: 76, right: 24, above: 4, below: 58 };

interface Raster {
  /** Measures across and up; up is absent where there is one measure. */
  across: Dimension;
  up: Dimension | undefined;
  /** The objective at a place, by its bins; undefined where no elite is. */
  at: (column: number, row: number) => number | undefined;
  /** What is drawn of more measures than two. */
  note: string | undefined;
}

/** The archive over its first two measures, as bins of one size. */
function rasterOf(archive: EliteArchive): Raster {
  const { cells } = archive;
  const [across, up, ...further] = cells.dimensions;
  const isGrid = cells instanceof Grid;
  if (further.length === 0) {
    const fine = (dimension: Dimension) => (isGrid ? dimension : { ...dimension, bins: raster });
    const drawn = cells.dimensions.map(fine);
    const shown = new Grid(drawn);
    const rows = drawn[1]?.bins ?? 1;
    return {
      across: drawn[0]!,
      up: drawn[1],
      at: (column, row) => archive.eliteIn(cells.cellAt(shown.centreOf(column * rows + row)))?.objective,
      note: undefined,
    };
  }
  const plane = new Grid([across!, up!]);
  const best = new Map<number, number>();
  for (const { measures, objective } of archive.elites()) {
    const cell = plane.cellAt(measures);
    best.set(cell, Math.max(best.get(cell) ?? Number.NEGATIVE_INFINITY, objective));
  }
  return {
    across: across!,
    up,
    at: (column, row) => best.get(column * up!.bins + row),
    note: `the best over ${further.map(({ name }) => name).join(', ')}`,
  };
}

const range = ({ low, high }: Dimension) => ({ low, high });
const axisOf = ({ name, low, high }: Dimension) => ({ title: name, step: (high - low) / 4 });

function mapOf({ across, up, at }: Raster, lowest: number, best: number): MapBlock {
  const above = up ?? { name: '', low: 0, high: 1, bins: 1 };
  const [wide, high] = [across, above].map(({ low, high: top, bins }) => (top - low) / bins) as [
    number,
    number,
  ];
  const shapes: MapShape[] = [
    {
      shape: 'rectangle',
      ...{ x: across.low, y: above.low, width: across.high - across.low, height: above.high - above.low },
      fill: ground.empty,
      edge: { colour: ground.outline, width: 1 },
    },
  ];
  for (let column = 0; column < across.bins; column++) {
    for (let row = 0; row < above.bins; row++) {
      const objective = at(column, row);
      if (objective === undefined) continue;
      shapes.push({
        shape: 'rectangle',
        ...{ x: across.low + column * wide, y: above.low + row * high, width: wide, height: high },
        fill: timeColour(best > lowest ? (objective - lowest) / (best - lowest) : 1),
      });
    }
  }
  return {
    block: 'map',
    ...{
      width: mapWidth,
      height: up ? mapHeight : stripHeight,
      across: range(across),
      up: range(above),
      room,
    },
    axes: { x: axisOf(across), ...(up ? { y: axisOf(up) } : {}) },
    shapes,
  };
}

type Course = ReturnType<typeof archiveCourse>;

const courseChart = (
  course: Course,
  title: string,
  value: (point: Course[number]) => number,
): ChartBlock => ({
  block: 'chart',
  ...{ width: width / 2 - figureMargin / 2, height: 200 },
  x: { axis: 'linear', title: 'evaluations', fromZero: true },
  y: { axis: 'linear', title, fromZero: true },
  series: [
    {
      series: 'line',
      points: course.map((point) => ({ x: point.evaluations, y: value(point) })),
      ...{ colour: palette.blue, lineWidth: 2.2, overhang: 4 },
      dots: course.length <= 25 ? 3 : 0,
    },
  ],
});

/** A heat map of an archive's objectives over its first two measures, and how it filled. */
export function archiveFigure(title: string, about: string, kept: KeptArchive, course: Course): Figure {
  const archive = kept.elites;
  const summary = summaryOf(kept);
  const objectives = archive.elites().map(({ objective }) => objective);
  const lowest = objectives.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const best = summary.best ?? 0;
  const drawn = rasterOf(archive);
  const entries: LegendEntry[] = [
    ...(archive.size > 0
      ? [
          {
            before: figures(lowest),
            text: `${figures(best)}, objective`,
            mark: { mark: 'time', width: 150 } as const,
          },
        ]
      : []),
    { text: 'no elite', mark: box(16, 12, ground.empty) },
  ];
  return {
    title,
    subtitle: [archiveText(summary), ...(drawn.note ? [drawn.note] : []), about].join('; '),
    width,
    rows: [
      rowOf({ block: 'legend', entries }, 4),
      rowOf(mapOf(drawn, lowest, best), 8),
      {
        above: 8,
        blocks: [
          courseChart(course, 'coverage, %', ({ coverage }) => 100 * coverage),
          courseChart(course, 'QD score a cell', ({ qdScore }) => qdScore),
        ],
      },
    ],
    bottom: 8,
  };
}
