import { z } from 'zod';
import { circuitOnly } from '../circuit/options.js';

/** ms of a control interval: a step is a whole number of them. */
export const intervalMs = 20;

export const options = z.lazy(() =>
  z.strictObject({
    size: z
      .int()
      .min(5)
      .max(41)
      .default(13)
      .refine((size) => size % 2 === 1, {
        message: 'expected an odd number, so that there are ways between all pillars',
      })
      .describe('cells along a side, the wall around them included; pillars stand at every other cell'),
    steps: z.int().min(1).max(100_000).default(200).describe('steps in a life'),
    reward: z.number().positive().max(1000).default(10).describe('reward at its cell'),
    wallPenalty: z.number().min(0).max(1000).default(0).describe('what a step into a wall costs'),
    stepMs: z
      .int()
      .multipleOf(intervalMs)
      .min(20)
      .max(10_000)
      .default(100)
      .describe('time of a step, which goes the way of the pool that fired most meanwhile'),
    circuit: circuitOnly,
    networkSeed: z.int().min(0).default(1).describe('of the wiring and the first weights'),
  }),
);

export type Options = z.output<typeof options>;
