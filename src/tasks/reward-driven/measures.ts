import { mean } from '../../math/statistics.js';
import type { RewardDrivenTrace } from './trace.js';

/** Trials at the end of a life over which what was learned is judged. */
export const lastTrials = 100;

/** The score: the sum of the rewards. */
export const scoreOf = ({ reward }: RewardDrivenTrace): number =>
  reward.reduce((sum, value) => sum + value, 0);

/** Share of the trials with a label in which the neuron fired; a half where there is none. */
function firedOn({ label, spikes }: RewardDrivenTrace, wanted: number): number {
  const fired = spikes.filter((_, trial) => label[trial] === wanted).map((count) => (count > 0 ? 1 : 0));
  return fired.length === 0 ? 0.5 : mean(fired);
}

export function measuresOf(trials: RewardDrivenTrace, trialMs: number) {
  const { reward, spikes, label } = trials;
  const last: RewardDrivenTrace = {
    reward: reward.slice(-lastTrials),
    spikes: spikes.slice(-lastTrials),
    label: label.slice(-lastTrials),
  };
  return {
    rewardFirst: mean(reward.slice(0, lastTrials)),
    rewardEnd: mean(last.reward),
    hitsEnd: firedOn(last, 1),
    falseAlarmsEnd: firedOn(last, -1),
    fired: mean(spikes.map((count) => (count > 0 ? 1 : 0))),
    rateHz: (1000 * mean(spikes)) / trialMs,
  };
}
