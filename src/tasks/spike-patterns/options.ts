import { z } from 'zod';
import { hiddenLayer, streamAlone, streamOptions } from '../classification/options.js';

export const options = z.lazy(() =>
  z
    .strictObject({
      tasks: z.int().min(1).max(20).default(3).describe('tasks in a stream; each brings classes of its own'),
      classes: z.int().min(2).max(10).default(2).describe('classes of a task'),
      inputs: z
        .int()
        .min(4)
        .max(256)
        .default(32)
        .describe('inputs, each with one volley in a pattern: it fires at 300 Hz for 10 ms'),
      dimensions: z
        .int()
        .min(1)
        .max(2)
        .default(1)
        .describe('coordinates along which the examples of a class differ'),
      smoothness: z
        .number()
        .min(0)
        .max(10)
        .default(3)
        .describe(
          'how fast the waves of a manifold fall off with their frequency: the larger, the more alike are examples',
        ),
      spread: z
        .number()
        .min(0)
        .max(1)
        .default(0.3)
        .describe(
          'share of a pattern’s length over which the time of each input varies within a class; published: 1',
        ),
      jitterMs: z.number().min(0).max(100).default(5).describe('standard deviation of what each time is off'),
      heldOutJitterMs: z
        .number()
        .min(0)
        .max(100)
        .default(15)
        .describe('the same in streams that evolution never sees; 0: none'),
      ...streamOptions({ presentation: 120, gap: 80 }),
      hidden: hiddenLayer
        .optional()
        .describe(
          'the layer of random features between inputs and pools, to which spikes come after random delays',
        ),
      networkSeed: z
        .int()
        .min(0)
        .default(1)
        .describe('of the first weights, and of the features of a hidden layer'),
    })
    .refine(...streamAlone),
);

export type Options = z.output<typeof options>;
