import { z } from 'zod';
import { circuitAlone, circuitOption } from '../circuit/options.js';
import { ruleOptions } from '../protocol/rule.js';

export const options = z.lazy(() =>
  z
    .strictObject({
      trials: z
        .int()
        .min(5)
        .max(10_000)
        .default(30)
        .describe('trials in a life, from one of four starts at random'),
      trialS: z.number().min(0.5).max(600).default(30).describe('longest search, s'),
      obstacle: z
        .boolean()
        .default(true)
        .describe('whether a U around the goal forces turns from three of the four starts'),
      learns: z
        .boolean()
        .default(true)
        .describe('whether the error is released: if not, weights stay as they start'),
      actors: z.int().min(8).max(360).default(24).describe('actor cells on the ring'),
      critics: z.int().min(1).max(1000).default(20).describe('cells of the critic'),
      peakHz: z
        .number()
        .positive()
        .max(1000)
        .default(400)
        .describe('rate of a place cell in the middle of its field'),
      fastest: z.number().positive().max(100).default(1).describe('highest speed, lengths a second'),
      networkSeed: z.int().min(0).default(1).describe('of the first weights'),
      circuit: circuitOption,
      ...ruleOptions('td-stdp'),
    })
    .refine(...circuitAlone()),
);

export type Options = z.output<typeof options>;
