import { z } from 'zod';
import { isWholeSteps } from '../../math/steps.js';
import { ruleOptions } from '../protocol/rule.js';

export const options = z.lazy(() =>
  z
    .strictObject({
      trials: z.int().min(20).max(100_000).default(500).describe('trials in a life'),
      patterns: z
        .int()
        .min(1)
        .max(10_000)
        .default(30)
        .describe('frozen patterns of spikes, drawn anew in each life, each with a label of 1 or -1'),
      inputs: z.int().min(1).max(10_000).default(50).describe('inputs that the patterns consist of'),
      connection: z
        .number()
        .min(0)
        .max(1)
        .default(0.8)
        .describe('share of the inputs that reach the neuron; the others do nothing and are left out'),
      rateHz: z.number().positive().max(200).default(6).describe('mean rate of an input'),
      trialMs: z.number().min(10).max(10_000).default(500).describe('length of a pattern, which is a trial'),
      weightSd: z
        .number()
        .min(0)
        .max(100)
        .default(1)
        .describe(
          'standard deviation, in nA, of the first weights, which are normal and drawn anew in each life',
        ),
      dtMs: z.number().min(0.05).max(2).default(0.5).describe('step, ms'),
      ...ruleOptions('escape-rate-eligibility'),
    })
    .refine(({ trialMs, dtMs }) => isWholeSteps(trialMs, dtMs), {
      path: ['trialMs'],
      message: 'expected a whole number of steps of dtMs',
    })
    .refine(({ inputs, connection }) => Math.round(inputs * connection) >= 1, {
      path: ['connection'],
      message: 'expected one input at least that reaches the neuron',
    }),
);

export type Options = z.output<typeof options>;
