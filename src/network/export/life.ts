import type { Values } from '../model/network.js';

/** What is done to a network between two steps. */
export type LifeAct = { step: number } & (
  | { does: 'release'; modulator: string; amount: number }
  | { does: 'signal'; event: string; projection?: string }
  | { does: 'set'; population: string; state: string; values: Values }
);

/** What happens to a network from outside in one life: how its inputs are driven, and what is done to it when. */
export interface LifeCourse {
  /** One after the other: so many steps with each input held at its drive, `[inputs]`. */
  stretches: readonly { steps: number; drive: Float64Array }[];
  /** In the order of their steps. */
  acts: readonly LifeAct[];
}

/** Steps of a whole course. */
export const stepsOfCourse = ({ stretches }: LifeCourse) =>
  stretches.reduce((sum, { steps }) => sum + steps, 0);

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** The longest stretch that all stretches are multiples of, and the drives of each such stretch. */
export function evenStretches({ stretches }: LifeCourse): { steps: number; drives: Float64Array[] } {
  const steps = stretches.reduce((common, of) => divisor(common, of.steps), 0) || 1;
  return {
    steps,
    drives: stretches.flatMap((of) => Array<Float64Array>(of.steps / steps).fill(of.drive)),
  };
}
