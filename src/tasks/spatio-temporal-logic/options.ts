import { z } from 'zod';

/** Truth tables, by the symbols of the two channels: 00, 01, 10 and 11. */
export const gates = {
  xor: [0, 1, 1, 0],
  xnor: [1, 0, 0, 1],
  or: [0, 1, 1, 1],
  nor: [1, 0, 0, 0],
  and: [0, 0, 0, 1],
  nand: [1, 1, 1, 0],
} as const;

/** Steps of an input word. */
export const wordSteps = 5;

const pair = (word: z.ZodInt) => z.tuple([word, word]);
const gateNames = Object.keys(gates) as (keyof typeof gates)[];

export const options = z.lazy(() =>
  z
    .strictObject({
      gate: z.enum(gateNames).default('xor').describe('what the output is to say of the two symbols'),
      inputWords: pair(z.int().min(0).max(31))
        .default([3, 7])
        .describe(
          'the two symbols as whole numbers whose 5 bits are spikes, the highest bit first; published pairs: [1, 3], [3, 7], ' +
            '[1, 5], [1, 9], [1, 17]',
        ),
      output: z
        .enum(['count', 'train'])
        .default('count')
        .describe(
          'whether the number of output spikes is the answer, or their train from the first spike on',
        ),
      outputWords: pair(z.int().min(0).max(15))
        .default([1, 2])
        .describe(
          'what says false and true: numbers of spikes (published: [0, 1], [1, 2], [2, 3], [3, 4]), or words whose bits are ' +
            'spikes, the lowest bit first (published: [0, 1], [1, 3], [3, 7])',
        ),
      hidden: z.int().min(1).max(100).default(4).describe('cells between the channels and the output'),
      silentSteps: z.int().min(0).max(100).default(4).describe('steps without spikes that follow the words'),
      delay: z
        .int()
        .min(0)
        .max(100)
        .default(4)
        .describe('steps that a spike takes where no gene says otherwise'),
      longestDelay: z.int().min(1).max(100).default(8).describe('the most steps that a spike may take'),
      outputDecay: z
        .number()
        .min(0.1)
        .max(100)
        .default(2)
        .describe('of trains: steps in which a spike decays, over which trains are compared'),
      jitter: z
        .number()
        .min(0)
        .max(1)
        .default(0.1)
        .describe('held out: probability that an input spike comes a step early or late'),
      deletion: z
        .number()
        .min(0)
        .max(1)
        .default(0.1)
        .describe('held out: probability that an input spike is lost'),
      weightNoise: z
        .number()
        .min(0)
        .max(10)
        .default(0.1)
        .describe('held out: standard deviation of what is added to each weight'),
      noisyTrials: z
        .int()
        .min(1)
        .max(10_000)
        .default(10)
        .describe('held out: how often each pair of symbols comes in a life'),
    })
    .refine(({ inputWords: [a, b] }) => a !== b, {
      path: ['inputWords'],
      message: 'expected two words that differ',
    })
    .refine(({ outputWords: [a, b] }) => a !== b, {
      path: ['outputWords'],
      message: 'expected two answers that differ',
    })
    .refine(({ delay, longestDelay }) => delay <= longestDelay, {
      path: ['delay'],
      message: 'expected no more than longestDelay',
    }),
);

export type Options = z.output<typeof options>;

/** Steps of a trial: what is sent late by both layers has arrived before it ends. */
export const trialSteps = ({ silentSteps, longestDelay }: Options): number =>
  wordSteps + silentSteps + 2 * (longestDelay + 1);
