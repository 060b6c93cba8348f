/** A stream check by check, and presentation by presentation: for measures, and for drawing. */
export interface StreamTrace {
  /** Presentations by which each check came. */
  at: number[];
  /** Mean accuracy of the tasks met until then, and of the first task. */
  met: number[];
  first: number[];
  /** `[tasks][tasks]` in rows: accuracy of each task after each was taught. */
  after: number[];
  /** Accuracy of each task before anything was taught. */
  before: number[];
  /** Whether each presentation by which a task was taught was answered right; empty where a teacher gave the answers. */
  right: number[];
}

export const emptyTrace = (): StreamTrace => ({
  at: [],
  met: [],
  first: [],
  after: [],
  before: [],
  right: [],
});
