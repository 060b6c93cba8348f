import { z } from 'zod';
import type { ArenaName } from './arena.js';

/** What the two studies differ in, where nothing else is said. */
const studies = {
  /** Zannone et al. 2018 in the arena and with the fitted rates of Ang et al. 2021. */
  acetylcholine: {
    arena: 'disc' as ArenaName,
    trials: 200,
    movedAt: 81,
    wrongEnds: true,
    acetylcholine: true,
    serotonin: false,
    parameters: { sequential: { etaDA: 0.00235, etaACh: 0.000846 }, competitive: {} },
  },
  /** Wert-Carvajal et al. 2022. Their code counts a pair of spikes of different steps twice: hence amplitudes of 2. */
  serotonin: {
    arena: 'square' as ArenaName,
    trials: 40,
    movedAt: 0,
    wrongEnds: false,
    acetylcholine: false,
    serotonin: true,
    parameters: {
      sequential: { amplitude: 2, amplitude5HT: 2 },
      competitive: { amplitude: 2, amplitude5HT: 0.02 },
    },
  },
};

export const options = z.lazy(() =>
  z.strictObject({
    study: z
      .enum(Object.keys(studies) as [keyof typeof studies, ...(keyof typeof studies)[]])
      .default('acetylcholine')
      .describe(
        'acetylcholine: a disc, two starts, 200 trials, the reward moved at trial 81, a visit to the wrong place ends a ' +
          'trial; serotonin: a square, 40 trials from its centre, the reward stays',
      ),
    rule: z
      .enum(['sequential', 'competitive'])
      .default('sequential')
      .describe(
        'sequential: modulators act one after the other, at the end of a trial and, acetylcholine, through it; ' +
          'competitive: serotonin until the reward is found, dopamine from then on',
      ),
    acetylcholine: z
      .boolean()
      .optional()
      .describe("whether acetylcholine depresses through a trial; the study's own choice where absent"),
    serotonin: z
      .boolean()
      .optional()
      .describe(
        "whether serotonin depresses where the reward is not found; the study's own choice where absent",
      ),
    trials: z.int().min(10).max(10_000).optional().describe("trials in a life; the study's own where absent"),
    movedAt: z
      .int()
      .min(0)
      .max(10_000)
      .refine((trial) => trial !== 1, {
        message: 'expected 0, or 2 or more: there must be a trial before it moves',
      })
      .optional()
      .describe(
        "the trial, counted from 1, from which the reward is in the other place; 0: it stays; the study's own where absent",
      ),
    exchanged: z.boolean().default(false).describe('whether the two places of the reward are exchanged'),
    undo: z
      .boolean()
      .default(false)
      .describe('whether what acetylcholine changed in a trial is undone before its outcome counts'),
    learns: z
      .boolean()
      .default(true)
      .describe('whether anything is released: if not, weights stay as they start'),
    trialMs: z.int().min(100).max(600_000).default(15_000).describe('longest search'),
    rewardMs: z
      .int()
      .min(0)
      .max(60_000)
      .optional()
      .describe(
        'time after the reward is found, in a trial; 300, or 1000 with the competitive rule, where absent',
      ),
  }),
);

export type Options = z.output<typeof options>;

/** Options with those of the study where nothing else was said. */
export function settle(given: Options) {
  const study = studies[given.study];
  const competitive = given.rule === 'competitive';
  return {
    ...study,
    ...given,
    trials: given.trials ?? study.trials,
    movedAt: given.movedAt ?? study.movedAt,
    acetylcholine: given.acetylcholine ?? study.acetylcholine,
    serotonin: given.serotonin ?? study.serotonin,
    rewardMs: given.rewardMs ?? (competitive ? 1000 : 300),
    competitive,
  };
}

export type Settings = ReturnType<typeof settle>;
