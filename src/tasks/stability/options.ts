import { z } from 'zod';
import { networkFaults, networkOptions } from '../balanced/options.js';

export const options = z.lazy(() =>
  z
    .strictObject({
      targetHz: z
        .number()
        .positive()
        .max(90)
        .default(10)
        .describe('rate that the excitatory cells should have'),
      durationS: z
        .number()
        .min(0.2)
        .max(3600)
        .default(5)
        .describe('seconds that a life lasts; published: 35 to 50'),
      scoredS: z
        .number()
        .min(0.1)
        .max(600)
        .default(2)
        .describe('the last seconds of a life, in which it is scored; published: 5'),
      heldOutS: z
        .number()
        .min(0)
        .max(3600)
        .default(0)
        .describe('length of lives that evolution never sees, which ask whether rates stay; 0: none'),
      boundPenalty: z
        .number()
        .min(0)
        .max(1000)
        .default(0)
        .describe('added to the loss, times the share of weights that end at a bound; published: 0'),
      ...networkOptions(['IE']),
    })
    .superRefine((settings, context) => {
      for (const { path, message } of networkFaults(settings))
        context.addIssue({ code: 'custom', path, message });
      const { scoredS, durationS, heldOutS } = settings;
      if (scoredS > durationS) {
        context.addIssue({ code: 'custom', path: ['scoredS'], message: 'expected durationS or less' });
      }
      if (heldOutS > 0 && heldOutS < scoredS) {
        context.addIssue({ code: 'custom', path: ['heldOutS'], message: 'expected 0, or scoredS or more' });
      }
    }),
);

export type Options = z.output<typeof options>;
