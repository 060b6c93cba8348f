import { type Arm, type CurvePanel, curvesFigure } from '../../figure/curves.js';
import type { Figure } from '../../figure/figure.js';
import { stroke } from '../../figure/marks.js';
import type { PaneBlock } from '../../figure/pane.js';
import { palette } from '../../figure/theme.js';
import type { TaskFigure, TracedEpisode } from '../task.js';
import type { BalancedTrace } from './trace.js';

/** Rates above this are drawn at the edge, Hz. */
const mostHz = 60;

type Traces = readonly Arm<BalancedTrace>[];

/** Lives that were lost are shorter than others: each of an arm is drawn up to the end of the shortest. */
function ofOneLength(lives: readonly (readonly number[])[]): number[][] {
  const length = Math.min(...lives.map((life) => life.length));
  return lives.map((life) => life.slice(0, length));
}

function panelsOf(arms: Traces): CurvePanel[] {
  const panel = (title: string, height: number, high: number, of: (trace: BalancedTrace) => number[]) => ({
    title,
    height,
    range: { low: 0, high },
    values: arms.map(({ traces }) => ofOneLength(traces.map(of))),
  });
  return [
    panel('rate of excitatory cells (Hz)', 170, mostHz, ({ rateE }) => rateE),
    panel('rate of inhibitory cells (Hz)', 110, mostHz, ({ rateI }) => rateI),
  ];
}

const curves = (title: string, subtitle: string, arms: Traces): Figure =>
  curvesFigure({
    title,
    subtitle,
    names: arms.map(({ name }) => name),
    panels: panelsOf(arms),
    marks: (arms[0]!.traces[0]?.marksS ?? []).map((s) => 50 * s),
    below: 'time (20 ms)',
  });

const look = { block: 'pane', ticksUp: 5, ticksAcross: 9, width: 760 } as const;

/** Spikes of the last second, and what became of the weights. */
function closer(title: string, { trace }: TracedEpisode<BalancedTrace>): Figure {
  const cells = 1 + trace.cell.reduce((most, cell) => Math.max(most, cell), 0);
  const endS = trace.spikeS.reduce((last, s) => Math.max(last, s), 1);
  const raster: PaneBlock = {
    ...look,
    height: 220,
    title: 'cell (last second; inhibitory cells above)',
    below: 'time (s)',
    across: { low: endS - 1, high: endS },
    up: { low: 0, high: cells },
    layers: [{ layer: 'dots', places: trace.spikeS, values: trace.cell, colour: palette.black, size: 1.2 }],
  };
  const colours = Object.values(palette);
  const types = Object.keys(trace.weights);
  const longest = Math.max(1, ...types.map((type) => trace.weights[type]!.length));
  const weights: PaneBlock = {
    ...look,
    height: 140,
    title: 'mean weight (share of its bound)',
    below: 'time (s)',
    across: { low: 0, high: longest / 10 },
    up: { low: 0, high: 1 },
    key: types.map((type, i) => ({ text: type, mark: stroke(colours[i % colours.length]!, 22, 2.2) })),
    layers: types.map((type, i) => ({
      layer: 'line',
      places: trace.weights[type]!.map((_, at) => (at + 1) / 10),
      values: trace.weights[type]!,
      colour: colours[i % colours.length]!,
      lineWidth: 2,
    })),
  };
  return {
    title,
    subtitle: 'spikes of the last second, and mean weights of each connection type that learns',
    width: 760,
    rows: [{ blocks: [raster] }, { blocks: [weights] }],
    bottom: 10,
  };
}

/** Rates over a life, the spikes of its end and its weights. @param what the task is, as a title */
export const balancedFigure = (what: string) =>
  ({
    name: 'rates',
    lives: (before, after) =>
      curves(
        what,
        `score ${before[0]!.score.toFixed(3)} before evolution, ${after[0]!.score.toFixed(3)} after`,
        [
          { name: 'before evolution', traces: [before[0]!.trace] },
          { name: 'after', traces: [after[0]!.trace] },
        ],
      ),
    closer: { name: 'life', life: closer },
    arms: (title: string, arms: Traces) =>
      curves(
        title,
        `mean of ${arms[0]!.traces.length} lives${arms.length > 4 ? '' : ', shaded: ± SD'}`,
        arms,
      ),
  }) satisfies TaskFigure<BalancedTrace>;
