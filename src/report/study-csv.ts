import { delimitedText } from '../connectome/export/csv.js';
import type { StudyResults } from '../study/results-type.js';

const cell = (value: string | number | null): string | number => value ?? '';

/** A study's runs as a table, a row a run; a cell is empty where a run has no such number. */
export function runsCsv({ study, evaluations, targets, arms }: StudyResults): string {
  const head = [
    'study',
    'arm',
    'about',
    'control',
    'world',
    'untrained',
    'seed',
    'run',
    'status',
    'stop_reason',
    'evaluations',
    'failures',
    'best',
    'equal_evaluations',
    'best_at_equal_evaluations',
    'fresh_mean',
    'fresh_sd',
    'fresh_n',
    ...targets.map((target) => `evaluations_to_${target}`),
  ];
  const rows = arms.flatMap((arm) =>
    arm.runs.map((run) =>
      [
        ...[study, arm.name, arm.about, arm.control, arm.world, arm.untrained],
        ...[run.seed, run.run, run.status, run.stopReason, run.evaluations, run.failures],
        ...[run.best, evaluations, run.atEqual],
        ...[run.fresh?.mean ?? null, run.fresh?.sd ?? null, run.fresh?.n ?? null],
        ...targets.map((_, place) => run.toTarget[place] ?? null),
      ].map(cell),
    ),
  );
  return delimitedText([head, ...rows]);
}

/** A study's curves as a table, a row a point: the best score so far where it changes, and where a run stands. */
export function curvesCsv({ study, arms }: StudyResults): string {
  const rows = arms.flatMap((arm) =>
    arm.runs.flatMap(({ seed, run, curve }) =>
      curve.map(({ evaluations, best }) => [study, arm.name, seed, run, evaluations, best]),
    ),
  );
  return delimitedText([['study', 'arm', 'seed', 'run', 'evaluations', 'best'], ...rows]);
}
