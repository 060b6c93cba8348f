import type { ChartConfiguration, Plugin } from 'chart.js';
import type { Edge, MapAxis, MapBlock, MapShape } from '../figure/map.js';
import { ink, textSize, timeColour } from '../figure/theme.js';
import { font, type Pen } from './canvas.js';
import { linearAxis } from './chart-axis.js';
import { drawMark } from './legend.js';
import type { Surface } from './surface.js';
import { fitText } from './text.js';

/** Where a map stands, and how its world is placed on it. */
interface Ground {
  left: number;
  top: number;
  width: number;
  height: number;
  toX: (x: number) => number;
  toY: (y: number) => number;
  scale: number;
}

function groundOf(
  { across, up }: MapBlock,
  left: number,
  top: number,
  width: number,
  height: number,
): Ground {
  return {
    left,
    top,
    width,
    height,
    toX: (x) => left + (width * (x - across.low)) / (across.high - across.low),
    toY: (y) => top + height - (height * (y - up.low)) / (up.high - up.low),
    scale: width / Math.abs(across.high - across.low),
  };
}

function paint(pen: Pen, fill: string | undefined, edge: Edge | undefined): void {
  if (fill !== undefined) {
    pen.fillStyle = fill;
    pen.fill();
  }
  if (edge === undefined) return;
  pen.strokeStyle = edge.colour;
  pen.lineWidth = edge.width;
  pen.stroke();
}

/** `x` and `y` in units of layout; colours run to `lastStep`. */
function drawTimedPath(pen: Pen, x: readonly number[], y: readonly number[], lastStep: number): void {
  for (let step = 1; step < x.length; step++) {
    const from = step - 1;
    const before = Math.max(0, step - 2);
    pen.strokeStyle = timeColour((step - 0.5) / lastStep);
    pen.beginPath();
    // A segment begins a little early, so that no gap shows where two of them meet at an angle.
    pen.moveTo((x[before]! + 7 * x[from]!) / 8, (y[before]! + 7 * y[from]!) / 8);
    pen.lineTo(x[from]!, y[from]!);
    pen.lineTo(x[step]!, y[step]!);
    pen.stroke();
  }
}

function drawShape(pen: Pen, { toX, toY, scale }: Ground, shape: MapShape): void {
  switch (shape.shape) {
    case 'circle':
      pen.beginPath();
      pen.arc(toX(shape.x), toY(shape.y), shape.radius * scale, 0, 2 * Math.PI);
      paint(pen, shape.fill, shape.edge);
      break;
    case 'rectangle': {
      const [x, y] = [toX(shape.x), Math.min(toY(shape.y), toY(shape.y + shape.height))];
      pen.beginPath();
      pen.rect(
        x,
        y,
        toX(shape.x + shape.width) - toX(shape.x),
        Math.abs(toY(shape.y + shape.height) - toY(shape.y)),
      );
      paint(pen, shape.fill, shape.edge);
      break;
    }
    case 'path':
      pen.beginPath();
      shape.x.forEach((x, i) => {
        pen.lineTo(toX(x), toY(shape.y[i]!));
      });
      paint(pen, undefined, { colour: shape.colour, width: shape.lineWidth });
      break;
    case 'timed-path':
      pen.lineWidth = shape.lineWidth;
      drawTimedPath(pen, shape.x.map(toX), shape.y.map(toY), shape.lastStep);
      break;
    case 'squares':
      pen.fillStyle = shape.fill;
      shape.x.forEach((x, i) => {
        pen.fillRect(toX(x), toY(shape.y[i]!), shape.size, shape.size);
      });
      break;
    case 'words': {
      const { x, y, text, size, colour, align = 'center', turned = false } = shape;
      pen.save();
      pen.translate(toX(x), toY(y));
      if (turned) pen.rotate(-Math.PI / 2);
      pen.fillStyle = colour;
      pen.font = font(size);
      pen.textAlign = align;
      pen.textBaseline = 'middle';
      pen.fillText(text, 0, 0);
      pen.restore();
      break;
    }
    case 'mark':
      drawMark(pen, shape.mark, toX(shape.x), toY(shape.y));
      break;
  }
}

function drawShapes(pen: Pen, block: MapBlock, ground: Ground): void {
  pen.save();
  // A sharp turn would otherwise be drawn as a spike far beyond where it turns.
  pen.lineJoin = 'round';
  for (const shape of block.shapes) drawShape(pen, ground, shape);
  pen.restore();
}

/** Room around a map, caption aside. */
const roomOf = ({ room }: MapBlock) => ({ left: 0, right: 0, above: 0, below: 0, ...room });

const captionHeight = ({ caption }: MapBlock) => (!caption ? 0 : caption.title === undefined ? 24 : 46);

export function sizeOfMap(block: MapBlock) {
  const { left, right, above, below } = roomOf(block);
  return {
    width: left + block.width + right,
    height: captionHeight(block) + above + block.height + below,
  };
}

/** Axes of fixed sizes, so that all maps of a figure have the same scale. */
function axesChart(block: MapBlock): ChartConfiguration {
  const { left, right, above, below } = roomOf(block);
  const { x, y } = block.axes ?? {};
  const axis = (
    of: MapAxis | undefined,
    { low, high }: MapBlock['across'],
    side: 'width' | 'height',
    room: number,
  ) =>
    linearAxis(of?.title ?? '', {
      display: of !== undefined,
      min: Math.min(low, high),
      max: Math.max(low, high),
      grid: { display: false },
      ticks: {
        ...(of ? { stepSize: of.step } : {}),
        format: { useGrouping: false },
        color: ink.text,
        maxRotation: 0,
        autoSkip: false,
      },
      afterFit: (scale: { width: number; height: number }) => {
        scale[side] = of ? room : 0;
      },
    });
  const world: Plugin = {
    id: 'world',
    beforeDatasetsDraw: (chart) => {
      const { left: x0, top, width, height } = chart.chartArea;
      drawShapes(chart.ctx as unknown as Pen, block, groundOf(block, x0, top, width, height));
    },
  };
  return {
    type: 'scatter',
    data: { datasets: [] },
    options: {
      layout: {
        autoPadding: false,
        padding: { top: above, right, left: y ? 0 : left, bottom: x ? 0 : below },
      },
      scales: {
        x: axis(x, block.across, 'height', below),
        y: { ...axis(y, block.up, 'width', left), reverse: block.up.low > block.up.high },
      },
    },
    plugins: [world],
  } as unknown as ChartConfiguration;
}

function drawCaption(pen: Pen, { caption, width }: MapBlock, x: number, bottom: number): void {
  if (!caption) return;
  pen.textAlign = 'left';
  pen.textBaseline = 'bottom';
  if (caption.title !== undefined) {
    pen.fillStyle = ink.text;
    pen.font = font(textSize.axis, 'bold');
    pen.fillText(fitText(caption.title, width, textSize.axis, 'bold'), x, bottom - 20);
  }
  pen.fillStyle = ink.muted;
  pen.font = font(textSize.label);
  pen.fillText(fitText(caption.subtitle, width, textSize.label), x, bottom - 1);
}

/** A map with its caption and axes; (x, y) is the upper left corner of all this. */
export async function drawMap({ pen, chart }: Surface, block: MapBlock, x: number, y: number): Promise<void> {
  const { left, above, right, below } = roomOf(block);
  const top = y + captionHeight(block);
  drawCaption(pen, block, x + left, top);
  if (!block.axes) {
    drawShapes(pen, block, groundOf(block, x + left, top + above, block.width, block.height));
    return;
  }
  const size = { width: left + block.width + right, height: above + block.height + below };
  await chart(axesChart(block), x, top, size);
}
