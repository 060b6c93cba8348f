import type { LegendEntry } from './marks.js';
import type { Range } from './range.js';

/** A plot over one scale across and one scale up, with its title above it at the left. */
export interface PaneBlock {
  block: 'pane';
  /** Of the whole block; the rest of the figure's width where absent. */
  width?: number | undefined;
  /** Of the plot within its frame. */
  height: number;
  /** Around the plot's frame; `paneRoom` where absent, and less below a pane without figures there. */
  room?: Partial<Room> | undefined;
  /** What goes up, with its unit. */
  title: string;
  /** What goes across, with its unit; without it there are no figures below the plot either. */
  below?: string | undefined;
  /** Marks that stand after the title. */
  key?: readonly LegendEntry[] | undefined;
  /** Values at the frame's edges. */
  across: Range;
  up: Range;
  /** Round values beside each scale, at most. */
  ticksUp: number;
  ticksAcross: number;
  /** The first is drawn first. */
  layers: readonly PaneLayer[];
}

export interface Room {
  left: number;
  right: number;
  above: number;
  below: number;
}

/** Room around a plot for its title, its figures, and what it shows across. */
export const paneRoom: Readonly<Room> = { left: 48, right: 24, above: 34, below: 50 };

/** One thing that a plot shows. Lists of one layer are of one length. */
export type PaneLayer =
  /** A line through values at ascending places; what lies outside the frame is drawn at its edge. */
  | {
      layer: 'line';
      places: readonly number[];
      values: readonly number[];
      colour: string;
      lineWidth: number;
      dash?: readonly number[] | undefined;
    }
  /** The area between two lines at ascending places. */
  | {
      layer: 'band';
      places: readonly number[];
      low: readonly number[];
      high: readonly number[];
      colour: string;
    }
  /** Dashed lines down the plot. */
  | { layer: 'rules'; places: readonly number[]; colour: string }
  /** Small squares, such as the spikes of a raster. */
  | {
      layer: 'dots';
      places: readonly number[];
      values: readonly number[];
      colour: string;
      size: number;
    }
  /** Short strokes above the frame, such as the spikes of one cell. */
  | { layer: 'strokes'; places: readonly number[]; colour: string };
