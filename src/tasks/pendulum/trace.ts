/** A life interval by interval: for measures, and for drawing. */
export interface PendulumTrace {
  /** Angle after the interval, rad. */
  angle: number[];
  /** Its change, rad for each unit of time. */
  velocity: number[];
  /** Spikes of the cells that push to the positive and to the negative side. */
  forth: number[];
  back: number[];
  /** Work done by the push, in units of what gravity can hold. */
  work: number[];
}

export const emptyTrace = (): PendulumTrace => ({ angle: [], velocity: [], forth: [], back: [], work: [] });
