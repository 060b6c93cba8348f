import { type Arm, type CurvePanel, curvesFigure, panelOver, runningMean } from '../../figure/curves.js';
import type { Figure } from '../../figure/figure.js';
import type { TaskFigure } from '../task.js';
import { scoreOf } from './measures.js';
import type { RewardDrivenTrace } from './trace.js';

/** Trials over which means are taken. */
const smoothing = 50;

const panelsOf = (arms: readonly Arm<RewardDrivenTrace>[]): CurvePanel[] => {
  const panel = panelOver(arms);
  return [
    panel(`right answers (share of the last ${smoothing})`, 170, 1, ({ reward }) =>
      runningMean(
        reward.map((value) => (value + 1) / 2),
        smoothing,
      ),
    ),
    panel(`trials with a spike (share of the last ${smoothing})`, 90, 1, ({ spikes }) =>
      runningMean(
        spikes.map((count) => (count > 0 ? 1 : 0)),
        smoothing,
      ),
    ),
  ];
};

const curves = (title: string, subtitle: string, arms: readonly Arm<RewardDrivenTrace>[]): Figure =>
  curvesFigure({ title, subtitle, names: arms.map(({ name }) => name), panels: panelsOf(arms), marks: [] });

/** Learning curves. */
export const rewardDrivenFigure = {
  name: 'learning',
  lives: (before, after) =>
    curves(
      'One neuron learns from reward to tell frozen patterns apart',
      `sum of rewards ${scoreOf(before[0]!.trace)} before evolution, ${scoreOf(after[0]!.trace)} after`,
      [
        { name: 'before evolution', traces: [before[0]!.trace] },
        { name: 'after', traces: [after[0]!.trace] },
      ],
    ),
  arms: (title: string, arms: readonly Arm<RewardDrivenTrace>[]) =>
    curves(title, `mean of ${arms[0]!.traces.length} lives, shaded: ± SD`, arms),
} satisfies TaskFigure<RewardDrivenTrace>;
