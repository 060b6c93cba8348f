import type { ChartConfiguration, ChartItem } from 'chart.js';
import { drawing, openDrawing, type Pen, type Size } from './canvas.js';

/** Of the canvas's ways to write SVG: words as words, on one line, so that no blank is added to them. */
const wordsOnOneLine = 2;

interface VectorSurface {
  pen: Pen;
  chart(configuration: ChartConfiguration, x: number, y: number, size: Size): Promise<void>;
}

/** A white picture of the given size as SVG, drawn on by `draw`. */
export async function renderVector(
  size: Size,
  draw: (surface: VectorSurface) => Promise<void>,
): Promise<Buffer> {
  const [width, height] = [Math.round(size.width), Math.round(size.height)];
  const { createCanvas } = await openDrawing();
  const canvas = createCanvas(width, height, wordsOnOneLine);
  const raw = canvas.getContext('2d');
  const pen = withOwn(raw, roundCircles(raw));
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, width, height);
  await draw({ pen, chart: async (configuration, x, y, at) => drawChart(raw, configuration, x, y, at) });
  return Buffer.from(cleaned(canvas.getContent().toString('utf8')));
}

/**
 * Lists end in a comma that the format does not know, a family of fonts that is absent elsewhere needs another, and a
 * hundredth of a unit of layout is finer than any screen.
 */
function cleaned(svg: string): string {
  return svg
    .replaceAll(/, "/g, '"')
    .replaceAll(/ font-family="([^"]*)"/g, (_, family: string) => ` font-family="${family}, sans-serif"`)
    .replaceAll(/ (?:d|x|y)="[-\d][^"]*"| d="M[^"]*"/g, (list) =>
      list.replaceAll(/\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2)))),
    );
}

/** A pen some of whose properties are ours. */
function withOwn(pen: Pen, own: object): Pen {
  return new Proxy(pen, {
    get: (target, name) => {
      if (Object.hasOwn(own, name)) return own[name as keyof typeof own];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
}

/** How far the handles of a quarter of a circle stand from its ends, for a radius of 1. */
const handle = 0.5522847498;

/** The canvas makes a circle of a hundred pieces; four curves are one to a few thousandths of its radius. */
const roundCircles = (pen: Pen) => ({
  arc: (x: number, y: number, radius: number, from: number, to: number, ...rest: unknown[]) => {
    if (Math.abs(to - from) < 2 * Math.PI - 1e-9) {
      (pen.arc as (...all: unknown[]) => void)(x, y, radius, from, to, ...rest);
      return;
    }
    const [r, h] = [radius, radius * handle];
    pen.moveTo(x + r, y);
    pen.bezierCurveTo(x + r, y + h, x + h, y + r, x, y + r);
    pen.bezierCurveTo(x - h, y + r, x - r, y + h, x - r, y);
    pen.bezierCurveTo(x - r, y - h, x - h, y - r, x, y - r);
    pen.bezierCurveTo(x + h, y - r, x + r, y - h, x + r, y);
  },
});

/** Draws a chart straight onto a pen: what chart.js takes for its whole canvas is a part of the picture. */
function drawChart(
  pen: Pen,
  { type, data, options, plugins }: ChartConfiguration,
  x: number,
  y: number,
  size: Size,
): void {
  const [width, height] = [Math.round(size.width), Math.round(size.height)];
  const canvas = { width, height, style: {}, getContext: () => context };
  const context = withOwn(pen, {
    ...roundCircles(pen),
    canvas,
    // The picture is white already, and what is outside the chart is to stay.
    clearRect: () => {},
    resetTransform: () => pen.setTransform(1, 0, 0, 1, x, y),
    setTransform: (a: number, b: number, c: number, d: number, e: number, f: number) =>
      pen.setTransform(a, b, c, d, e + x, f + y),
  });
  pen.save();
  pen.translate(x, y);
  const still = { animation: false, responsive: false, devicePixelRatio: 1, events: [] };
  const configuration = { type, data, options: { ...options, ...still }, plugins: plugins ?? [] };
  const { Chart } = drawing();
  new Chart(canvas as unknown as ChartItem, configuration as unknown as ChartConfiguration);
  pen.restore();
}
