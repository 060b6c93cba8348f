import { count } from '../figure/theme.js';
import type { RunComparison } from '../inspect/comparison.js';
import { figure } from './numbers.js';
import type { Report } from './report.js';

/** Runs compared at equal evaluations. */
export function comparisonReport(comparison: RunComparison, picture: string): Report {
  const { evaluations, comparable, runs } = comparison;
  const notices = [
    ...(comparable
      ? []
      : [
          'These runs differ in task, connectome, network or episodes: their scores do not measure the same, and are drawn apart.',
        ]),
    ...runs.flatMap(({ run, lineage }) =>
      lineage?.anew
        ? [
            `${run} branched from ${lineage.run} after ${count(lineage.evaluations)} evaluations, and its curve begins there: its scores before measure something else.`,
          ]
        : [],
    ),
  ];
  const validated = runs.filter(({ best, champion }) => champion !== best);
  if (validated.length > 0)
    notices.push(
      `Validation chose champions other than the final best: ${validated.map(({ run, champion }) => `${run} ${figure(champion)}`).join(', ')}. Fresh mean, ` +
        'genes changed and L2 are of champions.',
    );
  return {
    data: { ...comparison, picture },
    ...(notices.length > 0 ? { notices } : {}),
    sections: [
      {
        parts: [
          {
            part: 'table',
            columns: [
              'run',
              'strategy',
              'seed',
              'evaluations',
              `best at ${count(evaluations)}`,
              'final best',
              'final fresh mean',
              'final genes changed',
              'final L2',
            ],
            rows: runs.map((row) => [
              row.run,
              row.strategy,
              row.seed,
              count(row.evaluations),
              figure(row.atEqual.best),
              figure(row.best),
              figure(row.fresh?.mean),
              count(row.genesChanged),
              row.l2.toFixed(2),
            ]),
          },
        ],
      },
    ],
  };
}
