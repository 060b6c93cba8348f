import type { Plugin } from 'chart.js';
import type { EdgeLabel } from '../figure/chart.js';
import { textSize } from '../figure/theme.js';
import { font, type Pen, textWidth } from './canvas.js';
import { fitName } from './text.js';

const widest = 215;
const lineHeight = 18;
const leader = 14;
const sampleWidth = 26;

const heightOf = (label: EdgeLabel) => (label.note === undefined ? 1 : 2) * lineHeight;
const shareColours = (labels: readonly EdgeLabel[]) =>
  new Set(labels.map(({ colour }) => colour)).size < labels.length;

function wording({ name, figure }: EdgeLabel): string {
  const room = widest - textWidth(` ${figure}`, textSize.label, 'bold');
  return `${fitName(name, room, textSize.label, 'bold')} ${figure}`;
}

/** Room that the labels take to the right of the chart area, in units of layout. */
export function edgeLabelWidth(labels: readonly EdgeLabel[]): number {
  const widths = labels.flatMap((label) => [
    textWidth(wording(label), textSize.label, 'bold'),
    textWidth(label.note ?? '', textSize.label),
  ]);
  return leader + (shareColours(labels) ? sampleWidth + 4 : 0) + 4 + Math.max(0, ...widths) + 14;
}

/** The least height at which all labels fit beside the chart. */
export function edgeLabelHeight(labels: readonly EdgeLabel[]): number {
  return labels.reduce((sum, label) => sum + heightOf(label), 0);
}

/**
 * Centres of boxes of the given heights that do not overlap, in the order of `wanted` (ascending), with the least
 * sum of squared shifts: boxes that would overlap stand together about their common centre.
 */
export function spread(
  wanted: readonly number[],
  heights: readonly number[],
  top: number,
  bottom: number,
): number[] {
  interface Block {
    boxes: number[];
    height: number;
    start: number;
  }
  const blocks: Block[] = [];
  wanted.forEach((centre, i) => {
    let block: Block = { boxes: [i], height: heights[i]!, start: centre - heights[i]! / 2 };
    for (;;) {
      block.start = Math.max(top, Math.min(block.start, bottom - block.height));
      const above = blocks.at(-1);
      if (above === undefined || above.start + above.height <= block.start) break;
      blocks.pop();
      const boxes = [...above.boxes, ...block.boxes];
      let offset = 0;
      let sum = 0;
      for (const box of boxes) {
        sum += wanted[box]! - offset - heights[box]! / 2;
        offset += heights[box]!;
      }
      block = { boxes, height: offset, start: sum / boxes.length };
    }
    blocks.push(block);
  });
  return blocks.flatMap(({ boxes, start }) => {
    let edge = start;
    return boxes.map((box) => {
      edge += heights[box]!;
      return edge - heights[box]! / 2;
    });
  });
}

/** Names the lines of a chart where they end, in their own colour, in place of a legend. */
export function edgeLabels(labels: readonly EdgeLabel[]): Plugin {
  return {
    id: 'edgeLabels',
    afterDatasetsDraw: (chart) => {
      const pen = chart.ctx as unknown as Pen;
      const { right, top, bottom } = chart.chartArea;
      const y = chart.scales.y!;
      const sorted = labels
        .map((label) => ({ label, at: y.getPixelForValue(label.value) }))
        .sort((a, b) => a.at - b.at);
      const heights = sorted.map(({ label }) => heightOf(label));
      // It is the first line that is level with the value.
      const wanted = sorted.map(({ at }, i) => at + (heights[i]! - lineHeight) / 2);
      const centres = spread(wanted, heights, top - lineHeight / 2, bottom + lineHeight / 2);
      const sample = shareColours(labels) ? sampleWidth : 0;
      pen.save();
      pen.textAlign = 'left';
      pen.textBaseline = 'middle';
      sorted.forEach(({ label, at }, i) => {
        const first = label.note === undefined ? centres[i]! : centres[i]! - lineHeight / 2;
        pen.strokeStyle = label.colour;
        pen.lineWidth = 1;
        pen.beginPath();
        pen.moveTo(right + 3, at);
        pen.lineTo(right + leader, first);
        pen.stroke();
        if (sample > 0) {
          pen.lineWidth = 2.2;
          pen.setLineDash([...(label.dash ?? [])]);
          pen.beginPath();
          pen.moveTo(right + leader, first);
          pen.lineTo(right + leader + sample, first);
          pen.stroke();
          pen.setLineDash([]);
        }
        pen.fillStyle = label.colour;
        const x = right + leader + 4 + (sample > 0 ? sample + 4 : 0);
        pen.font = font(textSize.label, 'bold');
        pen.fillText(wording(label), x, first);
        if (label.note === undefined) return;
        pen.font = font(textSize.label);
        pen.fillText(label.note, x, first + lineHeight);
      });
      pen.restore();
    },
  };
}
