import { z } from 'zod';
import { isWholeSteps } from '../../math/steps.js';
import { ruleOptions } from '../protocol/rule.js';

export const options = z.lazy(() =>
  z
    .strictObject({
      trials: z
        .int()
        .min(1)
        .max(1000)
        .default(8)
        .describe('neurons, each with a pattern of its own; the score is that of the one that does worst'),
      learnS: z.number().min(0.5).max(10_000).default(100).describe('seconds for which a neuron learns'),
      testS: z
        .number()
        .min(2)
        .max(10_000)
        .default(11)
        .describe(
          'seconds for which its potential is then looked at, with frozen weights and without a threshold; the first does not count',
        ),
      inputs: z.int().min(10).max(10_000).default(1000).describe('Poisson inputs'),
      rateHz: z
        .number()
        .positive()
        .max(200)
        .default(3)
        .describe('rate of an input, within the pattern and without'),
      patternMs: z.int().min(5).max(1000).default(100).describe('length of the frozen pattern'),
      periodMs: z
        .int()
        .min(10)
        .max(10_000)
        .default(500)
        .describe('from one presentation of the pattern to the next'),
      pattern: z
        .boolean()
        .default(true)
        .describe(
          'whether the pattern comes while the neuron learns; if not, there are other spikes each time',
        ),
      startWeight: z
        .number()
        .min(0)
        .max(100)
        .default(0.385)
        .describe('the first weight of all inputs, mV; 0.385 makes for about 20 Hz'),
      dtMs: z.literal([0.1, 0.2, 0.5, 1]).default(0.5).describe('step, ms'),
      ...ruleOptions('homeostatic-stdp'),
    })
    .refine(({ patternMs, periodMs }) => periodMs > patternMs, {
      path: ['periodMs'],
      message: 'expected more than the length of the pattern',
    })
    .refine(({ learnS, testS, periodMs }) => [learnS, testS].every((s) => isWholeSteps(1000 * s, periodMs)), {
      path: ['periodMs'],
      message: 'expected to divide the time of learning, and that of the test',
    }),
);

export type Options = z.output<typeof options>;
