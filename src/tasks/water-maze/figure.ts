import { type Arm, curvePanes, panelOver, seriesColour, seriesEntries } from '../../figure/curves.js';
import { type Figure, type FigureRow, rowOf } from '../../figure/figure.js';
import type { MapBlock, MapShape } from '../../figure/map.js';
import { disc } from '../../figure/marks.js';
import { faded, ink, palette, textSize } from '../../figure/theme.js';
import type { TaskFigure } from '../task.js';
import { goalRadius, obstacle, reach } from './maze.js';
import type { WaterMazeTrace } from './trace.js';

/** Trials whose ways are drawn in one map. */
const together = 4;
const mapSize = 168;

const places = (trace: WaterMazeTrace): MapShape[] => [
  {
    ...{ shape: 'rectangle', x: -reach, y: -reach, width: 2 * reach, height: 2 * reach },
    edge: { colour: ink.axis, width: 1.4 },
  },
  { shape: 'circle', x: 0, y: 0, radius: goalRadius, fill: faded(palette.green, 0.45) },
  ...(trace.obstacle ? obstacle : []).map(
    ({ west, east, south, north }): MapShape => ({
      ...{ shape: 'rectangle', x: west, y: south, width: east - west, height: north - south },
      fill: faded(palette.grey, 0.6),
    }),
  ),
];

function ways(trace: WaterMazeTrace, first: number, colour: string): MapBlock {
  const searches = trace.searches.slice(first, first + together);
  const edge = reach * 1.03;
  return {
    block: 'map',
    width: mapSize,
    height: mapSize,
    across: { low: -edge, high: edge },
    up: { low: -edge, high: edge },
    caption: { subtitle: `trials ${first + 1} to ${first + searches.length}` },
    room: { below: 8 },
    shapes: [
      ...places(trace),
      ...searches.flatMap(({ foundS, x, y }): MapShape[] => [
        { shape: 'path', x, y, colour: foundS >= 0 ? colour : palette.grey, lineWidth: 1.1 },
        { shape: 'mark', x: x[0]!, y: y[0]!, mark: disc(2.4, ink.text, ink.text) },
      ]),
    ],
  };
}

/** The ways of one condition's first agent, under the condition's name. */
function rows({ name, traces }: Arm<WaterMazeTrace>, colour: string): FigureRow[] {
  const trace = traces[0]!;
  const last = Math.max(0, trace.searches.length - together);
  const firsts = [...new Set([0, Math.round(last / 3), Math.round((2 * last) / 3), last])];
  return [
    rowOf({ block: 'words', text: name, size: textSize.label, bold: true, colour, height: 20 }),
    { gap: 16, blocks: firsts.map((first) => ways(trace, first, colour)) },
  ];
}

function figureOf(title: string, subtitle: string, arms: readonly Arm<WaterMazeTrace>[]): Figure {
  const panel = panelOver(arms);
  const longest = Math.max(...arms.flatMap(({ traces }) => traces.map(({ trialS }) => trialS)));
  const largest = ({ value }: WaterMazeTrace['searches'][number]) => Math.max(0, ...value);
  const panes = curvePanes(
    [
      panel('time to the goal (s)', 170, longest, ({ searches }) =>
        searches.map(({ foundS }) => (foundS >= 0 ? foundS : longest)),
      ),
      panel('highest value that the critic gives in a trial (rewards)', 90, 2, ({ searches }) =>
        searches.map(largest),
      ),
    ],
    [],
    'trial',
  );
  return {
    title,
    subtitle,
    width: 760,
    rows: [
      rowOf({ block: 'legend', entries: seriesEntries(arms.map(({ name }) => name)) }, 4),
      ...panes.map((pane) => rowOf(pane)),
      ...arms.flatMap((arm, i) => rows(arm, seriesColour(i))),
    ],
    bottom: 8,
  };
}

/** Times to the goal by trial, and ways. */
export const waterMazeFigure = {
  name: 'searches',
  lives: (before, after) =>
    figureOf(
      `Water maze: ${after[0]!.scenario}`,
      `score ${before[0]!.score.toFixed(3)} before evolution, ${after[0]!.score.toFixed(3)} after`,
      [
        { name: 'before evolution', traces: [before[0]!.trace] },
        { name: 'after', traces: [after[0]!.trace] },
      ],
    ),
  arms: (title: string, arms: readonly Arm<WaterMazeTrace>[]) =>
    figureOf(
      title,
      `mean of ${arms[0]!.traces.length} agents, shaded: ± SD; ways of the first agent, in grey where the goal was not found`,
      arms,
    ),
} satisfies TaskFigure<WaterMazeTrace>;
