import { z } from 'zod';
import { circuitAlone, circuitOption, ownRule } from '../circuit/options.js';
import { ruleOptions } from '../protocol/rule.js';

/** ms of a control interval: times are whole numbers of it. */
export const intervalMs = 10;

const durationMs = (low: number, high = 60_000) => z.int().multipleOf(intervalMs).min(low).max(high);

/** What of the options is of the task's own network, beside its rule. */
const own = { leaky: 50, adaptive: 50, connection: 1, feedback: 'symmetric' } as const;

export const options = z.lazy(() =>
  z
    .strictObject({
      mapping: z
        .enum(['fixed', 'flipped'])
        .default('fixed')
        .describe(
          'fixed: the answer is the side with more cues, and the network is told the error of its readouts during the recall; ' +
            'flipped: each life draws whether it is that side or the other, and a reward after the answer is all that teaches',
        ),
      trials: z
        .int()
        .min(4)
        .max(100_000)
        .optional()
        .describe(
          'trials in a life; 200 where left out, 40 where the mapping is flipped. The score is the share of right answers in the ' +
            'second half of them',
        ),
      cues: z
        .int()
        .min(1)
        .max(99)
        .default(7)
        .refine((cues) => cues % 2 === 1, { message: 'expected an odd number, so that one side has more' })
        .describe('cues in a trial'),
      favoured: z
        .number()
        .min(0.5)
        .max(1)
        .default(0.7)
        .describe('probability of a cue to be on the side that its trial favours, which is drawn'),
      cueMs: durationMs(10).default(100).describe('time for which a cue is on'),
      cueGapMs: durationMs(0).default(50).describe('time after each cue'),
      delayMs: durationMs(0).default(1050).describe('time from the last gap to the recall'),
      recallMs: durationMs(10).default(150).describe('time of the recall, in which the answer is read'),
      gapMs: durationMs(0)
        .default(0)
        .describe('time between trials; the task’s own network is reset in any case'),
      leaky: z.int().min(1).max(1000).default(own.leaky).describe('leaky cells of the task’s own network'),
      adaptive: z.int().min(1).max(1000).default(own.adaptive).describe('cells with an adaptive threshold'),
      connection: z
        .number()
        .min(0)
        .max(1)
        .default(own.connection)
        .describe('probability of a synapse between two of these cells'),
      feedback: z
        .enum(['symmetric', 'random', 'broadcast'])
        .default(own.feedback)
        .describe(
          'how the error reaches the synapses onto a cell. symmetric: by the first weights from the cell to the readouts; ' +
            'random: by others like them; broadcast: alike for all',
        ),
      ...ruleOptions('e-prop-adaptive'),
      circuit: circuitOption,
      networkSeed: z.int().min(0).default(1).describe('of the wiring and the first weights'),
    })
    .refine(...circuitAlone({ ...ownRule, ...own })),
);

export type Options = z.output<typeof options>;

/** Trials of a life. */
export const trialsOf = ({ trials, mapping }: Options): number =>
  trials ?? (mapping === 'flipped' ? 40 : 200);
