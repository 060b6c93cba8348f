/** Rounding of a quotient, as a share of it: 0.15 / 0.1 is a little less than 1.5, and is one and a half steps. */
const slack = 1e-12;

/** A time in whole steps. Half a step counts as a whole one. */
export const wholeSteps = (ms: number, dtMs: number): number => Math.floor((ms / dtMs) * (1 + slack) + 0.5);

/** Whether a time is a whole number of steps, of one at least. */
export function isWholeSteps(ms: number, dtMs: number): boolean {
  const steps = wholeSteps(ms, dtMs);
  return steps >= 1 && Math.abs(ms - steps * dtMs) <= 1e-9 * ms;
}

/** The times next to one that are whole numbers of steps, in words. */
export function nearWholeSteps(ms: number, dtMs: number): string {
  const below = Math.floor(ms / dtMs);
  const times = [below, below + 1].filter((steps) => steps > 0);
  return times.map((steps) => Number((steps * dtMs).toPrecision(9))).join(' or ');
}
