import { spreadOf } from '../math/statistics.js';
import { UserError } from '../spec/errors.js';
import type { Pen } from './canvas.js';
import { renderFigure } from './figure.js';
import { type LegendEntry, layoutLegend, stroke } from './legend.js';
import { drawAxes, drawBand, drawRules, drawTrace, type Pane, type Range } from './pane.js';
import type { Arm } from './relive.js';
import { faded, ink, seriesColours } from './theme.js';

/** One quantity over the trials of some lives, for each of what is compared. */
export interface CurvePanel {
  /** With its unit. */
  title: string;
  range: Range;
  height: number;
  /** `[compared][lives][trials]`; lives of one length */
  values: readonly (readonly Readonly<ArrayLike<number>>[])[];
}

export interface CurvesData {
  title: string;
  subtitle?: string | undefined;
  /** What is compared: the names of the colours. */
  names: readonly string[];
  panels: readonly CurvePanel[];
  /** Trials at which something changed. */
  marks: readonly number[];
  /** What the values follow each other by; trials where absent. */
  below?: string;
}

/** Mean of the values up to each, so many back. */
export function runningMean(values: readonly number[], over: number): Float64Array {
  let sum = 0;
  return Float64Array.from(values, (value, i) => {
    sum += value - (i >= over ? values[i - over]! : 0);
    return sum / Math.min(over, i + 1);
  });
}

/** Makes panels of what the traces of some conditions hold, from 0 up. */
export const panelOver =
  <Trace>(arms: readonly Arm<Trace>[]) =>
  (title: string, height: number, high: number, of: (trace: Trace) => ArrayLike<number>): CurvePanel => ({
    title,
    height,
    range: { low: 0, high },
    values: arms.map(({ traces }) => traces.map(of)),
  });

/** Mean and standard deviation over lives, trial by trial. */
export function spreadByTrial(lives: readonly Readonly<ArrayLike<number>>[]) {
  const trials = lives[0]?.length ?? 0;
  const spreads = Array.from({ length: trials }, (_, trial) => spreadOf(lives.map((life) => life[trial]!)));
  return {
    mean: Float64Array.from(spreads, ({ mean }) => mean),
    low: Float64Array.from(spreads, ({ mean, sd }) => mean - sd),
    high: Float64Array.from(spreads, ({ mean, sd }) => mean + sd),
  };
}

const width = 760;
const left = 16;
const plotLeft = 64;
const plotWidth = width - plotLeft - 24;
const titleRoom = 34;
const axisRoom = 50;
/** Things compared up to which bands are drawn. */
const mostBands = 4;

/**
 * Learning curves: quantities one above the other over the same trials, the mean over lives as a line and one standard
 * deviation to either side as a band. Throws UserError where there is no trial to draw.
 */
export async function curvesChart({
  title,
  subtitle,
  names,
  panels,
  marks,
  below = 'trial',
}: CurvesData): Promise<Buffer> {
  const trials = Math.max(0, ...panels.flatMap(({ values }) => values.flat().map(({ length }) => length)));
  if (trials === 0) throw new UserError(`"${title}": there is no trial to draw.`);
  const at = Float64Array.from({ length: trials }, (_, trial) => trial + 1);
  const colourOf = (of: number) => seriesColours[of % seriesColours.length]!;
  // Where colours come round again lines are dashed, and bands of many would hide each other.
  const dashOf = (of: number) => (of < seriesColours.length ? [] : [6, 4]);
  const banded = names.length <= mostBands;
  const entries = names.map(
    (text, of): LegendEntry => ({ text, mark: stroke(colourOf(of), 22, 2.2, dashOf(of)), markWidth: 22 }),
  );
  const legend = layoutLegend(entries, width - 2 * left);
  let y = legend.height + 8;
  const placed = panels.map((panel) => {
    const pane: Pane = {
      x: plotLeft,
      y: y + titleRoom,
      width: plotWidth,
      height: panel.height,
      across: { low: 1, high: Math.max(2, trials) },
      up: panel.range,
    };
    y += titleRoom + panel.height;
    return { panel, pane };
  });
  const draw = (pen: Pen) => {
    legend.draw(pen, left, 4);
    placed.forEach(({ panel, pane }, i) => {
      const last = i === placed.length - 1;
      drawAxes(
        pen,
        pane,
        {
          title: panel.title,
          ticksUp: panel.height > 100 ? 6 : 3,
          ticksAcross: 9,
          ...(last ? { below } : {}),
        },
        left,
      );
      drawRules(
        pen,
        pane,
        marks.map((trial) => trial + 0.5),
        ink.muted,
      );
      const spreads = panel.values.map(spreadByTrial);
      panel.values.forEach((lives, of) => {
        if (banded && lives.length > 1) drawBand(pen, pane, at, spreads[of]!, faded(colourOf(of), 0.18));
      });
      spreads.forEach(({ mean }, of) => {
        pen.save();
        pen.setLineDash(dashOf(of));
        drawTrace(pen, pane, at, mean, colourOf(of), 2);
        pen.restore();
      });
    });
  };
  return renderFigure({ title, subtitle, width, bodyHeight: y + axisRoom, panels: [], draw });
}
