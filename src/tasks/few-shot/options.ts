import { z } from 'zod';
import { circuitAlone } from '../circuit/options.js';
import { evenBits, showingOptions } from '../classification/options.js';

const share = z.number().min(0).max(0.5);

export const options = z.lazy(() =>
  z
    .strictObject({
      classes: z
        .int()
        .min(2)
        .max(20)
        .default(5)
        .describe('classes in an episode, which is a life; each has a prototype of its own'),
      bits: evenBits('prototype'),
      flips: share
        .default(0.2)
        .describe('probability with which each bit of a pattern that is shown differs from its prototype'),
      shots: z
        .int()
        .min(1)
        .max(100)
        .default(1)
        .describe('support: presentations of each class that are taught'),
      queries: z
        .int()
        .min(1)
        .max(1000)
        .default(5)
        .describe(
          'presentations after those that are answered untaught; the classes take turns, in a new order each time',
        ),
      heldOutFlips: share.default(0.3).describe('flips in episodes that evolution never sees; 0: none'),
      heldOutShots: z
        .int()
        .min(0)
        .max(100)
        .default(5)
        .describe('support of a class in episodes that evolution never sees; 0: none'),
      ...showingOptions({ presentation: 100, gap: 100 }),
      networkSeed: z.int().min(0).default(1).describe('of the first weights'),
    })
    .refine(...circuitAlone()),
);

export type Options = z.output<typeof options>;
