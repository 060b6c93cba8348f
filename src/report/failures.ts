import type { Failures } from '../evolve/failures.js';
import type { RunSpec } from '../evolve/run-spec.js';
import { count } from '../figure/theme.js';
import type { ReportField } from './report.js';

/** Candidates that failed, each reason with its count. */
export const failureFields = (failures: readonly Failures[] = [], evaluations: number): ReportField[] =>
  failures.map(({ reason, count: times }, i) => [
    i === 0 ? 'failed' : '',
    `${count(times)} of ${count(evaluations)} candidates: ${reason}`,
  ]);

/** Candidates that fell at the run's hurdle, and what was not lived of them. */
export const hurdleFields = (
  fell: number | undefined,
  evaluations: number,
  { hurdle, episodes }: Pick<RunSpec, 'hurdle' | 'episodes'>,
): ReportField[] =>
  fell === undefined || hurdle === undefined
    ? []
    : [
        [
          'fell at the hurdle',
          `${count(fell)} of ${count(evaluations)} candidates, after ${hurdle.episodes} of ${episodes} episodes: ` +
            `${count(fell * (episodes - hurdle.episodes))} of ${count(evaluations * episodes)} episodes spared`,
        ],
      ];

const alike = { algebra: ', or the same by algebra,', probes: ', or the same on probe inputs,' };

/** Candidates whose formula had been lived, where any were. @param reuse by what others count as the same */
export const reusedFields = (
  reused: number | undefined,
  evaluations: number,
  reuse?: RunSpec['reuse'],
): ReportField[] =>
  reused === undefined
    ? []
    : [
        [
          'not lived again',
          `${count(reused)} of ${count(evaluations)} candidates: what they say${reuse ? alike[reuse] : ''} had been lived`,
        ],
      ];
