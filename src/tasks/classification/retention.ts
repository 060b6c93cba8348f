import { mean } from '../../math/statistics.js';

/** Accuracies along a stream of tasks. */
export interface Stream {
  /** `[tasks][tasks]` of each task (column) after each task was learned (row). */
  after: readonly (readonly number[])[];
  /** `[tasks]` of each task before anything was learned. */
  before: readonly number[];
  /** `[tasks]` whether the task's answers are still right at the end; all where absent. */
  holds?: readonly boolean[];
}

/** Mean; 0 of nothing. */
const meanOr0 = (values: readonly number[]) => (values.length === 0 ? 0 : mean(values));

/**
 * What a stream of tasks left behind. Accuracy, backward and forward transfer: Lopez-Paz and Ranzato 2017, arXiv
 * 1706.08840; forgetting: Chaudhry et al. 2018, arXiv 1801.10112. Tasks whose answers no longer hold count in what was
 * learned at the time, and not in what was kept.
 */
export function retentionOf({ after, before, holds }: Stream) {
  const last = after.length - 1;
  const all = after.map((_, task) => task);
  const kept = all.filter((task) => holds?.[task] ?? true);
  const earlier = kept.filter((task) => task < last);
  const end = after[last]!;
  const best = (task: number) => Math.max(...after.slice(0, last).map((row) => row[task]!));
  const weights = (row: number) =>
    all.slice(0, row + 1).map((task) => (1 + 0.05 * row) * (1 + (2 * (row - task)) / after.length));
  const weighted = all.map((row) => {
    const of = weights(row);
    return {
      sum: of.reduce((sum, weight, task) => sum + weight * after[row]![task]!, 0),
      weight: of.reduce((sum, weight) => sum + weight, 0),
    };
  });
  const total = (part: 'sum' | 'weight') => weighted.reduce((sum, each) => sum + each[part], 0);
  return {
    accuracy: mean(kept.map((task) => end[task]!)),
    backwardTransfer: meanOr0(earlier.map((task) => end[task]! - after[task]![task]!)),
    forwardTransfer: meanOr0(all.slice(1).map((task) => after[task - 1]![task]! - before[task]!)),
    forgetting: meanOr0(earlier.map((task) => best(task) - end[task]!)),
    averageIncremental: mean(all.map((row) => mean(after[row]!.slice(0, row + 1)))),
    learningAccuracy: mean(all.map((task) => after[task]![task]!)),
    ageWeighted: total('sum') / total('weight'),
  };
}

const share = (about: string) => ({ unit: '1', about });

/** What they are, in words. */
export const retentionMeasures = {
  backwardTransfer: share(
    'accuracy of earlier tasks at the end, less that when they had just been learned (BWT)',
  ),
  forwardTransfer: share(
    'accuracy of each later task just before it is taught, less that of the untaught network (FWT); says nothing where each ' +
      'task has answers of its own',
  ),
  forgetting: share('best accuracy of earlier tasks before the last one was taught, less that at the end'),
  averageIncremental: share('mean over the tasks met so far, after each task; mean over the stream'),
  learningAccuracy: share('accuracy of each task when it has just been taught'),
  ageWeighted: share(
    'accuracy of the tasks met so far after each task, weighted by (1 + 0.05 step) (1 + 2 age / tasks)',
  ),
};
