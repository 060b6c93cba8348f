import { extname, join, resolve } from 'node:path';
import type { BarsBlock, CellsBlock, SharesBlock } from '../figure/bars.js';
import { type Block, type Figure, type FigureRow, figureMargin } from '../figure/figure.js';
import { paneRoom } from '../figure/pane.js';
import type { StripsBlock } from '../figure/strips.js';
import { ink, textSize } from '../figure/theme.js';
import { UsageError } from '../spec/errors.js';
import { replaceFile } from '../store/files.js';
import { barsHeight, cellsHeight, drawBars, drawCells, drawShares, sharesHeight } from './bars.js';
import { font, openDrawing, type Pen } from './canvas.js';
import { chartConfiguration, chartHeight } from './chart.js';
import { drawGlimpse, glimpseHeight } from './glimpse.js';
import { layoutLegend } from './legend.js';
import { drawMap, sizeOfMap } from './map.js';
import { drawPane } from './pane.js';
import { drawStrips, stripsHeight } from './strips.js';
import { type PictureFormat, pictureFormats, renderSurface, type Surface } from './surface.js';
import { fitText, wrapText } from './text.js';

/** A block whose size is known, and how it is drawn with its upper left corner at (x, y). */
interface Placed {
  width: number;
  height: number;
  draw(surface: Surface, x: number, y: number): void | Promise<void>;
}

/** Takes the block's measure; `rest` is the width from where it begins to the figure's right edge. */
function measure(block: Block, rest: number): Placed {
  switch (block.block) {
    case 'legend': {
      const width = block.width ?? rest - figureMargin;
      const { height, draw } = layoutLegend(block.entries, width);
      return { width, height, draw: ({ pen }, x, y) => draw(pen, x, y) };
    }
    case 'words': {
      const width = block.width ?? rest - figureMargin;
      return { width, height: block.height, draw: ({ pen }, x, y) => drawWords(pen, block, x, y, width) };
    }
    case 'pane': {
      const width = block.width ?? rest;
      const { left, right, above, below } = { ...paneRoom, ...block.room };
      return {
        width,
        height: above + block.height + below,
        draw: ({ pen }, x, y) => {
          const frame = { x: x + left, y: y + above, width: width - left - right, height: block.height };
          drawPane(pen, block, { ...frame, across: block.across, up: block.up }, x);
        },
      };
    }
    case 'map':
      return { ...sizeOfMap(block), draw: (surface, x, y) => drawMap(surface, block, x, y) };
    case 'chart': {
      const size = { width: block.width ?? rest, height: chartHeight(block) };
      return { ...size, draw: ({ chart }, x, y) => chart(chartConfiguration(block), x, y, size) };
    }
    case 'glimpse': {
      const { width } = block;
      return { width, height: glimpseHeight, draw: ({ pen }, x, y) => drawGlimpse(pen, block, x, y) };
    }
    default:
      return measureBars(block, rest);
  }
}

/** Takes the measure of blocks that fill the width. */
function measureBars(block: BarsBlock | SharesBlock | CellsBlock | StripsBlock, rest: number): Placed {
  switch (block.block) {
    case 'bars': {
      const width = rest - figureMargin;
      const height = barsHeight(block);
      return { width, height, draw: ({ pen }, x, y) => drawBars(pen, block, x, y, width) };
    }
    case 'shares':
      return {
        width: rest,
        height: sharesHeight(block),
        draw: ({ pen }, x, y) => drawShares(pen, block, x, y, rest),
      };
    case 'strips': {
      const width = rest - figureMargin;
      const height = stripsHeight(block);
      return { width, height, draw: ({ pen }, x, y) => drawStrips(pen, block, x, y, width) };
    }
    case 'cells': {
      const width = rest - figureMargin;
      const height = cellsHeight(block);
      return { width, height, draw: ({ pen }, x, y) => drawCells(pen, block, x, y, width) };
    }
  }
}

function drawWords(
  pen: Pen,
  {
    text,
    size,
    colour,
    height,
    bold = false,
    align = 'left',
    middle = false,
  }: Extract<Block, { block: 'words' }>,
  x: number,
  y: number,
  width: number,
): void {
  const weight = bold ? 'bold' : 'normal';
  pen.textAlign = align;
  pen.textBaseline = middle ? 'middle' : 'top';
  pen.fillStyle = colour;
  pen.font = font(size, weight);
  const anchor = { left: 0, center: width / 2, right: width }[align];
  pen.fillText(fitText(text, width, size, weight), x + anchor, middle ? y + height / 2 : y);
}

/** Measures a row's blocks from left to right. */
function placeRow({ left = figureMargin, gap = 0, blocks }: FigureRow, width: number) {
  let x = left;
  const placed = blocks.map((block) => {
    const measured = measure(block, width - x);
    const at = { ...measured, x };
    x += measured.width + gap;
    return at;
  });
  return { placed, height: Math.max(0, ...placed.map(({ height }) => height)) };
}

interface Heading {
  height: number;
  draw(pen: Pen): void;
}

/** Title and subtitle, wrapped to the figure's width. */
function layoutHeading({ title = '', subtitle = '', width }: Figure): Heading {
  const room = width - 2 * figureMargin;
  const [titleLeading, subtitleLeading] = [textSize.title * 1.3, textSize.subtitle * 1.35];
  const titleLines = wrapText(title, room, textSize.title, 'bold');
  const subtitleLines = wrapText(subtitle, room, textSize.subtitle);
  const text = titleLines.length * titleLeading + subtitleLines.length * subtitleLeading;
  return {
    height: text === 0 ? 0 : Math.ceil(figureMargin + text),
    draw: (pen) => {
      pen.textAlign = 'left';
      pen.textBaseline = 'top';
      let y = figureMargin - 2;
      pen.fillStyle = ink.text;
      pen.font = font(textSize.title, 'bold');
      for (const line of titleLines) {
        pen.fillText(line, figureMargin, y);
        y += titleLeading;
      }
      pen.fillStyle = ink.muted;
      pen.font = font(textSize.subtitle);
      for (const line of subtitleLines) {
        pen.fillText(line, figureMargin, y);
        y += subtitleLeading;
      }
    },
  };
}

/**
 * A figure as PNG or SVG.
 * @param ratio device pixels in a unit of layout, where there are pixels
 */
export async function renderFigure(
  figure: Figure,
  format: PictureFormat = 'png',
  ratio?: number,
): Promise<Buffer> {
  await openDrawing();
  const heading = layoutHeading(figure);
  let y = heading.height;
  const rows = figure.rows.map((row) => {
    const { placed, height } = placeRow(row, figure.width);
    const top = y + (row.above ?? 0);
    y = top + height;
    return { placed, top };
  });
  const size = { width: figure.width, height: y + (figure.bottom ?? 0) };
  return renderSurface(
    size,
    format,
    async (surface) => {
      heading.draw(surface.pen);
      for (const { placed, top } of rows) {
        for (const { draw, x } of placed) await draw(surface, x, top);
      }
    },
    ratio,
  );
}

/** The format that a file's ending names. Throws UsageError on another ending. */
export function pictureFormatOf(file: string): PictureFormat {
  const ending = extname(file).slice(1).toLowerCase();
  const format = pictureFormats.find((name) => name === ending);
  if (format !== undefined) return format;
  throw new UsageError(
    `Pictures are drawn as PNG or SVG: "${file}" should end in ${pictureFormats.map((name) => `.${name}`).join(' or ')}, ` +
      `but ${ending === '' ? 'has no ending' : `ends in ".${ending}"`}.`,
  );
}

/** Draws a figure into a file, as PNG or SVG by its ending. Throws UsageError on another ending. */
export async function drawFigure(figure: Figure, file: string): Promise<void> {
  replaceFile(resolve(file), await renderFigure(figure, pictureFormatOf(file)));
}

/** Draws figures into a folder, each under its name. Returns the files. */
export async function drawFigures(
  figures: Readonly<Record<string, Figure>>,
  folder: string,
  format: PictureFormat,
): Promise<string[]> {
  const files: string[] = [];
  for (const [name, figure] of Object.entries(figures)) {
    const file = join(folder, `${name}.${format}`);
    await drawFigure(figure, file);
    files.push(file);
  }
  return files;
}
