import type { Chart, ChartConfiguration } from 'chart.js';
import type { ChartJSNodeCanvas } from 'chartjs-node-canvas';
import { ink, textSize } from '../figure/theme.js';
import { UserError } from '../spec/errors.js';

/** Device pixels in one unit of layout: a figure 640 wide is 1600 pixels, and reads well at column width (85 mm). */
export const pixelRatio = 2.5;

/** The part of a 2D canvas context that the pictures use. */
export interface Pen {
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  lineJoin: string;
  font: string;
  textAlign: string;
  textBaseline: string;
  save(): void;
  restore(): void;
  scale(x: number, y: number): void;
  translate(x: number, y: number): void;
  rotate(angle: number): void;
  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void;
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  rect(x: number, y: number, width: number, height: number): void;
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void;
  setLineDash(dash: number[]): void;
  fill(): void;
  stroke(): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  strokeRect(x: number, y: number, width: number, height: number): void;
  fillText(text: string, x: number, y: number): void;
  measureText(text: string): { width: number };
  drawImage(image: unknown, x: number, y: number, width: number, height: number): void;
}

interface Canvas {
  getContext(kind: '2d'): Pen;
  toBuffer(mimeType: 'image/png'): Buffer;
}

/** A canvas that keeps what is drawn as lines and words. */
interface VectorCanvas {
  getContext(kind: '2d'): Pen;
  /** The drawing so far as SVG. */
  getContent(): Buffer;
}

interface CanvasModule {
  createCanvas(width: number, height: number): Canvas;
  createCanvas(width: number, height: number, svgFlag: number): VectorCanvas;
  loadImage(source: Buffer): Promise<unknown>;
  /** In @napi-rs/canvas; node-canvas asks the system itself. */
  GlobalFonts?: { families: readonly { family: string }[] };
}

export interface Drawing extends CanvasModule {
  ChartRenderer: typeof ChartJSNodeCanvas;
  /** For charts that are drawn on a canvas that is there already. */
  Chart: typeof Chart;
  /** CSS list of font families, best first. */
  fontFamily: string;
}

const wantedFonts = [
  'Helvetica Neue',
  'Helvetica',
  'Arial',
  'Liberation Sans',
  'Nimbus Sans',
  'Noto Sans',
  'Open Sans',
  'Roboto',
  'Segoe UI',
  'DejaVu Sans',
];

/**
 * The canvas resolves a family that is missing, and "sans-serif" itself, to whichever font it met first, which may
 * be one with serifs. So a family that exists is named.
 */
function chooseFontFamily(existing: readonly string[]): string {
  const plain = (name: string) => !/mono|serif|math|symbol|emoji|icon/i.test(name);
  const chosen = wantedFonts.find((name) => existing.includes(name)) ?? existing.find(plain) ?? existing[0];
  return [...(chosen === undefined ? wantedFonts : [chosen]).map((name) => `"${name}"`), 'sans-serif'].join(
    ', ',
  );
}

const prepared = new WeakSet<object>();

/** Fonts and inks of all charts. Renderers may share one chart.js, which is to be told once. */
function setChartDefaults({ defaults }: typeof Chart, fontFamily: string): void {
  if (prepared.has(defaults)) return;
  prepared.add(defaults);
  Object.assign(defaults.font, { family: fontFamily, size: textSize.label });
  defaults.color = ink.text;
  defaults.locale = 'en-US';
  defaults.plugins.legend.display = false;
  const { ticks } = defaults.scales.linear;
  const plain = ticks.callback;
  ticks.callback = function (value, index, all) {
    const text = plain.call(this, value, index, all);
    return typeof text === 'string' ? text.replace('-', '−') : text;
  };
}

/** What a CommonJS module exports: some loaders give it as the default alone. */
const exportsOf = (module: object): unknown => ('default' in module ? module.default : module);

/**
 * Loads the drawing libraries, which are large: commands that draw nothing are to start without them.
 * @throws UserError where one cannot be loaded, such as the canvas on a machine that it has no binary for
 */
export async function loadDrawing(
  load = () => Promise.all([import('chartjs-node-canvas'), import('canvas')]),
): Promise<Drawing> {
  try {
    const [charts, canvas] = (await load()).map(exportsOf) as Awaited<ReturnType<typeof load>>;
    const { createCanvas, loadImage, GlobalFonts } = canvas as unknown as CanvasModule;
    const fontFamily = chooseFontFamily(GlobalFonts?.families.map(({ family }) => family) ?? []);
    const ChartRenderer = charts.ChartJSNodeCanvas;
    return { ChartRenderer, Chart: chartsOf(ChartRenderer, fontFamily), createCanvas, loadImage, fontFamily };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new UserError(
      `Pictures need a canvas, which could not be loaded (${reason}). It is the package @napi-rs/canvas, installed as ` +
        '"canvas", with one optional package for each kind of machine: install Baldwin again without leaving out optional ' +
        'packages.',
      { cause },
    );
  }
}

/** The chart.js of the renderers, which none but their callback gives away. */
function chartsOf(ChartRenderer: typeof ChartJSNodeCanvas, fontFamily: string): typeof Chart {
  let chart: typeof Chart | undefined;
  new ChartRenderer({
    width: 1,
    height: 1,
    chartCallback: (chartJs) => {
      setChartDefaults(chartJs, fontFamily);
      chart = chartJs;
    },
  });
  return chart!;
}

let loaded: Drawing | undefined;

/** Makes the drawing libraries ready: to be awaited before anything is measured or drawn. */
export async function openDrawing(): Promise<Drawing> {
  loaded ??= await loadDrawing();
  return loaded;
}

export function drawing(): Drawing {
  if (loaded === undefined)
    throw new Error('The drawing libraries are not loaded: await openDrawing() first.');
  return loaded;
}

export function font(size: number, weight: 'normal' | 'bold' = 'normal'): string {
  return `${weight} ${size}px ${drawing().fontFamily}`;
}

let ruler: Pen | undefined;

/** Width of one line of text, in units of layout. */
export function textWidth(text: string, size: number, weight: 'normal' | 'bold' = 'normal'): number {
  ruler ??= drawing().createCanvas(1, 1).getContext('2d');
  ruler.font = font(size, weight);
  return ruler.measureText(text).width;
}

/** What to tell the user where this machine has no font, so that pictures come out without any text. */
export async function fontNotice(): Promise<string | undefined> {
  await openDrawing();
  if (textWidth('M', textSize.label) > 0) return undefined;
  return (
    'This machine has no fonts, so the pictures have no text. Install one, for example with ' +
    '"apt-get install fonts-dejavu-core", and draw again.'
  );
}

export interface Size {
  width: number;
  height: number;
}

const renderers = new Map<string, ChartJSNodeCanvas>();

/** A renderer loads its own copy of chart.js, so one is kept for each size. */
function rendererOf({ width, height }: Size): ChartJSNodeCanvas {
  const key = `${width}x${height}`;
  const known = renderers.get(key);
  if (known !== undefined) return known;
  const { ChartRenderer, fontFamily } = drawing();
  const renderer = new ChartRenderer({
    width,
    height,
    chartCallback: (chartJs) => setChartDefaults(chartJs, fontFamily),
  });
  renderers.set(key, renderer);
  return renderer;
}

/** One chart on a clear ground, as PNG of `pixelRatio` times the size given in units of layout. */
export function renderChart<T extends ChartConfiguration['type']>(
  configuration: ChartConfiguration<T>,
  size: Size,
): Buffer {
  const whole = { width: Math.round(size.width), height: Math.round(size.height) };
  const options = { ...configuration.options, devicePixelRatio: pixelRatio };
  const sharp = { ...configuration, options } as unknown as ChartConfiguration;
  // The renderer's other methods need node-canvas and never resolve with @napi-rs/canvas.
  return rendererOf(whole).renderToBufferSync(sharp, 'image/png');
}

/** A white canvas of the given size in units of layout, drawn on by `draw`, as PNG. */
export async function renderCanvas(
  size: Size,
  draw: (pen: Pen, place: (png: Buffer, x: number, y: number, at: Size) => Promise<void>) => Promise<void>,
  ratio = pixelRatio,
): Promise<Buffer> {
  const { createCanvas, loadImage } = await openDrawing();
  const canvas = createCanvas(Math.round(size.width * ratio), Math.round(size.height * ratio));
  const pen = canvas.getContext('2d');
  pen.scale(ratio, ratio);
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, size.width, size.height);
  await draw(pen, async (png, x, y, at) => {
    pen.drawImage(await loadImage(png), x, y, at.width, at.height);
  });
  return canvas.toBuffer('image/png');
}
