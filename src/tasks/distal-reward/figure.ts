import { type Arm, type CurvePanel, curvesFigure, panelOver } from '../../figure/curves.js';
import type { Figure, FigureRow } from '../../figure/figure.js';
import { stroke } from '../../figure/marks.js';
import { type PaneBlock, paneRoom } from '../../figure/pane.js';
import { ink, palette, textSize, timeColour } from '../../figure/theme.js';
import type { TaskFigure, TracedEpisode } from '../task.js';
import type { DistalRewardTrace } from './trace.js';

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
    panel('dopamine (concentration, dimensionless)', 80, dopamine, (trace) => trace.dopamine),
    panel('noradrenaline (concentration, dimensionless)', 60, 1, ({ noradrenaline }) => noradrenaline),
    panel('acetylcholine (concentration, dimensionless)', 60, 1, ({ acetylcholine }) => acetylcholine),
  ];
};

const curves = (title: string, subtitle: string, arms: readonly Arm<DistalRewardTrace>[]): Figure =>
  curvesFigure({
    title,
    subtitle,
    names: arms.map(({ name }) => name),
    panels: panelsOf(arms),
    marks: [],
    below: 'time (s)',
  });

const look = { block: 'pane', height: 170, ticksUp: 5, ticksAcross: 9 } as const;
const bins = 40;

/** Spikes of one second as dots, one row a cell. */
const raster = ({ from, ms, cell }: DistalRewardTrace['raster'][number], cells: number): PaneBlock => ({
  ...look,
  title: `cell (${from} second)`,
  below: 'time (ms)',
  across: { low: 0, high: 1000 },
  up: { low: 0, high: cells },
  layers: [{ layer: 'dots', places: ms, values: cell, colour: palette.black, size: 1.4 }],
});

/** How many of the values lie in each of the bins from 0 to the bound, as shares. */
function shares(values: ArrayLike<number>, bound: number): number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (let i = 0; i < values.length; i++) {
    counts[Math.min(bins - 1, Math.floor((bins * values[i]!) / bound))]! += 1 / values.length;
  }
  return counts;
}

const colourOf = (moment: number, moments: number) => timeColour(moment / Math.max(1, moments - 1));

/** How weights were spread at some moments of a life, up to a share that all lives drawn share. */
function histogram({ weights, bound }: DistalRewardTrace, mostShare: number): PaneBlock {
  const places = Array.from({ length: bins }, (_, bin) => ((bin + 0.5) * bound) / bins);
  return {
    ...look,
    title: 'share of excitatory weights',
    below: 'weight (mV/ms)',
    across: { low: 0, high: bound },
    up: { low: 0, high: mostShare * 1.05 },
    room: { below: 46 },
    layers: weights.map(({ values }, moment) => ({
      layer: 'line',
      places,
      values: shares(values, bound),
      colour: colourOf(moment, weights.length),
      lineWidth: 2,
    })),
  };
}

const columnWidth = 620;

/** Lives side by side under their names: spikes of the first and the last second, and how weights were spread. */
function closer(
  title: string,
  { trace }: TracedEpisode<DistalRewardTrace>,
  before?: TracedEpisode<DistalRewardTrace>,
): Figure {
  const lives = before
    ? [
        { name: 'before evolution', of: before.trace },
        { name: 'after', of: trace },
      ]
    : [{ name: '', of: trace }];
  const width = before ? columnWidth : 760;
  const cells =
    1 + Math.max(1, ...lives.flatMap(({ of }) => of.raster.flatMap(({ cell }) => Math.max(0, ...cell))));
  const mostShare = Math.max(
    ...lives.flatMap(({ of }) => of.weights.flatMap(({ values }) => shares(values, of.bound))),
  );
  const entries = trace.weights.map(({ atS }, moment) => ({
    text: `${atS} s`,
    mark: stroke(colourOf(moment, trace.weights.length), 22, 2.2),
  }));
  const beside = (pane: (of: DistalRewardTrace) => PaneBlock) => ({
    left: 16,
    blocks: lives.map(({ of }) => ({ ...pane(of), width })),
  });
  const names: FigureRow = {
    above: 10,
    left: 16,
    blocks: lives.map(({ name }) => ({
      block: 'words',
      text: name,
      width,
      height: 20,
      size: textSize.axis,
      colour: ink.text,
      bold: true,
    })),
  };
  return {
    title,
    subtitle: 'spikes of all cells in the first and the last second; excitatory weights at some moments',
    width: lives.length * width + 16,
    rows: [
      ...(before ? [names] : []),
      ...trace.raster.map((_, second) => beside((of) => raster(of.raster[second]!, cells))),
      beside((of) => histogram(of, mostShare)),
      { left: 16 + paneRoom.left, blocks: [{ block: 'legend', entries }] },
    ],
    bottom: 10,
  };
}

/** The rewarded weight among the others, with the modulators. */
export const distalRewardFigure = {
  name: 'learning',
  lives: (before, after) =>
    curves(
      `Distal reward: ${after[0]!.scenario}`,
      `score ${before[0]!.score.toFixed(3)} before evolution, ${after[0]!.score.toFixed(3)} after`,
      [
        { name: 'before evolution', traces: [before[0]!.trace] },
        { name: 'after', traces: [after[0]!.trace] },
      ],
    ),
  closer: { name: 'life', life: closer },
  arms: (title: string, arms: readonly Arm<DistalRewardTrace>[]) =>
    curves(title, `mean of ${arms[0]!.traces.length} lives${arms.length > 4 ? '' : ', shaded: ± SD'}`, arms),
} satisfies TaskFigure<DistalRewardTrace>;
