import type { ChartConfiguration } from 'chart.js';
import type { PairedConnections } from '../connectome/comparison.js';
import { type ConnectomeComparison, compareConnectomes, pairConnections } from '../connectome/comparison.js';
import type { Connectome } from '../connectome/connectome.js';
import { font, type Pen, textWidth } from './canvas.js';
import {
  degreesChart,
  degreesOf,
  logarithmicAxis,
  panelLayout,
  survivalLine,
  weightBins,
} from './connectome-panels.js';
import { fitName, renderFigure } from './figure.js';
import { disc, layoutLegend, stroke } from './legend.js';
import { count, faded, ink, linearAxis, palette, textSize } from './theme.js';

const width = 960;
const half = width / 2;
const overlapHeight = 34;
const rowHeight = 360;
const colours = { both: palette.grey, first: palette.blue, second: palette.vermilion };
const diagonal = { colour: '#777777', dash: [5, 4] };

/** One bar a kind of thing, parted into what both have and what one has alone; the bar's length is their union. */
function drawOverlaps(pen: Pen, comparison: ConnectomeComparison, top: number): void {
  const rows = [
    ['cells', comparison.cells],
    ['classes', comparison.classes],
    ['chemical connections', comparison.chemical],
    ['gap junctions', comparison.gap],
  ] as const;
  const [left, right] = [190, 110];
  const room = width - left - right;
  pen.textBaseline = 'middle';
  for (const [i, [name, overlap]] of rows.entries()) {
    const y = top + i * overlapHeight;
    const middle = y + overlapHeight / 2 - 3;
    pen.font = font(textSize.label);
    pen.fillStyle = ink.text;
    pen.textAlign = 'right';
    pen.fillText(name, left - 10, middle);
    const all = overlap.both + overlap.first + overlap.second;
    let x = left;
    for (const part of ['first', 'both', 'second'] as const) {
      const long = all === 0 ? 0 : (room * overlap[part]) / all;
      pen.fillStyle = colours[part];
      pen.fillRect(x, y, long, overlapHeight - 6);
      const text = count(overlap[part]);
      if (textWidth(text, textSize.label) + 6 < long) {
        pen.fillStyle = part === 'both' ? ink.text : 'white';
        pen.textAlign = 'center';
        pen.fillText(text, x + long / 2, middle);
      }
      x += long;
    }
    pen.fillStyle = ink.muted;
    pen.textAlign = 'left';
    pen.fillText(
      all === 0 ? 'none' : `${Math.round(100 * overlap.jaccard)} % shared`,
      width - right + 10,
      middle,
    );
  }
}

/** Shared connections, weight against weight; where several coincide the disc's area tells how many. */
function sharedPanel(
  { both }: PairedConnections,
  one: Connectome,
  other: Connectome,
): ChartConfiguration<'scatter'> {
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
  const data = [...points.values()];
  const most = data.reduce((top, { many }) => Math.max(top, many), 1);
  const radius = (many: number) => Math.max(2, 13 * Math.sqrt(many / Math.max(most, 40)));
  const range = { min: low / 1.3, max: high * 1.3 };
  return {
    type: 'scatter',
    data: {
      datasets: [
        {
          data,
          pointRadius: data.map(({ many }) => radius(many)),
          pointBorderWidth: 0,
          pointBackgroundColor: faded(palette.purple, 0.75),
        },
        {
          data: [
            { x: range.min, y: range.min },
            { x: range.max, y: range.max },
          ],
          ...{ showLine: true, pointRadius: 0, borderWidth: 1 },
          ...{ borderColor: diagonal.colour, borderDash: diagonal.dash },
        },
      ],
    },
    options: {
      layout: panelLayout,
      scales: {
        x: logarithmicAxis(`weight in the first (${one.weightUnit})`, range),
        y: logarithmicAxis(`weight in the second (${other.weightUnit})`, range),
      },
    },
  } as ChartConfiguration<'scatter'>;
}

/** A share of fewer connections than this says little and is left out. */
const fewest = 5;

/** Of the connections of each weight, how many the other has: weak ones are often not shared. */
function foundPanel({ both, first, second }: PairedConnections): ChartConfiguration<'bar'> {
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
    type: 'bar',
    data: {
      labels,
      datasets: sides.map(({ shared, alone }, side) => {
        const [found, missing] = [tally(shared), tally(alone)];
        return {
          data: found.map((n, i) => (n + missing[i]! < fewest ? null : n / (n + missing[i]!))),
          backgroundColor: side === 0 ? colours.first : colours.second,
        };
      }),
    },
    options: {
      layout: panelLayout,
      scales: {
        x: {
          grid: { display: false },
          border: { color: ink.axis },
          title: {
            display: true,
            text: 'weight of the connection',
            color: ink.text,
            font: { size: textSize.axis },
          },
          ticks: { color: ink.text, font: { size: textSize.label }, maxRotation: 0, autoSkipPadding: 8 },
        },
        y: linearAxis('share that the other has', { min: 0, max: 1 }),
      },
    },
  };
}

function degreesPanel(one: Connectome, other: Connectome): ChartConfiguration<'scatter'> {
  const lines = (connectome: Connectome, colour: string) => {
    const degrees = degreesOf(connectome);
    return [survivalLine(degrees.out, colour), survivalLine(degrees.in, colour, [6, 3])];
  };
  return degreesChart([...lines(one, colours.first), ...lines(other, colours.second)]);
}

function weightsPanel(one: Connectome, other: Connectome): ChartConfiguration<'scatter'> {
  const units = [...new Set([one.weightUnit, other.weightUnit])].join(', ');
  return {
    type: 'scatter',
    data: {
      datasets: [
        survivalLine(one.chemical.weight, colours.first),
        survivalLine(other.chemical.weight, colours.second),
      ],
    },
    options: {
      layout: panelLayout,
      scales: {
        x: logarithmicAxis(`weight, this much or more (${units})`),
        y: linearAxis('share of chemical connections', { min: 0, max: 1 }),
      },
    },
  } as ChartConfiguration<'scatter'>;
}

/** What two connectomes share and where they differ, in one figure, as PNG. */
export function comparisonChart(one: Connectome, other: Connectome): Promise<Buffer> {
  const paired = pairConnections(one, other);
  const comparison = compareConnectomes(one, other, paired);
  const { signs, weightCorrelation } = comparison.chemical;
  const name = (connectome: Connectome) => fitName(connectome.id, half - 120, textSize.label);
  const line = (text: string, dash: number[]) => ({
    text,
    mark: stroke(ink.text, 24, 2.2, dash),
    markWidth: 24,
  });
  const legend = layoutLegend(
    [
      { text: `first: ${name(one)}`, mark: disc(5.5, colours.first, colours.first, 0) },
      { text: 'both', mark: disc(5.5, colours.both, colours.both, 0) },
      { text: `second: ${name(other)}`, mark: disc(5.5, colours.second, colours.second, 0) },
    ],
    width - 32,
  );
  const shared = layoutLegend(
    [
      { text: 'shared connections, by area', mark: disc(5.5, palette.purple, palette.purple, 0) },
      { text: 'equal', mark: stroke(diagonal.colour, 24, 1, diagonal.dash), markWidth: 24 },
    ],
    half - 32,
  );
  const directions = layoutLegend([line('out', []), line('in', [6, 3])], half - 32);
  const overlaps = legend.height + 16;
  const upper = overlaps + 4 * overlapHeight + 34;
  // Nothing can be said of connections in common where there are none.
  const lower = paired.both.length > 0 ? upper + rowHeight + 34 : upper;
  const at = (x: number, y: number) => ({ x, y, width: half, height: rowHeight });
  const agreement = [
    weightCorrelation === null
      ? 'too few are shared to correlate weights'
      : `weights of shared connections: r = ${weightCorrelation.toFixed(3).replace('-', '\u2212')} of log(1 + weight)`,
    ...(signs.compared > 0
      ? [`signs: ${count(signs.equal)} of ${count(signs.compared)} alike where both have one`]
      : []),
  ];
  return renderFigure({
    title: `${one.id} and ${other.id}`,
    subtitle: `Connections counted among the cells that both have; ${agreement.join('; ')}`,
    width,
    bodyHeight: lower + rowHeight,
    panels: [
      ...(lower > upper
        ? [
            { configuration: sharedPanel(paired, one, other), ...at(0, upper) },
            { configuration: foundPanel(paired), ...at(half, upper) },
          ]
        : []),
      { configuration: degreesPanel(one, other), ...at(0, lower) },
      { configuration: weightsPanel(one, other), ...at(half, lower) },
    ],
    draw: (pen) => {
      legend.draw(pen, 16, 6);
      drawOverlaps(pen, comparison, overlaps);
      if (lower > upper) shared.draw(pen, 80, upper - 24);
      directions.draw(pen, 80, lower - 24);
    },
  });
}
