import {
  type Arm,
  type CurvePanel,
  curvePanes,
  panelOver,
  runningMean,
  seriesColour,
  seriesEntries,
} from '../../figure/curves.js';
import { type Figure, type FigureRow, rowOf } from '../../figure/figure.js';
import type { MapBlock, MapShape } from '../../figure/map.js';
import { disc, type LegendEntry, stroke } from '../../figure/marks.js';
import { faded, ink, palette, textSize } from '../../figure/theme.js';
import { UserError } from '../../spec/errors.js';
import type { TaskFigure } from '../task.js';
import { arenas } from './arena.js';
import type { NavigationTrace } from './trace.js';

type Searches = NavigationTrace['searches'];

/** Trials over which a share is taken. */
const smoothing = 10;
/** Paths of so many trials are drawn together. */
const together = 4;
const arenaSize = 168;

/** Stretches of trials whose paths are drawn: the first and the last, and around the move or between the two. */
function stretches({ moved, searches }: NavigationTrace): number[] {
  const last = Math.max(0, searches.length - together);
  const between = [Math.round(last / 3), Math.round((2 * last) / 3)];
  const around = moved < searches.length ? [Math.max(0, moved - together), moved] : between;
  return [...new Set([0, ...around, last])];
}

const panelsOf = (arms: readonly Arm<NavigationTrace>[]): CurvePanel[] => {
  const panel = panelOver(arms);
  const share = (which: 'foundMs' | 'wrongMs') => (trace: NavigationTrace) =>
    runningMean(
      trace.searches.map((search) => (search[which] >= 0 ? 1 : 0)),
      smoothing,
    );
  return [
    panel(`rewarded (share of the last ${smoothing} trials)`, 170, 1, share('foundMs')),
    panel(`visits to the other place (share of the last ${smoothing})`, 90, 1, share('wrongMs')),
  ];
};

/** The arena with its places: the rewarded one in green. */
function places({ arena, goals }: NavigationTrace, rewarded: number): MapShape[] {
  const { reach, goalRadius } = arenas[arena];
  const edge = { colour: ink.axis, width: 1.4 };
  const size = 2 * reach;
  return [
    arena === 'disc'
      ? { shape: 'circle', x: 0, y: 0, radius: reach, edge }
      : { shape: 'rectangle', x: -reach, y: -reach, width: size, height: size, edge },
    ...goals.map(
      ([x, y], goal): MapShape => ({
        shape: 'circle',
        x,
        y,
        radius: goalRadius,
        ...(goal === rewarded
          ? { fill: faded(palette.green, 0.45) }
          : { edge: { colour: palette.grey, width: 1.4 } }),
      }),
    ),
  ];
}

/** Paths of some searches in their arena: rewarded ones in colour. */
function searchesMap(trace: NavigationTrace, first: number, colour: string): MapBlock {
  const searches: Searches = trace.searches.slice(first, first + together);
  const reach = arenas[trace.arena].reach * 1.03;
  return {
    block: 'map',
    width: arenaSize,
    height: arenaSize,
    across: { low: -reach, high: reach },
    up: { low: -reach, high: reach },
    caption: { subtitle: `trials ${first + 1} to ${first + searches.length}` },
    room: { below: 8 },
    shapes: [
      ...places(trace, searches[0]!.goal),
      ...searches.flatMap(({ foundMs, x, y }): MapShape[] => [
        { shape: 'path', x, y, colour: foundMs >= 0 ? colour : palette.grey, lineWidth: 1.1 },
        { shape: 'mark', x: x[0]!, y: y[0]!, mark: disc(2.4, ink.text, ink.text) },
      ]),
    ],
  };
}

/** The paths of one condition's first agent, under the condition's name. */
function pathRows({ name, traces }: Arm<NavigationTrace>, colour: string): FigureRow[] {
  const trace = traces[0]!;
  return [
    rowOf({ block: 'words', text: name, size: textSize.label, bold: true, colour, height: 20 }),
    { gap: 16, blocks: stretches(trace).map((first) => searchesMap(trace, first, colour)) },
  ];
}

/**
 * How conditions learn to find the reward, and how the first agent of each went: shares by trial, the mean over agents as
 * a line and one standard deviation to either side as a band; below, paths of some trials. Throws UserError where there is
 * no trial to draw.
 */
export function searchesFigure({
  title,
  subtitle,
  arms,
}: {
  title: string;
  subtitle: string;
  arms: readonly Arm<NavigationTrace>[];
}): Figure {
  const lengths = arms.flatMap(({ traces }) => traces.map(({ searches }) => searches.length));
  const trials = Math.max(0, ...lengths);
  if (trials === 0) throw new UserError(`"${title}": there is no trial to draw.`);
  const entries: LegendEntry[] = [
    ...seriesEntries(arms.map(({ name }) => name)),
    { text: 'reward', mark: disc(6, faded(palette.green, 0.45)) },
    { text: 'the other place', mark: disc(6, 'white', palette.grey) },
    { text: 'path without reward', mark: stroke(palette.grey, 22, 1.6) },
  ];
  const moves = new Set(arms.flatMap(({ traces }) => traces.map(({ moved }) => moved)));
  const panes = curvePanes(
    panelsOf(arms),
    [...moves].filter((moved) => moved < trials),
    'trial',
  );
  return {
    title,
    subtitle,
    width: 760,
    rows: [
      rowOf({ block: 'legend', entries }, 4),
      ...panes.map((pane, i) => rowOf(pane, i === 0 ? 4 : 0)),
      ...arms.flatMap((arm, i) => pathRows(arm, seriesColour(i))),
    ],
    bottom: 8,
  };
}

const dashed = ({ moved, searches }: NavigationTrace) =>
  moved < searches.length ? '; dashed: the reward is moved' : '';

/** Rewards by trial, and paths. */
export const navigationFigure = {
  name: 'searches',
  lives: (before, after) => {
    const [first, last] = [before[0]!, after[0]!];
    return searchesFigure({
      title: `Navigation: ${last.scenario}`,
      subtitle: `score ${first.score.toFixed(3)} before evolution, ${last.score.toFixed(3)} after${dashed(last.trace)}`,
      arms: [
        { name: 'before evolution', traces: [first.trace] },
        { name: 'after', traces: [last.trace] },
      ],
    });
  },
  arms: (title: string, arms: readonly Arm<NavigationTrace>[]) =>
    searchesFigure({
      title,
      subtitle: `mean of ${arms[0]!.traces.length} agents, shaded: ± SD${dashed(arms[0]!.traces[0]!)}; paths of the first agent`,
      arms,
    }),
} satisfies TaskFigure<NavigationTrace>;
