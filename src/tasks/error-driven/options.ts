import { z } from 'zod';
import { ruleOptions } from '../protocol/rule.js';

/** Between samples of the potentials, ms. */
export const sampleMs = 1;

export const options = z.lazy(() =>
  z.strictObject({
    durationS: z
      .number()
      .min(1)
      .max(10_000)
      .multipleOf(0.1)
      .default(10)
      .describe('seconds that a life lasts'),
    inputs: z.int().min(1).max(1000).default(5).describe('Poisson inputs of both neurons'),
    lowHz: z
      .number()
      .min(0)
      .max(2000)
      .default(150)
      .describe('lowest rate of an input; rates are drawn in each life'),
    highHz: z.number().positive().max(2000).default(850).describe('highest rate of an input'),
    teacherMean: z.number().default(0.015).describe("mean of the teacher's weights, nA, drawn in each life"),
    teacherSpread: z.number().min(0).default(0.02).describe('how far they lie to either side at most, nA'),
    studentStart: z.number().default(0.005).describe("the student's first weights, nA"),
    copyMs: z
      .int()
      .min(1)
      .max(1000)
      .default(5)
      .describe("times between which the synapses know the teacher's potential of the last of them, ms"),
    teacher: z
      .enum(['own', 'another'])
      .default('own')
      .describe(
        'whose potential the synapses are told: of the teacher that counts, or of one with other weights',
      ),
    dtMs: z.literal([0.1, 0.2, 0.5, 1]).default(0.1).describe('step, ms'),
    ...ruleOptions('potential-error'),
  }),
);

export type Options = z.output<typeof options>;
