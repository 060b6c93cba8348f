import { font, type Pen } from './canvas.js';
import type { Effect } from './effect.js';
import { fitText, renderFigure } from './figure.js';
import type { Inspection } from './inspection.js';
import { figures, ink, palette, textSize } from './theme.js';

const width = 900;
const left = 16;
const nameRoom = 360;
const right = 90;
const row = 25;
const heading = 44;

/** Effects drawn: the largest, and how many are left out. */
const mostEffects = 24;

interface Bar {
  name: string;
  value: number;
  /** Half a whisker's length, or its two ends. */
  ends?: readonly [number, number] | undefined;
  colour: string;
}

function scoreBars({ scores }: Inspection): Bar[] {
  const bar = (name: string, mean: number, colour: string, sd?: number): Bar => ({
    name,
    value: mean,
    colour,
    ends: sd === undefined ? undefined : [mean - sd, mean + sd],
  });
  const spread = (name: string, of: { mean: number; sd: number } | null, colour: string) =>
    of ? [bar(name, of.mean, colour, of.sd)] : [];
  return [
    bar('chance', scores.chance, palette.grey),
    ...spread('untrained', scores.untrained, palette.grey),
    ...spread('innate: plasticity off', scores.innate, palette.sky),
    ...spread('learned', scores.learned, palette.blue),
    ...spread('held-out scenarios', scores.heldOut, palette.green),
    bar('ceiling', scores.ceiling, palette.grey),
  ];
}

/** Bars or dots from 0, each with a name to the left and its value to the right; returns the height. */
function drawBars(pen: Pen, title: string, bars: readonly Bar[], top: number, dots: boolean): number {
  const finite = bars.flatMap(({ value, ends }) => [value, ...(ends ?? [])]).filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...finite), Math.max(0, ...finite)];
  const span = high - low || 1;
  const from = left + nameRoom;
  const room = width - right - from;
  const toX = (value: number) => from + (room * (value - low)) / span;
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  pen.fillStyle = ink.text;
  pen.font = font(textSize.axis, 'bold');
  pen.fillText(title, left, top + heading / 2);
  bars.forEach(({ name, value, ends, colour }, i) => {
    const y = top + heading + (i + 0.5) * row;
    pen.font = font(textSize.label);
    pen.fillStyle = ink.text;
    pen.textAlign = 'left';
    pen.fillText(fitText(name, nameRoom - 14, textSize.label), left, y);
    pen.textAlign = 'right';
    pen.fillText(Number.isFinite(value) ? figures(value) : 'broke down', width - 8, y);
    if (!Number.isFinite(value)) return;
    pen.fillStyle = colour;
    if (dots) {
      pen.beginPath();
      pen.arc(toX(value), y, 5, 0, 2 * Math.PI);
      pen.fill();
    } else pen.fillRect(Math.min(toX(0), toX(value)), y - 8, Math.abs(toX(value) - toX(0)), 16);
    if (!ends) return;
    pen.strokeStyle = dots ? colour : ink.axis;
    pen.lineWidth = dots ? 2.4 : 1.6;
    pen.beginPath();
    pen.moveTo(toX(ends[0]), y);
    pen.lineTo(toX(ends[1]), y);
    pen.stroke();
  });
  pen.strokeStyle = ink.axis;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(toX(0), top + heading);
  pen.lineTo(toX(0), top + heading + bars.length * row);
  pen.stroke();
  return heading + bars.length * row;
}

/** Effects from the largest on, whichever way they go. */
function largest(effects: readonly Effect[]): Effect[] {
  const size = ({ effect }: Effect) =>
    Number.isFinite(effect) ? Math.abs(effect) : Number.POSITIVE_INFINITY;
  return effects.toSorted((a, b) => size(b) - size(a)).slice(0, mostEffects);
}

const cell = { width: 120, height: 28 };

/** Blue where a modulator raises, vermilion where it lowers, the stronger the fuller. */
function drawGains(pen: Pen, { columns, rows }: Inspection['gains'], top: number): void {
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  pen.fillStyle = ink.text;
  pen.font = font(textSize.axis, 'bold');
  pen.fillText('Gain of each receptor by kind of cell (cells that have it)', left, top + heading / 2);
  pen.font = font(textSize.label);
  const from = left + nameRoom;
  const room = Math.min(cell.width, (width - from - 16) / Math.max(1, columns.length));
  columns.forEach((name, k) => {
    pen.textAlign = 'center';
    pen.fillText(fitText(name, room - 6, textSize.label), from + (k + 0.5) * room, top + heading + 0.5 * row);
  });
  rows.forEach(({ receptor, level, target, gains, cells }, i) => {
    const y = top + heading + row + i * cell.height;
    pen.textAlign = 'left';
    pen.fillStyle = ink.text;
    pen.fillText(
      fitText(`${receptor}: ${level} on ${target}`, nameRoom - 14, textSize.label),
      left,
      y + cell.height / 2,
    );
    // Gains are in the unit of what they act on, so each row has its own scale.
    const most = Math.max(1e-12, ...gains.map((gain) => Math.abs(gain ?? 0)));
    gains.forEach((gain, k) => {
      const x = from + k * room;
      pen.fillStyle = '#f4f4f4';
      if (gain !== null) {
        const share = Math.round(200 * (Math.abs(gain) / most)) + 15;
        pen.fillStyle = `${gain >= 0 ? palette.blue : palette.vermilion}${share.toString(16).padStart(2, '0')}`;
      }
      pen.fillRect(x + 1, y + 1, room - 2, cell.height - 2);
      pen.textAlign = 'center';
      pen.fillStyle = gain !== null && Math.abs(gain) > 0.55 * most ? '#ffffff' : ink.text;
      pen.fillText(
        gain === null ? '–' : fitText(`${figures(gain)} (${cells[k]})`, room - 6, textSize.label),
        x + room / 2,
        y + cell.height / 2,
      );
    });
  });
}

/** An inspection as a picture: scores, what each part is good for, and what modulators do to which cells. */
export function inspectionChart(title: string, inspection: Inspection): Promise<Buffer> {
  const scores = scoreBars(inspection);
  const shown = largest(inspection.ablations);
  const effects = shown.map(
    ({ what, effect, low, high, failed }): Bar => ({
      name: failed > 0 ? `${what} (${failed} broke down)` : what,
      value: effect,
      ends: [low, high],
      colour: low > 0 ? palette.blue : high < 0 ? palette.vermilion : palette.grey,
    }),
  );
  const { gains } = inspection;
  const scoreHeight = heading + scores.length * row;
  const effectHeight = effects.length > 0 ? heading + effects.length * row : 0;
  const gainHeight = gains.rows.length > 0 ? heading + row + gains.rows.length * cell.height : 0;
  const omitted = inspection.ablations.length - shown.length;
  const n = inspection.scores.learned.n;
  return renderFigure({
    title,
    subtitle: `${n} lives: ${inspection.scores.about}`,
    width,
    bodyHeight: scoreHeight + effectHeight + gainHeight + 24,
    panels: [],
    draw: (pen) => {
      drawBars(pen, 'Score (whiskers: ± SD over lives)', scores, 0, false);
      if (effects.length > 0) {
        const more = omitted > 0 ? `; ${omitted} smaller left out` : '';
        drawBars(pen, `What the score loses without (95 % interval${more})`, effects, scoreHeight, true);
      }
      if (gains.rows.length > 0) drawGains(pen, gains, scoreHeight + effectHeight);
    },
  });
}
