import { z } from 'zod';
import { circuitAlone, circuitOption } from '../circuit/options.js';
import { intervalMs } from '../classification/presentation.js';

const durationMs = (low: number) => z.int().min(low).max(10_000).multipleOf(intervalMs);

/** What of the options is of the task's own network. */
const own = { modulation: 'diffusion', radius: 1.5 } as const;

export const options = z.lazy(() =>
  z
    .strictObject({
      items: z
        .int()
        .min(4)
        .max(64)
        .multipleOf(4)
        .default(8)
        .describe('kinds of food; half of them are poisonous in each season'),
      years: z.int().min(2).max(20).default(3).describe('how often each of the two seasons comes'),
      days: z
        .int()
        .min(1)
        .max(100)
        .default(5)
        .describe('days of a season; each day shows every kind of food once'),
      heldOutDays: z
        .int()
        .min(0)
        .max(100)
        .default(10)
        .describe('days of a season in lives that evolution never sees; 0: none'),
      lines: z
        .enum(['shared', 'separate'])
        .default('shared')
        .describe(
          'shared: a kind of food drives the same inputs in both seasons, and half of the kinds change sides; separate: each ' +
            'season has inputs of its own',
        ),
      modulation: z
        .enum(['diffusion', 'uniform'])
        .default(own.modulation)
        .describe(
          'diffusion: each season has a source whose modulator falls off with distance, and weights onto a cell learn as far as ' +
            'it reaches the cell; uniform: it reaches all cells alike, as a control',
        ),
      radius: z
        .number()
        .min(0.1)
        .max(100)
        .default(own.radius)
        .describe(
          'standard deviation of that fall-off, in distances between neighbouring cells; the sources are nine apart',
        ),
      presentationMs: durationMs(intervalMs).default(100).describe('time for which a food is shown'),
      feedbackMs: durationMs(intervalMs)
        .default(40)
        .describe('time for which inputs say whether what was eaten was good or bad'),
      gapMs: durationMs(0).default(60).describe('time between foods'),
      circuit: circuitOption,
      networkSeed: z.int().min(0).default(1).describe('of the first weights'),
    })
    .refine(...circuitAlone(own)),
);

export type Options = z.output<typeof options>;
