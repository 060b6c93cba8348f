import {
  type ConnectomeComparison,
  compareConnectomes,
  type PairedConnections,
  pairConnections,
} from '../../connectome/comparison.js';
import type { Connectome } from '../../connectome/connectome.js';
import type { SharesBlock } from '../../figure/bars.js';
import type { ChartBlock } from '../../figure/chart.js';
import { type Figure, type FigureRow, rowOf } from '../../figure/figure.js';
import { disc, stroke } from '../../figure/marks.js';
import { count, faded, ink, palette } from '../../figure/theme.js';
import { degreesChart, degreesOf, survivalLine, weightBins } from './connectome-parts.js';

const width = 960;
const half = width / 2;
const height = 360;
const colours = { both: palette.grey, first: palette.blue, second: palette.vermilion };
const diagonal = { colour: '#777777', dash: [5, 4] };

/** One bar a kind of thing, parted into what both have and what one has alone. */
function overlaps(comparison: ConnectomeComparison): SharesBlock {
  const rows = [
    ['cells', comparison.cells],
    ['classes', comparison.classes],
    ['chemical connections', comparison.chemical],
    ['gap junctions', comparison.gap],
  ] as const;
  return {
    block: 'shares',
    rows: rows.map(([name, overlap]) => ({
      name,
      parts: (['first', 'both', 'second'] as const).map((part) => ({
        value: overlap[part],
        colour: colours[part],
        ink: part === 'both' ? ink.text : 'white',
      })),
      note:
        overlap.both + overlap.first + overlap.second === 0
          ? 'none'
          : `${Math.round(100 * overlap.jaccard)} % shared`,
    })),
  };
}

/** Shared connections, weight against weight; where several coincide the disc's area tells how many. */
function sharedChart({ both }: PairedConnections, one: Connectome, other: Connectome): ChartBlock {
  const points = new Map<string, { x: number; y: number; many: number }>();
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const [{ weight: x }, { weight: y }] of both) {
    const key = `${x} ${y}`;
    const point = points.get(key);
    if (point) point.many++;
    else points.set(key, { x, y, many: 1 });
    low = Math.min(low, x, y);
    high = Math.max(high, x, y);
  }
  const placed = [...points.values()];
  const most = placed.reduce((top, { many }) => Math.max(top, many), 1);
  const [min, max] = [low / 1.3, high * 1.3];
  const look = { axis: 'logarithmic', min, max, ticks: 'one-two-five' } as const;
  return {
    block: 'chart',
    width: half,
    height,
    x: { ...look, title: `weight in the first (${one.weightUnit})` },
    y: { ...look, title: `weight in the second (${other.weightUnit})` },
    series: [
      {
        series: 'dots',
        points: placed.map(({ x, y }) => ({ x, y })),
        radius: placed.map(({ many }) => Math.max(2, 13 * Math.sqrt(many / Math.max(most, 40)))),
        fill: faded(palette.purple, 0.75),
      },
      {
        series: 'line',
        points: [
          { x: min, y: min },
          { x: max, y: max },
        ],
        lineWidth: 1,
        ...diagonal,
      },
    ],
  };
}

/** A share of fewer connections than this says little and is left out. */
const fewest = 5;

/** Of the connections of each weight, how many the other has: weak ones are often not shared. */
function foundChart({ both, first, second }: PairedConnections): ChartBlock {
  const sides = [
    { shared: both.map(([synapse]) => synapse.weight), alone: first.map(({ weight }) => weight) },
    { shared: both.map(([, synapse]) => synapse.weight), alone: second.map(({ weight }) => weight) },
  ];
  const { bounds, labels, bin } = weightBins(sides.flatMap(({ shared, alone }) => [...shared, ...alone]));
  const tally = (weights: readonly number[]) => {
    const counts = bounds.map(() => 0);
    for (const weight of weights) counts[bin(weight)]! += 1;
    return counts;
  };
  return {
    block: 'chart',
    width: half,
    height,
    x: { axis: 'categories', title: 'weight of the connection', names: labels, sparse: true },
    y: { axis: 'linear', title: 'share that the other has', min: 0, max: 1 },
    series: sides.map(({ shared, alone }, side) => {
      const [found, missing] = [tally(shared), tally(alone)];
      return {
        series: 'bars',
        values: found.map((n, i) => (n + missing[i]! < fewest ? null : n / (n + missing[i]!))),
        colour: side === 0 ? colours.first : colours.second,
      };
    }),
  };
}

function degrees(one: Connectome, other: Connectome): ChartBlock {
  const lines = (connectome: Connectome, colour: string) => {
    const { out, in: into } = degreesOf(connectome);
    return [survivalLine(out, colour), survivalLine(into, colour, [6, 3])];
  };
  return degreesChart([...lines(one, colours.first), ...lines(other, colours.second)], half, height);
}

const weights = (one: Connectome, other: Connectome): ChartBlock => ({
  block: 'chart',
  width: half,
  height,
  x: {
    axis: 'logarithmic',
    title: `weight, this much or more (${[...new Set([one.weightUnit, other.weightUnit])].join(', ')})`,
    ticks: 'one-two-five',
  },
  y: { axis: 'linear', title: 'share of chemical connections', min: 0, max: 1 },
  series: [
    survivalLine(one.chemical.weight, colours.first),
    survivalLine(other.chemical.weight, colours.second),
  ],
});

function agreement({ chemical: { signs, weightCorrelation } }: ConnectomeComparison): string {
  return [
    weightCorrelation === null
      ? 'too few are shared to correlate weights'
      : `weights of shared connections: r = ${weightCorrelation.toFixed(3).replace('-', '\u2212')} of log(1 + weight)`,
    ...(signs.compared > 0
      ? [`signs: ${count(signs.equal)} of ${count(signs.compared)} alike where both have one`]
      : []),
  ].join('; ');
}

/** What two connectomes share and where they differ, in one figure. */
export function comparisonFigure(one: Connectome, other: Connectome): Figure {
  const paired = pairConnections(one, other);
  const comparison = compareConnectomes(one, other, paired);
  const widest = half - 120;
  const line = (text: string, dash: number[]) => ({ text, mark: stroke(ink.text, 24, 2.2, dash) });
  // Nothing can be said of connections in common where there are none.
  const shared: FigureRow[] =
    paired.both.length === 0
      ? []
      : [
          {
            above: 10,
            left: 80,
            blocks: [
              {
                block: 'legend',
                entries: [
                  { text: 'shared connections, by area', mark: disc(5.5, palette.purple) },
                  { text: 'equal', mark: stroke(diagonal.colour, 24, 1, diagonal.dash) },
                ],
              },
            ],
          },
          { left: 0, blocks: [sharedChart(paired, one, other), foundChart(paired)] },
        ];
  return {
    title: `${one.id} and ${other.id}`,
    subtitle: `Connections counted among the cells that both have; ${agreement(comparison)}`,
    width,
    rows: [
      rowOf(
        {
          block: 'legend',
          entries: [
            { text: `first: ${one.id}`, mark: disc(5.5, colours.first), widest },
            { text: 'both', mark: disc(5.5, colours.both) },
            { text: `second: ${other.id}`, mark: disc(5.5, colours.second), widest },
          ],
        },
        6,
      ),
      { above: 10, left: 0, blocks: [overlaps(comparison)] },
      ...shared,
      { above: 10, left: 80, blocks: [{ block: 'legend', entries: [line('out', []), line('in', [6, 3])] }] },
      { left: 0, blocks: [degrees(one, other), weights(one, other)] },
    ],
  };
}
