import type { Connectome } from '../../connectome/connectome.js';
import type { BarsBlock, NamedBar } from '../../figure/bars.js';
import type { ChartBlock, Point } from '../../figure/chart.js';
import { type Figure, type FigureRow, rowOf } from '../../figure/figure.js';
import { stroke } from '../../figure/marks.js';
import { count, ink, palette } from '../../figure/theme.js';
import type { PathPoint } from '../../inspect/attribution/elimination.js';
import type { SilencedCell, Silencing } from '../../inspect/attribution/silencing.js';
import type { Attribution, FreshLoss } from '../../inspect/attribution/types.js';
import type { UnitKind } from '../../inspect/attribution/units.js';
import { gainVerdict, largestFirst } from '../attribution.js';
import { changedWiring } from './changed-wiring.js';

const width = 960;
const chartWidth = 460;
const chartHeight = 340;
const nameWidth = 150;
const mostBars = 16;

const orders = {
  trained: { colour: palette.blue, dash: [] },
  crossed: { colour: palette.sky, dash: [7, 4] },
  fresh: { colour: palette.vermilion, dash: [] },
} as const;

const unitTitles: Record<UnitKind, string> = {
  gene: 'gene by gene',
  group: 'by groups of genes',
  class: 'by cell class',
  'class-pair': 'by pairs of cell classes',
};

/** Shares of the gain, in percent, by how many changes are left. */
function sharePoints(path: readonly PathPoint[]): Point[] {
  const [whole, start] = [path[0]!.score, path.at(-1)!.score];
  return path.map(({ kept, score }) => ({ x: kept, y: (100 * (score - start)) / (whole - start) })).reverse();
}

/** How much of the gain is left, by how many changes are; nothing where there is no gain. */
function pathChart({ trained, fresh, keep, tried }: Attribution): ChartBlock | undefined {
  const isGain = ([whole, ...path]: readonly PathPoint[]) => whole!.score > path.at(-1)!.score;
  const paths = [
    { path: fresh.order.path, ...orders.fresh },
    { path: trained.order.path, ...orders.trained },
    { path: fresh.trainedPath, ...orders.crossed },
  ].filter(({ path }) => isGain(path));
  if (paths.length === 0) return undefined;
  return {
    block: 'chart',
    width: chartWidth,
    height: chartHeight,
    x: { axis: 'linear', title: 'changes left', min: 0, max: tried, whole: true, openEnds: true },
    y: { axis: 'linear', title: 'share of the gain (%)' },
    series: [
      ...paths.map(({ path, colour, dash }) => ({
        series: 'line' as const,
        points: sharePoints(path),
        colour,
        dash,
        lineWidth: 2,
      })),
      {
        series: 'line',
        points: [
          { x: 0, y: 100 * keep },
          { x: tried, y: 100 * keep },
        ],
        colour: ink.muted,
        lineWidth: 1,
        dash: [3, 4],
      },
    ],
    levelName: { text: `${Number((100 * keep).toFixed(2))} %`, value: 100 * keep },
  };
}

const barOf = (name: string, { effect, low, high, failed }: FreshLoss): NamedBar => ({
  name: failed > 0 ? `${name} (${failed} broke down)` : name,
  value: effect,
  ends: [low, high],
  colour: low > 0 ? palette.blue : high < 0 ? palette.vermilion : palette.grey,
});

function lossBars(losses: readonly { name: string; fresh: FreshLoss }[], what: string): BarsBlock {
  const shown = largestFirst(losses, ({ fresh }) => fresh.effect).slice(0, mostBars);
  const omitted = losses.length - shown.length;
  return {
    block: 'bars',
    title: `Loss on fresh lives${omitted > 0 ? `; ${count(omitted)} smaller ${what} left out` : ''}`,
    nameWidth,
    dots: true,
    bars: shown.map(({ name, fresh }) => barOf(name, fresh)),
  };
}

function keptWords({ trained, fresh, tried }: Attribution): string {
  const of = (lives: string, changes: number | undefined) =>
    changes === undefined ? `no gain on ${lives}` : `${count(changes)} by ${lives}`;
  return `kept of ${count(tried)}: ${of('the trained life', trained.order.kept?.changes)}, ${of('fresh lives', fresh.order.kept?.changes)}`;
}

function attributionRows(found: Attribution): FigureRow[] {
  const chart = pathChart(found);
  const bars = lossBars(found.changes, 'changes');
  return [
    rowOf(
      {
        block: 'words',
        height: 24,
        text: `Put back ${unitTitles[found.by]}; ${keptWords(found)}`,
        size: 16,
        bold: true,
        colour: ink.text,
      },
      14,
    ),
    ...(chart
      ? [
          rowOf({
            block: 'legend',
            entries: [
              { text: 'order and score of the trained life', mark: stroke(orders.trained.colour, 24, 2) },
              {
                text: 'the same order, scored on fresh lives',
                mark: stroke(orders.crossed.colour, 24, 2, [7, 4]),
              },
              { text: 'order of fresh lives, scored on others', mark: stroke(orders.fresh.colour, 24, 2) },
            ],
          }),
        ]
      : []),
    { left: 8, gap: 12, blocks: chart ? [chart, bars] : [bars] },
  ];
}

const cellName = ({ name, spikes }: SilencedCell) => `${name} (${count(spikes)} spikes)`;

function silencingRows(found: Silencing): FigureRow[] {
  const losses = found.silenced.map((cell) => ({ name: cellName(cell), fresh: cell.fresh }));
  return [
    rowOf(
      {
        block: 'words',
        height: 24,
        text: `Each of ${count(found.silenced.length)} cells silenced alone`,
        size: 16,
        bold: true,
        colour: ink.text,
      },
      14,
    ),
    rowOf({ ...lossBars(losses, 'ones'), nameWidth: 220 }),
  ];
}

/**
 * What of the gain each change carries: how much is left by how many changes are, the largest losses, on a connectome the
 * changed synapses between their cells, and the cells without which the score falls most.
 */
export function attributionFigure(input: {
  run: string;
  attributions: readonly Attribution[];
  silencing?: Silencing | undefined;
  /** Where changes are of its synapses. */
  connectome?: Connectome | undefined;
}): Figure {
  const { run, attributions, silencing, connectome } = input;
  const [first] = attributions;
  const ofSynapses = attributions.find(({ by }) => by === 'gene');
  const wiring = connectome && ofSynapses ? changedWiring(connectome, ofSynapses, silencing) : [];
  return {
    title: `What evolution changed in the champion of ${run}`,
    subtitle: first
      ? `${gainVerdict(first.fresh.gain)}; ${first.fresh.about}; bars: 95 %, all of a list at once`
      : `${silencing!.fresh.n} fresh lives: ${silencing!.fresh.about}`,
    width,
    rows: [
      ...attributions.flatMap(attributionRows),
      ...wiring,
      ...(silencing ? silencingRows(silencing) : []),
    ],
    bottom: 24,
  };
}
