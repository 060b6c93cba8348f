import type { Mark } from './marks.js';
import type { Room } from './pane.js';
import type { Range } from './range.js';

/** A world seen from above, at one scale in both directions. */
export interface MapBlock {
  block: 'map';
  /** Of what is mapped; room, caption and axes come on top. */
  width: number;
  height: number;
  /** Coordinates at the left and the right edge. */
  across: Range;
  /** Coordinates at the bottom and the top edge; `low` above `high` where they grow downwards. */
  up: Range;
  /** Around what is mapped, axes included; none where absent. */
  room?: Partial<Room> | undefined;
  /** Words above: a title in bold, and a line in muted ink. */
  caption?: { title?: string | undefined; subtitle: string } | undefined;
  /** Scales at the left and below; their figures stand in the room. */
  axes?: { x?: MapAxis | undefined; y?: MapAxis | undefined } | undefined;
  /** The first is drawn first. Coordinates are the world's, widths of lines and marks are in units of layout. */
  shapes: readonly MapShape[];
}

export interface MapAxis {
  title: string;
  /** From one figure to the next. */
  step: number;
}

export interface Edge {
  colour: string;
  width: number;
}

export type MapShape =
  | {
      shape: 'circle';
      x: number;
      y: number;
      radius: number;
      fill?: string | undefined;
      edge?: Edge | undefined;
    }
  /** From its corner of least x and least y. */
  | {
      shape: 'rectangle';
      x: number;
      y: number;
      width: number;
      height: number;
      fill?: string | undefined;
      edge?: Edge | undefined;
    }
  | { shape: 'path'; x: readonly number[]; y: readonly number[]; colour: string; lineWidth: number }
  /** A path in the colours of time; these run to `lastStep`, which may lie beyond the path's own end. */
  | { shape: 'timed-path'; x: readonly number[]; y: readonly number[]; lastStep: number; lineWidth: number }
  /** Squares by their corners of least x and y; `size` is in units of layout. */
  | { shape: 'squares'; x: readonly number[]; y: readonly number[]; size: number; fill: string }
  /** Words about a place; `turned`: written upwards. */
  | {
      shape: 'words';
      x: number;
      y: number;
      text: string;
      size: number;
      colour: string;
      align?: 'left' | 'center' | 'right' | undefined;
      turned?: boolean | undefined;
    }
  | { shape: 'mark'; x: number; y: number; mark: Mark };
