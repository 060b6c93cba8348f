import type { ChartConfiguration, ChartItem } from 'chart.js';
import { drawing, openDrawing, type Pen, renderCanvas, renderChart, type Size } from './canvas.js';

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

/** Of the canvas's ways to write SVG: words as words, on one line, so that no blank is added to them. */
const wordsOnOneLine = 2;

async function renderVector(size: Size, draw: (surface: Surface) => Promise<void>): Promise<Buffer> {
  const [width, height] = [Math.round(size.width), Math.round(size.height)];
  const { createCanvas } = await openDrawing();
  const canvas = createCanvas(width, height, wordsOnOneLine);
  const pen = canvas.getContext('2d');
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, width, height);
  await draw({
    pen,
    chart: async (configuration, x, y, at) => drawChart(pen, configuration, x, y, at),
  });
  const text = canvas.getContent().toString('utf8');
  // Lists end in a comma that the format does not know, and a family that is absent elsewhere needs another.
  const clean = text
    .replaceAll(/, "/g, '"')
    .replaceAll(/ font-family="([^"]*)"/g, (_, family: string) => ` font-family="${family}, sans-serif"`);
  return Buffer.from(clean);
}

/** Draws a chart straight onto a pen: what chart.js takes for its whole canvas is a part of the picture. */
function drawChart(
  pen: Pen,
  { type, data, options, plugins }: ChartConfiguration,
  x: number,
  y: number,
  size: Size,
) {
  const [width, height] = [Math.round(size.width), Math.round(size.height)];
  const canvas = { width, height, style: {}, getContext: () => context };
  const own = {
    canvas,
    // The picture is white already, and what is outside the chart is to stay.
    clearRect: () => {},
    resetTransform: () => pen.setTransform(1, 0, 0, 1, x, y),
    setTransform: (a: number, b: number, c: number, d: number, e: number, f: number) =>
      pen.setTransform(a, b, c, d, e + x, f + y),
  };
  const context = new Proxy(pen, {
    get: (target, name) => {
      if (Object.hasOwn(own, name)) return own[name as keyof typeof own];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
  pen.save();
  pen.translate(x, y);
  const still = { animation: false, responsive: false, devicePixelRatio: 1, events: [] };
  const configuration = { type, data, options: { ...options, ...still }, plugins: plugins ?? [] };
  const { Chart } = drawing();
  new Chart(canvas as unknown as ChartItem, configuration as unknown as ChartConfiguration);
  pen.restore();
}
