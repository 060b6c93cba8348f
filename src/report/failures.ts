import type { Failures } from '../evolve/failures.js';
import { count } from '../figure/theme.js';
import type { ReportField } from './report.js';

/** Candidates that failed, each reason with its count. */
export const failureFields = (failures: readonly Failures[] = [], evaluations: number): ReportField[] =>
  failures.map(({ reason, count: times }, i) => [
    i === 0 ? 'failed' : '',
    `${count(times)} of ${count(evaluations)} candidates: ${reason}`,
  ]);

/** Candidates whose formula had been lived, where any were. */
export const reusedFields = (reused: number | undefined, evaluations: number): ReportField[] =>
  reused === undefined
    ? []
    : [
        [
          'not lived again',
          `${count(reused)} of ${count(evaluations)} candidates: what they say had been lived`,
        ],
      ];
