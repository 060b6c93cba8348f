import { z } from 'zod';
import { circuitOnly } from '../circuit/options.js';

/** ms of a control interval: times are whole numbers of it. */
export const intervalMs = 20;

const durationMs = (low: number, high = 10_000) => z.int().multipleOf(intervalMs).min(low).max(high);

export const options = z.lazy(() =>
  z
    .strictObject({
      trials: z
        .int()
        .min(3)
        .max(10_000)
        .default(40)
        .describe(
          'trials in a life, each of two cues and an answer: 40 are the 120 steps of the publication. The score is the share of ' +
            'right answers in the last third',
        ),
      cues: z
        .int()
        .min(3)
        .max(100)
        .default(4)
        .describe('cues, drawn anew in each life, of which one is the target'),
      bits: z.int().min(2).max(100).default(20).describe('bits of a cue, each an input that is on or off'),
      cueMs: durationMs(20).default(100).describe('time for which a cue is on'),
      answerMs: durationMs(20)
        .default(100)
        .describe('time of the answer, which the pool gives that fires most meanwhile'),
      rewardMs: durationMs(20)
        .default(60)
        .describe('time for which the answer and its reward are seen; at its end dopamine teaches'),
      gapMs: durationMs(0).default(40).describe('time after each of these'),
      dopamine: z
        .enum(['signed', 'reward'])
        .default('signed')
        .describe('signed: the reward less the running mean of rewards; reward: the reward, 1 or 0'),
      circuit: circuitOnly,
      networkSeed: z.int().min(0).default(1).describe('of the wiring and the first weights'),
    })
    .refine(({ cues, bits }) => bits >= 30 || 2 * cues <= 1 << bits, {
      path: ['bits'],
      message: 'expected enough bits for twice as many different cues',
    }),
);

export type Options = z.output<typeof options>;
