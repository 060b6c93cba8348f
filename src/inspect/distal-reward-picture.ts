import type { DistalRewardTrace } from '../tasks/distal-reward/trace.js';
import type { Pen } from './canvas.js';
import { type CurvePanel, curvesChart, panelOver } from './curves-chart.js';
import { renderFigure } from './figure.js';
import { layoutLegend, stroke } from './legend.js';
import { drawAxes, drawTrace, type Pane } from './pane.js';
import type { Arm, Replayed } from './relive.js';
import { palette, timeColour } from './theme.js';

const panelsOf = (arms: readonly Arm<DistalRewardTrace>[]): CurvePanel[] => {
  const bound = Math.max(...arms.flatMap(({ traces }) => traces.map((trace) => trace.bound)));
  const dopamine = Math.max(
    0.01,
    ...arms.flatMap(({ traces }) => traces.flatMap((trace) => Math.max(...trace.dopamine))),
  );
  const panel = panelOver(arms);
  return [
    panel('rewarded weight (mV/ms)', 170, bound, ({ target }) => target),
    panel('mean of all other excitatory weights (mV/ms)', 110, bound, ({ others }) => others),
    panel('dopamine', 80, dopamine, (trace) => trace.dopamine),
    panel('noradrenaline', 60, 1, ({ noradrenaline }) => noradrenaline),
    panel('acetylcholine', 60, 1, ({ acetylcholine }) => acetylcholine),
  ];
};

const curves = (title: string, subtitle: string, arms: readonly Arm<DistalRewardTrace>[]) =>
  curvesChart({
    title,
    subtitle,
    names: arms.map(({ name }) => name),
    panels: panelsOf(arms),
    marks: [],
    below: 'time (s)',
  });

const width = 760;
const left = 16;
const plotLeft = 64;
const plotWidth = width - plotLeft - 24;
const rasterHeight = 170;
const bins = 40;

/** Spikes as dots, one row a cell. */
function drawRaster(pen: Pen, pane: Pane, { ms, cell }: DistalRewardTrace['raster'][number]): void {
  const toX = (t: number) =>
    pane.x + (pane.width * (t - pane.across.low)) / (pane.across.high - pane.across.low);
  const toY = (c: number) =>
    pane.y + pane.height - (pane.height * (c - pane.up.low)) / (pane.up.high - pane.up.low);
  pen.fillStyle = palette.black;
  ms.forEach((t, i) => {
    pen.fillRect(toX(t) - 0.7, toY(cell[i]!) - 0.7, 1.4, 1.4);
  });
}

/** Spikes of the first and the last second, and how weights were spread at some moments of the life. */
function closer(title: string, { trace }: Replayed<DistalRewardTrace>): Promise<Buffer> {
  const cells = Math.max(1, ...trace.raster.flatMap(({ cell }) => cell)) + 1;
  const moments = trace.weights;
  const counted = moments.map(({ values }) => {
    const counts = new Float64Array(bins);
    for (const value of values)
      counts[Math.min(bins - 1, Math.floor((bins * value) / trace.bound))]! += 1 / values.length;
    return counts;
  });
  const at = Float64Array.from({ length: bins }, (_, bin) => ((bin + 0.5) * trace.bound) / bins);
  const most = Math.max(...counted.flatMap((counts) => [...counts]));
  const paneAt = (y: number, across: number, up: number): Pane => ({
    x: plotLeft,
    y,
    width: plotWidth,
    height: rasterHeight,
    across: { low: 0, high: across },
    up: { low: 0, high: up },
  });
  const gap = 84;
  const rasters = trace.raster.map((raster, i) => ({
    raster,
    pane: paneAt(34 + i * (rasterHeight + gap), 1000, cells),
  }));
  const histogram = paneAt(34 + 2 * (rasterHeight + gap), trace.bound, most * 1.05);
  const legend = layoutLegend(
    moments.map(({ atS }, i) => ({
      text: `${atS} s`,
      mark: stroke(timeColour(i / Math.max(1, moments.length - 1)), 22, 2.2),
      markWidth: 22,
    })),
    plotWidth,
  );
  return renderFigure({
    title,
    subtitle: 'spikes of all cells in the first and the last second; excitatory weights at some moments',
    width,
    bodyHeight: histogram.y + rasterHeight + 56 + legend.height,
    panels: [],
    draw: (pen) => {
      rasters.forEach(({ raster, pane }) => {
        const axes = {
          title: `cell (${raster.from} second)`,
          below: 'time (ms)',
          ticksUp: 5,
          ticksAcross: 9,
        };
        drawAxes(pen, pane, axes, left);
        drawRaster(pen, pane, raster);
      });
      const axes = {
        title: 'share of excitatory weights',
        below: 'weight (mV/ms)',
        ticksUp: 5,
        ticksAcross: 9,
      };
      drawAxes(pen, histogram, axes, left);
      counted.forEach((counts, i) => {
        drawTrace(pen, histogram, at, counts, timeColour(i / Math.max(1, counted.length - 1)), 2);
      });
      legend.draw(pen, plotLeft, histogram.y + rasterHeight + 46);
    },
  });
}

/** The rewarded weight among the others, with the modulators. */
export const distalRewardPicture = {
  file: 'learning.png',
  draw: (before: readonly Replayed<DistalRewardTrace>[], after: readonly Replayed<DistalRewardTrace>[]) =>
    curves(
      `Distal reward: ${after[0]!.scenario}`,
      `score ${before[0]!.score.toFixed(3)} before evolution, ${after[0]!.score.toFixed(3)} after`,
      [
        { name: 'before evolution', traces: [before[0]!.trace] },
        { name: 'after', traces: [after[0]!.trace] },
      ],
    ),
  closer: { file: 'life.png', draw: closer },
  arms: (title: string, arms: readonly Arm<DistalRewardTrace>[]) =>
    curves(title, `mean of ${arms[0]!.traces.length} lives${arms.length > 4 ? '' : ', shaded: ± SD'}`, arms),
};
