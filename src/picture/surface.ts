import type { ChartConfiguration } from 'chart.js';
import { type Pen, renderCanvas, renderChart, type Size } from './canvas.js';
import { renderVector } from './vector.js';

/** What figures are drawn on: pixels or lines. */
export interface Surface {
  pen: Pen;
  /** Draws a chart of chart.js with its upper left corner at (x, y). */
  chart(configuration: ChartConfiguration, x: number, y: number, size: Size): Promise<void>;
}

/** Pictures of pixels and of lines, by the ending of their files. */
export const pictureFormats = ['png', 'svg'] as const;
export type PictureFormat = (typeof pictureFormats)[number];

/**
 * A white picture of the given size in units of layout, drawn on by `draw`.
 * @param ratio device pixels in a unit of layout, where there are pixels
 */
export function renderSurface(
  size: Size,
  format: PictureFormat,
  draw: (surface: Surface) => Promise<void>,
  ratio?: number,
): Promise<Buffer> {
  if (format === 'svg') return renderVector(size, draw);
  return renderCanvas(
    size,
    (pen, place) =>
      draw({ pen, chart: (configuration, x, y, at) => place(renderChart(configuration, at), x, y, at) }),
    ratio,
  );
}
