import { UserError } from '../spec/errors.js';
import { type Figure, type FigureRow, rowOf } from './figure.js';
import { stroke } from './marks.js';
import type { PaneBlock, PaneLayer } from './pane.js';
import type { Range } from './range.js';
import { faded, ink, seriesColours } from './theme.js';

/** Lives under one condition. */
export interface Arm<Trace = unknown> {
  name: string;
  traces: readonly Trace[];
}

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

/** The least of 1, 2 and 5 times a power of ten that none of these exceeds; 1 where none is above 0. */
export function roundAbove(values: readonly number[]): number {
  const most = Math.max(0, ...values);
  if (most === 0) return 1;
  const power = Number(`1e${most.toExponential().split('e')[1]}`);
  return power * [1, 2, 5, 10].find((times) => times * power >= most)!;
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
  const mean = new Float64Array(trials);
  const sd = new Float64Array(trials);
  for (let trial = 0; trial < trials; trial++) {
    for (const life of lives) mean[trial]! += life[trial]! / lives.length;
    let squares = 0;
    for (const life of lives) squares += (life[trial]! - mean[trial]!) * (life[trial]! - mean[trial]!);
    sd[trial] = lives.length > 1 ? Math.sqrt(squares / (lives.length - 1)) : 0;
  }
  return { mean, low: mean.map((m, t) => m - sd[t]!), high: mean.map((m, t) => m + sd[t]!) };
}

/** Things compared up to which bands are drawn: those of many would hide each other. */
const mostBands = 4;
/** Where colours come round again, lines are dashed. */
const dashOf = (compared: number) => (compared < seriesColours.length ? undefined : [6, 4]);

/** The colour of what is compared, by its number. */
export const seriesColour = (compared: number): string => seriesColours[compared % seriesColours.length]!;

/** A quantity of what is compared, as layers: means over lives as lines, with one SD to either side as a band. */
export function spreadLayers(compared: CurvePanel['values']): PaneLayer[] {
  const spreads = compared.map(spreadByTrial);
  const places = (values: Float64Array) => Array.from(values, (_, trial) => trial + 1);
  const bands = compared.flatMap((lives, i): PaneLayer[] => {
    if (lives.length < 2 || compared.length > mostBands) return [];
    const { mean, low, high } = spreads[i]!;
    return [
      {
        layer: 'band',
        places: places(mean),
        low: [...low],
        high: [...high],
        colour: faded(seriesColour(i), 0.18),
      },
    ];
  });
  const lines = spreads.map(
    ({ mean }, i): PaneLayer => ({
      layer: 'line',
      places: places(mean),
      values: [...mean],
      colour: seriesColour(i),
      lineWidth: 2,
      dash: dashOf(i),
    }),
  );
  return [...bands, ...lines];
}

/** The legend of what is compared. */
export const seriesEntries = (names: readonly string[]) =>
  names.map((text, i) => ({ text, mark: stroke(seriesColour(i), 22, 2.2, dashOf(i)) }));

/** Panes of quantities one above the other over the same trials. */
export function curvePanes(panels: readonly CurvePanel[], marks: readonly number[], below: string) {
  const trials = Math.max(0, ...panels.flatMap(({ values }) => values.flat().map(({ length }) => length)));
  return panels.map(({ title, range, height, values }, i): PaneBlock => {
    const last = i === panels.length - 1;
    return {
      block: 'pane',
      title,
      height,
      across: { low: 1, high: Math.max(2, trials) },
      up: range,
      ticksUp: height > 100 ? 6 : 3,
      ticksAcross: 9,
      ...(last ? { below } : { room: { below: 0 } }),
      layers: [
        { layer: 'rules', places: marks.map((trial) => trial + 0.5), colour: ink.muted },
        ...spreadLayers(values),
      ],
    };
  });
}

/**
 * Learning curves: quantities one above the other over the same trials, the mean over lives as a line and one standard
 * deviation to either side as a band. Throws UserError where there is no trial to draw.
 */
export function curvesFigure({ title, subtitle, names, panels, marks, below = 'trial' }: CurvesData): Figure {
  if (!panels.some(({ values }) => values.some((lives) => lives.some(({ length }) => length > 0)))) {
    throw new UserError(`"${title}": there is no trial to draw.`);
  }
  const legend: FigureRow = rowOf({ block: 'legend', entries: seriesEntries(names) }, 4);
  const panes = curvePanes(panels, marks, below);
  return {
    title,
    subtitle,
    width: 760,
    rows: [legend, ...panes.map((pane, i) => rowOf(pane, i === 0 ? 4 : 0))],
  };
}
