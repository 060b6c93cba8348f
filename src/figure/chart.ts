import type { Mark } from './marks.js';
import type { Room } from './pane.js';

export interface Point {
  x: number;
  y: number;
}

/** A chart with titled axes whose ticks are chosen by the drawing. */
export interface ChartBlock {
  block: 'chart';
  /** Of the whole chart, axes included; the rest of the figure's width where absent. */
  width?: number | undefined;
  /** The least; as high as its edge labels need. */
  height: number;
  /** Above the chart, in its middle. */
  title?: string | undefined;
  /** Free room around the chart; `chartRoom` where absent. Edge labels come on top. */
  room?: Partial<Room> | undefined;
  /** Of bars, the axis of their categories stands upright where they lie. */
  x: ChartAxis;
  y: ChartAxis;
  /** The first is drawn on top. */
  series: readonly ChartSeries[];
  /** Names of lines where they end. */
  edgeLabels?: readonly EdgeLabel[] | undefined;
  /** Words above the right end of a level. */
  levelName?: { text: string; value: number } | undefined;
  /** Dashed lines down the chart, with words beside their upper ends. */
  rules?: readonly ChartRule[] | undefined;
}

export const chartRoom: Readonly<Room> = { left: 12, right: 20, above: 8, below: 6 };

export interface LinearAxis {
  axis: 'linear';
  title: string;
  min?: number | undefined;
  max?: number | undefined;
  fromZero?: boolean | undefined;
  /** Room beyond the values, as a share of their range. */
  grace?: number | undefined;
  /** Ticks at whole numbers alone. */
  whole?: boolean | undefined;
  /** No tick at `min` and `max` where these are not round. */
  openEnds?: boolean | undefined;
  /** Least room between the words of two ticks. */
  tickGap?: number | undefined;
}

export interface LogarithmicAxis {
  axis: 'logarithmic';
  title: string;
  min?: number | undefined;
  max?: number | undefined;
  /** At 1, 2 and 5 times the powers of ten, or at these alone. */
  ticks: 'one-two-five' | 'powers';
}

export interface CategoryAxis {
  axis: 'categories';
  title?: string | undefined;
  names: readonly string[];
  /** A mark before each name. */
  marks?: readonly Mark[] | undefined;
  /** Names are left out where they would touch. */
  sparse?: boolean | undefined;
}

export type ChartAxis = LinearAxis | LogarithmicAxis | CategoryAxis;

export type ChartSeries =
  | {
      series: 'line';
      points: readonly Point[];
      colour: string;
      lineWidth: number;
      dash?: readonly number[] | undefined;
      /** A step holds until the next place, or begins there. */
      stepped?: 'before' | 'after' | undefined;
      /** Radius of a dot at each point; none where absent. */
      dots?: number | undefined;
      /** How far the line may reach beyond the axes. */
      overhang?: number | undefined;
    }
  /** The area between two lines over the same places. */
  | {
      series: 'band';
      low: readonly Point[];
      high: readonly Point[];
      fill: string;
      /** As of a line. */
      stepped?: 'before' | 'after' | undefined;
    }
  | {
      series: 'dots';
      points: readonly Point[];
      /** Of all, or of each. */
      radius: number | readonly number[];
      fill: string;
      edge?: { colour: string; width: number } | undefined;
      /** Dots on the axes are drawn whole. */
      whole?: boolean | undefined;
    }
  /** One bar a category; null leaves a gap. */
  | {
      series: 'bars';
      values: readonly (number | null)[];
      /** Of all, or of each. */
      colour: string | readonly string[];
      /** On top of the series before, or beside it. */
      stacked?: boolean | undefined;
      /** Share of its place that a bar fills. */
      fullness?: number | undefined;
    };

export interface ChartRule {
  /** Where it stands across. */
  at: number;
  text: string;
  colour: string;
}

/** A label at the right edge of a chart, level with a value on its upright axis. */
export interface EdgeLabel {
  value: number;
  /** Cut in the middle where it is too long. */
  name: string;
  /** Follows the name and is never cut. */
  figure: string;
  /** A second line, in normal weight. */
  note?: string | undefined;
  colour: string;
  /** How the line is dashed: shown where two lines share a colour. */
  dash?: readonly number[] | undefined;
}
