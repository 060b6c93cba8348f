import { pow } from '../math/power.js';

/** Rounding errors of a function whose least value is 0 are about this large. */
const leastTarget = 1e-12;

/** 10^2, 10^1.8 and so on, as far as they are not below the last. */
export function targetsTo(last: number): number[] {
  const least = Math.max(last, leastTarget) * (1 - 1e-9);
  const all: number[] = [];
  for (let i = 0; ; i++) {
    const target = pow(10, 2 - i / 5);
    if (target < least) return all;
    all.push(target);
  }
}

/** A run on one function. */
export interface TimedRun {
  strategy: string;
  /** `[targets]` evaluations up to and including the first f at or below each; null where none was. */
  reached: (number | null)[];
  /** Most evaluations that it could have had. */
  maxEvaluations: number;
}

/** Counts the evaluations of a run, and notes those that reach a target. */
export class Progress {
  evaluations = 0;
  /** Least f. */
  best = Infinity;
  readonly reached: (number | null)[];
  private next = 0;

  /** @param targets descending */
  constructor(private readonly targets: readonly number[]) {
    this.reached = targets.map(() => null);
  }

  note(f: number): void {
    this.evaluations += 1;
    this.best = Math.min(this.best, f);
    for (; this.next < this.targets.length && this.best <= this.targets[this.next]!; this.next++) {
      this.reached[this.next] = this.evaluations;
    }
  }

  get reachedAll(): boolean {
    return this.next === this.targets.length;
  }
}

/** A share of what was to be reached, and the evaluations by which it was. */
export interface CurvePoint {
  evaluations: number;
  share: number;
}

/** The empirical distribution of running times: by evaluations, the share of all targets of all runs that had been reached. */
export function runtimeCurve(runs: readonly Pick<TimedRun, 'reached'>[]): CurvePoint[] {
  const times = runs.flatMap(({ reached }) => reached.filter((time) => time !== null)).sort((a, b) => a - b);
  const all = runs.reduce((sum, { reached }) => sum + reached.length, 0);
  const points: CurvePoint[] = [];
  times.forEach((evaluations, i) => {
    if (evaluations !== times[i + 1]) points.push({ evaluations, share: (i + 1) / all });
  });
  return points;
}

/** The share that had been reached by so many evaluations. */
export const shareBy = (curve: readonly CurvePoint[], evaluations: number): number =>
  curve.filter((point) => point.evaluations <= evaluations).at(-1)?.share ?? 0;
