import { z } from 'zod';
import { circuitAlone, circuitOption } from '../circuit/options.js';
import { ruleOptions } from '../protocol/rule.js';

export const options = z.lazy(() =>
  z
    .strictObject({
      episodes: z
        .int()
        .min(1)
        .max(100_000)
        .default(3)
        .describe('episodes in a life, over which scores are averaged'),
      learns: z
        .boolean()
        .default(false)
        .describe('whether errors of temporal differences change weights in life; if not, there is no rule'),
      stepMs: z.int().min(5).max(1000).default(40).describe('network time in a step of the links'),
      peakHz: z
        .number()
        .positive()
        .max(1000)
        .default(180)
        .describe('rate of an input in the middle of its field'),
      critics: z.int().min(1).max(1000).default(20).describe('cells of the critic'),
      networkSeed: z.int().min(0).default(1).describe('of the first weights'),
      circuit: circuitOption,
      ...ruleOptions('td-stdp'),
    })
    .refine(...circuitAlone()),
);

export type Options = z.output<typeof options>;
