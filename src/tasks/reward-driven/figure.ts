import { type Arm, type CurvePanel, panelOver, runningMean } from '../../figure/curves.js';
import { curvesOfLives } from '../protocol/curves-of-lives.js';
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

/** Learning curves. */
export const rewardDrivenFigure = curvesOfLives<RewardDrivenTrace>({
  name: 'learning',
  title: () => 'One neuron learns from reward to tell frozen patterns apart',
  score: { word: 'sum of rewards', text: ({ trace }) => String(scoreOf(trace)) },
  panels: panelsOf,
});
