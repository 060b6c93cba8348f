import type { StepRecord } from '../store/steps.js';

/** Candidates that failed for one reason. */
export interface Failures {
  /** The first of them in full: in the others its numbers may differ. */
  reason: string;
  count: number;
}

/** A reason without its numbers: which cell broke down differs from life to life. */
const kindOf = (reason: string) => reason.replace(/\d+(\.\d+)?(e[+-]?\d+)?/gi, '#');

/** Counts failed candidates by their reasons. */
export class FailureCount {
  private readonly byKind = new Map<string, Failures>();

  /** Takes note of a step; returns the reasons that no step before had. */
  add({ failed = {} }: Pick<StepRecord, 'failed'>): Failures[] {
    const met: Failures[] = [];
    for (const reason of Object.values(failed)) {
      const known = this.byKind.get(kindOf(reason));
      if (known) known.count += 1;
      else {
        const failures = { reason, count: 1 };
        this.byKind.set(kindOf(reason), failures);
        met.push(failures);
      }
    }
    return met;
  }

  /** Most frequent first. */
  groups(): Failures[] {
    return [...this.byKind.values()].sort((a, b) => b.count - a.count).map((failures) => ({ ...failures }));
  }
}
