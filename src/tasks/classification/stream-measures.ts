import { mean } from '../../math/statistics.js';
import { firstRun } from '../protocol/criterion.js';
import { retentionMeasures, retentionOf } from './retention.js';
import type { StreamPlan } from './stream.js';
import type { StreamTrace } from './stream-trace.js';

/** At criterion: so many of a run of presentations are answered right. */
const criterion = { trials: 10, right: 8 };

/** What a life came to. */
export interface LivedStream {
  lived: StreamTrace;
  holds: readonly boolean[];
  hiddenActive: number;
  spikes: number;
}

/** `[tasks]` presentations of each task before the criterion; all of them where nothing was answered. */
function toCriterion({ right, before }: StreamTrace, presentations: number): number[] {
  return before.map((_, task) => {
    if (right.length === 0) return presentations;
    const from = task * presentations;
    return firstRun(right, from, from + presentations, criterion) - from;
  });
}

/** The score is the accuracy at the end; the rest is said beside it. */
export function measuresOf(
  { lived, holds, hiddenActive, spikes }: LivedStream,
  { settings: { presentations }, again }: Pick<StreamPlan, 'again'> & { settings: { presentations: number } },
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

const share = (about: string) => ({ unit: '1', about });

/** What they are, in words. */
export const streamMeasures = {
  ...retentionMeasures,
  anytime: share('accuracy of the tasks met so far, mean over all checks: the area under the anytime curve'),
  trialsToCriterion: {
    unit: 'trials',
    about:
      'presentations of a task before the first 10 of which 8 are answered right, mean over tasks; all of them where a ' +
      'teacher answers',
  },
  savings: {
    unit: 'trials',
    about: 'how many fewer of these the first task takes when it comes again; 0 where it does not',
  },
  hiddenActive: share('cells of the hidden layer that fire while a pattern is tested; 0 without one'),
  spikesAPresentation: {
    unit: 'spikes',
    about: 'of all cells in the whole life, for each presentation that is taught',
  },
};
