import type { StudyArmResult, StudyResults, StudyRunResult } from '../../src/study/results-type.js';

/** A run of a made-up study whose best rises in three steps to its score. */
export function runOf(
  arm: string,
  seed: number,
  score: number,
  more: Partial<StudyRunResult> = {},
): StudyRunResult {
  return {
    run: `made-up/${arm}-s${seed}`,
    seed,
    outcome: `${arm} ${seed}`,
    search: `${arm} ${seed}`,
    status: 'finished',
    stopReason: 'evaluations: 1000 of 1000',
    evaluations: 1000,
    curve: [
      { evaluations: 1, best: score / 4 },
      { evaluations: 100 + 10 * seed, best: score / 2 },
      { evaluations: 500 + 10 * seed, best: score },
      { evaluations: 1000, best: score },
    ],
    best: score,
    atEqual: score,
    fresh: { mean: 0.9 * score, sd: 1, n: 20 },
    toTarget: [],
    failures: 0,
    ...more,
  };
}

/** One that failed before its first step. */
export const failedRun = (arm: string, seed: number): StudyRunResult =>
  runOf(arm, seed, 0, {
    status: 'failed',
    stopReason: 'every candidate failed',
    evaluations: 0,
    curve: [],
    best: null,
    atEqual: null,
    fresh: null,
  });

export const armOf = (
  name: string,
  scores: readonly number[],
  more: Partial<StudyArmResult> = {},
): StudyArmResult => ({
  name,
  about: `strategy = ${name}`,
  control: null,
  world: 'square',
  lives: 'one',
  untrained: 10,
  chance: 5,
  runs: scores.map((score, i) => runOf(name, i + 1, score)),
  ...more,
});

export const studyOf = (arms: StudyArmResult[], more: Partial<StudyResults> = {}): StudyResults => ({
  study: 'made-up',
  seeds: [...new Set(arms.flatMap(({ runs }) => runs.map(({ seed }) => seed)))],
  evaluations: 1000,
  targets: [],
  margin: null,
  compare: null,
  chance: 5,
  ceiling: 200,
  arms,
  ...more,
});

/** So many scores around a middle, no two alike. */
export const around = (middle: number, n: number, grain = 1): number[] =>
  Array.from({ length: n }, (_, i) => middle + grain * (((i * 7) % n) - (n - 1) / 2));
