import { describe, expect, it } from 'vitest';
import { retentionOf } from '../../src/tasks/classification/retention.js';

describe('what a stream of tasks left behind', () => {
  // Rows: after each of three tasks; columns: accuracy of each.
  const after = [
    [0.9, 0.4, 0.5],
    [0.6, 0.8, 0.7],
    [0.5, 0.7, 1],
  ];
  const before = [0.5, 0.5, 0.4];

  it('is counted by hand', () => {
    const found = retentionOf({ after, before });
    expect(found.accuracy).toBeCloseTo((0.5 + 0.7 + 1) / 3, 12);
    expect(found.backwardTransfer).toBeCloseTo((0.5 - 0.9 + (0.7 - 0.8)) / 2, 12);
    expect(found.forwardTransfer).toBeCloseTo((0.4 - 0.5 + (0.7 - 0.4)) / 2, 12);
    expect(found.forgetting).toBeCloseTo((0.9 - 0.5 + (0.8 - 0.7)) / 2, 12);
    expect(found.averageIncremental).toBeCloseTo((0.9 + (0.6 + 0.8) / 2 + (0.5 + 0.7 + 1) / 3) / 3, 12);
    expect(found.learningAccuracy).toBeCloseTo((0.9 + 0.8 + 1) / 3, 12);
  });

  it('weighs later steps and older tasks more', () => {
    // (1 + 0.05 step) (1 + 2 age / 3)
    const weights = [[1], [1.05 * (5 / 3), 1.05], [1.1 * (7 / 3), 1.1 * (5 / 3), 1.1]];
    const sum = weights.flatMap((row, step) => row.map((weight, task) => weight * after[step]![task]!));
    const total = (values: readonly number[]) => values.reduce((so, value) => so + value, 0);
    expect(retentionOf({ after, before }).ageWeighted).toBeCloseTo(total(sum) / total(weights.flat()), 12);
  });

  it('leaves out of what was kept what no longer holds', () => {
    const found = retentionOf({ after, before, holds: [true, false, true] });
    expect(found.accuracy).toBeCloseTo((0.5 + 1) / 2, 12);
    expect(found.backwardTransfer).toBeCloseTo(0.5 - 0.9, 12);
    expect(found.forgetting).toBeCloseTo(0.9 - 0.5, 12);
    expect(found.learningAccuracy).toBeCloseTo(0.9, 12);
  });

  it('counts a task that was best before it was taught, and one that only got better', () => {
    const better = [
      [0.6, 0.9],
      [0.8, 0.7],
    ];
    const found = retentionOf({ after: better, before: [0.5, 0.5] });
    expect(found.forgetting).toBeCloseTo(-0.2, 12);
    expect(found.backwardTransfer).toBeCloseTo(0.2, 12);
    expect(found.forwardTransfer).toBeCloseTo(0.4, 12);
  });
});
