import { z } from 'zod';
import type { Scenario } from '../task.js';

/** Options of tasks that a pair of rebound cells lives. */
export const pairOptions = {
  noise: z
    .number()
    .min(0)
    .max(10)
    .default(0.1)
    .describe('standard deviation of the noise on each cell, uA/cm2'),
  deviation: z
    .number()
    .min(0)
    .max(0.45)
    .default(0.2)
    .describe('how far parameters of each cell are off in lives that evolution never sees: SD, as a share'),
};

/** The world with cells as described, and that which evolution never sees, where they are off. */
export function worldsOf(deviation: number, scenarioOf: (name: string) => Scenario) {
  const deviations: Readonly<Record<string, number>> = {
    'cells as described': 0,
    'cells that are off': deviation,
  };
  const [standard, off] = Object.keys(deviations).map(scenarioOf);
  return {
    scenarios: [standard!],
    heldOut: deviation > 0 ? [off!] : [],
    deviationIn: ({ name }: Scenario): number => deviations[name]!,
  };
}
