import { z } from 'zod';
import { circuitOnly } from '../circuit/options.js';

/** ms of a control interval, a step of the publication. */
export const intervalMs = 20;

/** Steps of a trial, by what happens in them: from, and before. */
export const steps = {
  first: [0, 8],
  second: [10, 18],
  answer: [25, 35],
  told: [36, 46],
  trial: [0, 50],
} as const;

export const options = z.lazy(() =>
  z.strictObject({
    trials: z
      .int()
      .min(8)
      .max(10_000)
      .default(400)
      .describe('trials in a life, of 1 s each; the score is the share of right answers in the last quarter'),
    dopamine: z
      .enum(['signed', 'reward'])
      .default('signed')
      .describe('signed: the reward less the running mean of rewards; reward: the reward, 1 or 0'),
    circuit: circuitOnly,
    networkSeed: z.int().min(0).default(1).describe('of the wiring and the first weights'),
  }),
);

export type Options = z.output<typeof options>;
