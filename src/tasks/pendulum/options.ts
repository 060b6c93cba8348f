import { z } from 'zod';
import { pairOptions } from '../oscillator/worlds.js';

export const options = z.lazy(() =>
  z.strictObject({
    durationS: z
      .number()
      .min(2)
      .max(3600)
      .default(20)
      .describe('length of a life, s; its second half is scored'),
    periodS: z.number().min(0.1).max(10).default(1).describe('period of a small swing, s'),
    gain: z
      .number()
      .positive()
      .max(5)
      .default(0.4)
      .describe('push of a spike while it lasts, as a share of gravity'),
    pushMs: z
      .int()
      .min(1)
      .max(1000)
      .default(20)
      .describe('how long a spike pushes; another spike meanwhile adds nothing'),
    feedback: z
      .boolean()
      .default(true)
      .describe(
        'whether the cell that pushes to a side is inhibited while the pendulum is on the other side',
      ),
    level: z
      .number()
      .min(-5)
      .max(5)
      .default(0.3)
      .describe('level of the modulator, which excites both cells'),
    ...pairOptions,
  }),
);

export type Options = z.output<typeof options>;
