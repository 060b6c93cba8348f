/** What is read of a study on disk: plain values alone, so that all of it can be written as JSON. */

/** Where a run of a study stands. */
export type StudyRunStatus = 'planned' | 'running' | 'interrupted' | 'finished' | 'failed';

/** A champion's raw score on fresh seeds. */
export interface FreshSpread {
  mean: number;
  /** Sample standard deviation over lives; 0 of a single one. */
  sd: number;
  n: number;
}

export interface StudyRunResult {
  /** As a run is named on the command line: NAME/ARM-sSEED. */
  run: string;
  seed: number;
  /** Hash of what determines its outcome: two runs with one are the same to the bit. Null where it was not read. */
  outcome: string | null;
  /** The same of its search alone, however its champion was chosen. */
  search: string | null;
  status: StudyRunStatus;
  stopReason: string | null;
  evaluations: number;
  /**
   * Best raw score so far, where it changes: at strictly rising evaluations, counted candidate by candidate, and last at
   * `evaluations`.
   */
  curve: { evaluations: number; best: number }[];
  /** Raw score of the champion. */
  best: number | null;
  /** Best within the evaluations at which the arms are compared; null where the run has not come so far. */
  atEqual: number | null;
  /** The champion scored again on fresh seeds. */
  fresh: FreshSpread | null;
  /** By target, evaluations until the best first reached it; null where it did not. */
  toTarget: (number | null)[];
  /** Lives that failed. */
  failures: number;
}

export interface StudyArmResult {
  name: string;
  /** What the arm sets, in words. */
  about: string;
  /** The null model, where the arm is a control. */
  control: string | null;
  /** The arm that it is a control of, where a study says so. */
  animal?: string;
  /** By factor, its level, where arms are combinations of factors. */
  levels?: Readonly<Record<string, string>>;
  /** Arms of the same world have comparable scores on fresh seeds. */
  world: string;
  /** Those that also score candidates by the same lives have comparable best scores. */
  lives: string;
  /** Raw score before any evolution. */
  untrained: number | null;
  /** Raw score of acting at random in the arm's world. */
  chance: number | null;
  runs: StudyRunResult[];
}

export interface StudyResults {
  study: string;
  seeds: number[];
  /**
   * At which arms are compared: the most evaluations that every run has reached. A run that ended by itself keeps its
   * best.
   */
  evaluations: number | null;
  /** Raw scores to reach. */
  targets: number[];
  /** Within which two arms count as equivalent, in units of the score. */
  margin: number | null;
  /** The claims to test; null where nobody chose. */
  compare: { arm: string; with: string }[] | null;
  /** Of the whole study, where its arms share a world. */
  chance: number | null;
  ceiling: number | null;
  arms: StudyArmResult[];
  /** What the named levels of its factors set, in words. */
  levels?: { factor: string; level: string; sets: string }[];
}
