import { UserError } from '../spec/errors.js';
import { arenas } from '../tasks/navigation/arena.js';
import type { NavigationTrace } from '../tasks/navigation/trace.js';
import { font, type Pen } from './canvas.js';
import { runningMean, spreadByTrial } from './curves-chart.js';
import { fitText, renderFigure } from './figure.js';
import { disc, type LegendEntry, layoutLegend, stroke } from './legend.js';
import { drawAxes, drawBand, drawRules, drawTrace, type Pane } from './pane.js';
import type { Arm } from './relive.js';
import { faded, ink, palette, seriesColours, textSize } from './theme.js';

type Searches = NavigationTrace['searches'];

const width = 760;
const left = 16;
const plotLeft = 64;
const plotWidth = width - plotLeft - 24;
const titleRoom = 34;
const axisRoom = 52;
/** Trials over which a share is taken. */
const smoothing = 10;
/** Paths of so many trials are drawn together. */
const together = 4;
const arenaSize = 168;
const arenaGap = 16;
const captionRoom = 44;

/** Stretches of trials whose paths are drawn: the first and the last, and around the move or between the two. */
function stretches({ moved, searches }: NavigationTrace): number[] {
  const last = Math.max(0, searches.length - together);
  const between = [Math.round(last / 3), Math.round((2 * last) / 3)];
  const around = moved < searches.length ? [Math.max(0, moved - together), moved] : between;
  return [...new Set([0, ...around, last])];
}

const curves: readonly { title: string; height: number; of: (searches: Searches) => number[] }[] = [
  {
    title: `rewarded (share of the last ${smoothing} trials)`,
    height: 170,
    of: (searches) => searches.map(({ foundMs }) => (foundMs >= 0 ? 1 : 0)),
  },
  {
    title: `visits to the other place (share of the last ${smoothing})`,
    height: 90,
    of: (searches) => searches.map(({ wrongMs }) => (wrongMs >= 0 ? 1 : 0)),
  },
];

/** Paths of some searches in their arena: rewarded ones in colour. */
function drawArena(pen: Pen, { arena, goals }: NavigationTrace, searches: Searches, colour: string): void {
  const { reach, goalRadius } = arenas[arena];
  const scale = arenaSize / 2 / (reach * 1.03);
  const place = (x: number, y: number) => [arenaSize / 2 + x * scale, arenaSize / 2 - y * scale] as const;
  const circle = (x: number, y: number, radius: number) => {
    pen.beginPath();
    pen.arc(...place(x, y), radius * scale, 0, 2 * Math.PI);
  };
  pen.save();
  pen.lineWidth = 1.4;
  pen.strokeStyle = ink.axis;
  if (arena === 'disc') {
    circle(0, 0, reach);
    pen.stroke();
  } else pen.strokeRect(...place(-reach, reach), 2 * reach * scale, 2 * reach * scale);
  const rewarded = searches[0]!.goal;
  goals.forEach(([x, y], goal) => {
    circle(x, y, goalRadius);
    if (goal === rewarded) {
      pen.fillStyle = faded(palette.green, 0.45);
      pen.fill();
    } else {
      pen.strokeStyle = palette.grey;
      pen.stroke();
    }
  });
  pen.lineWidth = 1.1;
  for (const { foundMs, x, y } of searches) {
    pen.beginPath();
    x.forEach((east, i) => {
      pen.lineTo(...place(east, y[i]!));
    });
    pen.strokeStyle = foundMs >= 0 ? colour : palette.grey;
    pen.stroke();
    disc(2.4, ink.text, ink.text)(pen, ...place(x[0]!, y[0]!));
  }
  pen.restore();
}

/**
 * How conditions learn to find the reward, and how the first agent of each went: shares by trial, the mean over agents as
 * a line and one standard deviation to either side as a band; below, paths of some trials. Throws UserError where there is
 * no trial to draw.
 */
export function navigationChart(data: {
  title: string;
  subtitle: string;
  arms: readonly Arm<NavigationTrace>[];
}): Promise<Buffer> {
  const { title, subtitle, arms } = data;
  const trials = Math.max(0, ...arms.flatMap(({ traces }) => traces.map(({ searches }) => searches.length)));
  if (trials === 0) throw new UserError(`"${title}": there is no trial to draw.`);
  const colourOf = (of: number) => seriesColours[of % seriesColours.length]!;
  const legend = layoutLegend(
    [
      ...arms.map(
        ({ name }, of): LegendEntry => ({
          text: name,
          mark: stroke(colourOf(of), 22, 2.2),
          markWidth: 22,
        }),
      ),
      { text: 'reward', mark: disc(6, faded(palette.green, 0.45), palette.green, 0) },
      { text: 'the other place', mark: disc(6, 'white', palette.grey) },
      { text: 'path without reward', mark: stroke(palette.grey, 22, 1.6), markWidth: 22 },
    ],
    width - 2 * left,
  );
  const at = Float64Array.from({ length: trials }, (_, trial) => trial + 1);
  let y = legend.height + 8;
  const panes = curves.map(({ height }): Pane => {
    const pane = {
      x: plotLeft,
      y: y + titleRoom,
      width: plotWidth,
      height,
      across: { low: 1, high: Math.max(2, trials) },
      up: { low: 0, high: 1 },
    };
    y += titleRoom + height;
    return pane;
  });
  const pathsTop = y + axisRoom;
  const rowHeight = captionRoom + arenaSize + 8;
  const draw = (pen: Pen) => {
    legend.draw(pen, left, 4);
    panes.forEach((pane, i) => {
      const below = i === panes.length - 1 ? { below: 'trial' } : {};
      drawAxes(
        pen,
        pane,
        { title: curves[i]!.title, ticksUp: pane.height > 100 ? 6 : 3, ticksAcross: 9, ...below },
        left,
      );
      const moves = new Set(arms.flatMap(({ traces }) => traces.map(({ moved }) => moved)));
      drawRules(
        pen,
        pane,
        [...moves].filter((moved) => moved < trials).map((moved) => moved + 0.5),
        ink.muted,
      );
      const spreads = arms.map(({ traces }) =>
        spreadByTrial(traces.map(({ searches }) => runningMean(curves[i]!.of(searches), smoothing))),
      );
      arms.forEach(({ traces }, of) => {
        if (traces.length > 1) drawBand(pen, pane, at, spreads[of]!, faded(colourOf(of), 0.18));
      });
      spreads.forEach(({ mean }, of) => {
        drawTrace(pen, pane, at, mean, colourOf(of), 2);
      });
    });
    arms.forEach(({ name, traces }, of) => {
      const trace = traces[0]!;
      const top = pathsTop + of * rowHeight;
      pen.textAlign = 'left';
      pen.textBaseline = 'top';
      pen.fillStyle = colourOf(of);
      pen.font = font(textSize.label, 'bold');
      pen.fillText(fitText(name, width - 2 * left, textSize.label, 'bold'), left, top);
      stretches(trace).forEach((first, column) => {
        const x = left + column * (arenaSize + arenaGap);
        const some = trace.searches.slice(first, first + together);
        pen.fillStyle = ink.muted;
        pen.font = font(textSize.label);
        pen.fillText(`trials ${first + 1} to ${first + some.length}`, x, top + 20);
        pen.save();
        pen.translate(x, top + captionRoom);
        drawArena(pen, trace, some, colourOf(of));
        pen.restore();
      });
    });
  };
  const bodyHeight = pathsTop + arms.length * rowHeight + 8;
  return renderFigure({ title, subtitle, width, bodyHeight, panels: [], draw });
}
