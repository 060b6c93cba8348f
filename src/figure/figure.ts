import type { BarsBlock, CellsBlock, SharesBlock } from './bars.js';
import type { ChartBlock } from './chart.js';
import type { GlimpseBlock } from './glimpse.js';
import type { MapBlock } from './map.js';
import type { LegendEntry } from './marks.js';
import type { PaneBlock } from './pane.js';
import type { StripsBlock } from './strips.js';

/**
 * A picture as plain data: it can be written as JSON, and whoever draws it needs nothing else. Lengths are in units of
 * layout (a figure 640 wide is printed 85 mm wide), colours are those of `theme.ts`, and values that are not finite leave
 * a gap. What depends on the width of words is left to the drawing: legends break into lines and headings wrap.
 */
export interface Figure {
  title?: string | undefined;
  subtitle?: string | undefined;
  width: number;
  /** From top to bottom. */
  rows: readonly FigureRow[];
  /** Room under the last row; none where absent. */
  bottom?: number | undefined;
}

/** Blocks side by side, their upper edges level. The row is as high as the highest. */
export interface FigureRow {
  /** Room above the row; none where absent. */
  above?: number | undefined;
  /** Where the first block begins; the figure's margin where absent. */
  left?: number | undefined;
  /** Room between two blocks; none where absent. */
  gap?: number | undefined;
  blocks: readonly Block[];
}

export type Block =
  | LegendBlock
  | WordsBlock
  | PaneBlock
  | MapBlock
  | ChartBlock
  | BarsBlock
  | SharesBlock
  | CellsBlock
  | StripsBlock
  | GlimpseBlock;

/** Marks and what they stand for, in as many lines as the width asks for. */
export interface LegendBlock {
  block: 'legend';
  /** The rest of the figure's width, less the margin, where absent. */
  width?: number | undefined;
  entries: readonly LegendEntry[];
}

/** One line of words, which is cut where it is too long. */
export interface WordsBlock {
  block: 'words';
  /** The rest of the figure's width, less the margin, where absent. */
  width?: number | undefined;
  /** From the upper edge of the words to the row's end. */
  height: number;
  text: string;
  size: number;
  colour: string;
  bold?: boolean | undefined;
  align?: 'left' | 'center' | 'right' | undefined;
  /** Halfway down the height, in place of at its top. */
  middle?: boolean | undefined;
}

/** What a figure keeps free at its sides. */
export const figureMargin = 16;

/** A row of one block. */
export const rowOf = (block: Block, above = 0): FigureRow => ({ above, blocks: [block] });
