import { mean } from '../../math/statistics.js';
import { retentionOf } from '../classification/retention.js';
import { firstRun } from '../protocol/criterion.js';
import type { ContinualTrace } from './trace.js';

/** At criterion: so many of a run of presentations are answered right. */
const criterion = { trials: 10, right: 8 };

/** What a life came to. */
export interface LivedStream {
  lived: ContinualTrace;
  holds: readonly boolean[];
  hiddenActive: number;
  spikes: number;
}

/** `[tasks]` presentations of each task before the criterion; all of them where nothing was answered. */
function toCriterion({ right, before }: ContinualTrace, presentations: number): number[] {
  return before.map((_, task) => {
    if (right.length === 0) return presentations;
    const from = task * presentations;
    return firstRun(right, from, from + presentations, criterion) - from;
  });
}

/** The score is the accuracy at the end; the rest is said beside it. */
export function measuresOf(
  { lived, holds, hiddenActive, spikes }: LivedStream,
  {
    presentations,
    again,
  }: { presentations: number; again: readonly [first: number, second: number] | undefined },
) {
  const tasks = lived.before.length;
  const after = Array.from({ length: tasks }, (_, row) => lived.after.slice(row * tasks, (row + 1) * tasks));
  const { accuracy, ...retention } = retentionOf({ after, before: lived.before, holds });
  const trials = toCriterion(lived, presentations);
  return {
    score: accuracy,
    measures: {
      ...retention,
      anytime: mean(lived.met),
      trialsToCriterion: mean(trials),
      savings: again ? trials[again[0]]! - trials[again[1]]! : 0,
      hiddenActive,
      spikesAPresentation: spikes / (tasks * presentations),
    },
  };
}
