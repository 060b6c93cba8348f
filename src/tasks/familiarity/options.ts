import { z } from 'zod';
import { networkFaults, networkOptions } from '../balanced/options.js';

const seconds = (low: number) => z.number().min(low).max(600);

export const options = z.lazy(() =>
  z
    .strictObject({
      patterns: z
        .int()
        .min(1)
        .max(20)
        .default(2)
        .describe(
          'patterns that become familiar; each is a row of neighbouring inputs that fire at a higher rate',
        ),
      patternShare: z.number().min(0.01).max(0.5).default(0.1).describe('share of the inputs in a pattern'),
      patternLowHz: z
        .number()
        .positive()
        .max(100)
        .default(15)
        .describe('rate of a pattern’s inputs, on top of that of all, is drawn in each life from'),
      patternHighHz: z.number().positive().max(100).default(20).describe('… up to'),
      trainS: seconds(0.1)
        .default(3)
        .describe('seconds in which familiar patterns are shown again and again; published: 30 to 35'),
      onS: seconds(0.05)
        .default(0.5)
        .describe('how long a pattern is shown in that time; published: 2 on average'),
      offS: seconds(0).default(0.1).describe('time between two of them'),
      delaysS: z
        .array(seconds(0))
        .min(1)
        .max(10)
        .default([0.5])
        .describe(
          'rest before each pair of tests, a familiar and a novel pattern; every pair has a novel pattern of its own; published: 1 to 3',
        ),
      heldOutDelaysS: z
        .array(seconds(0))
        .max(10)
        .default([])
        .describe('delays of lives that evolution never sees; [] for none'),
      testS: seconds(0.05).default(1).describe('length of a test; published: 5'),
      breakS: seconds(0).default(0.5).describe('rest between the two tests of a pair; published: 1 to 3'),
      familiarHz: z
        .number()
        .positive()
        .max(90)
        .default(20)
        .describe('excitatory rate from which on a familiar pattern loses nothing'),
      novelHz: z
        .number()
        .min(0)
        .max(90)
        .default(10)
        .describe('rate up to which a novel pattern loses nothing'),
      labels: z
        .enum(['true', 'shuffled'])
        .default('true')
        .describe(
          'shuffled: which of the tests are scored as familiar is tossed, whatever is shown, as a control',
        ),
      ...networkOptions(['EE', 'IE']),
      rateTauMs: z
        .number()
        .min(10)
        .max(10_000)
        .default(200)
        .describe(
          'the rate of a population is a running mean of its spikes with this time constant; published: 1,000',
        ),
    })
    .superRefine((settings, context) => {
      for (const { path, message } of networkFaults(settings))
        context.addIssue({ code: 'custom', path, message });
      const { patternLowHz, patternHighHz, patterns, patternShare, delaysS, heldOutDelaysS } = settings;
      if (patternHighHz < patternLowHz) {
        context.addIssue({
          code: 'custom',
          path: ['patternHighHz'],
          message: 'expected patternLowHz or more',
        });
      }
      const shown = patterns + Math.max(delaysS.length, heldOutDelaysS.length);
      if (shown * patternShare > 1 + 1e-9) {
        context.addIssue({
          code: 'custom',
          path: ['patternShare'],
          message: `expected 1/${shown} or less, so that ${patterns} familiar and ${shown - patterns} novel patterns share no input`,
        });
      }
    }),
);

export type Options = z.output<typeof options>;
