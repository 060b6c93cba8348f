import { z } from 'zod';
import { circuitAlone, circuitOption, ownRule } from '../circuit/options.js';
import { besideOption } from '../protocol/beside.js';
import { ruleOptions } from '../protocol/rule.js';
import { activeHz, restHz } from './circuit.js';
import { windowTrials } from './measures.js';

/** Between shifts, so that what follows one can be parted into early and late. */
const fewestTrials = 2 * windowTrials;

const durationMs = (low: number, high = 10_000) => z.int().min(low).max(high);

export const options = z.lazy(() =>
  z
    .strictObject({
      dopamine: z
        .enum(['reward-only', 'signed'])
        .default('reward-only')
        .describe(
          'what an outcome releases. reward-only: the reward, so that errors teach nothing; signed: the reward less the ' +
            'running mean of rewards, so that unexpected errors unteach',
        ),
      noradrenaline: z
        .boolean()
        .default(true)
        .describe('whether noradrenaline is released where rewards have become rare'),
      shifts: z.int().min(1).max(50).default(1).describe('how often what the two cues mean is exchanged'),
      trials: z
        .int()
        .min(fewestTrials)
        .max(10_000)
        .default(200)
        .describe('trials before and after each shift'),
      trialsSpread: z
        .int()
        .min(0)
        .max(5000)
        .default(0)
        .describe('those numbers are drawn anew each time, up to this far to either side'),
      heldOutShifts: z
        .int()
        .min(0)
        .max(50)
        .default(3)
        .describe('shifts in lives that evolution never sees, at random trials 150 to 250 apart; 0: none'),
      cueMs: durationMs(10).default(300).describe('time for which a cue is on'),
      delayMs: durationMs(0).default(0).describe('time between cue and decision'),
      decisionMs: durationMs(0)
        .default(0)
        .describe(
          'time in which the pools’ spikes are counted; 0: while the cue is on, and there is no delay',
        ),
      gapMs: durationMs(20)
        .default(100)
        .describe('time between trials, in which what a trial left in the cells decays'),
      ...ruleOptions('three-factor'),
      beside: besideOption.describe(
        'rules that act on the same weights beside that rule; the task has them consolidate before each ' +
          'shift and at the end of each sleep',
      ),
      replay: z
        .int()
        .min(0)
        .max(100)
        .default(0)
        .describe(
          'remembered trials that are lived again after each trial: the cue is on, then the action and its outcome ' +
            'teach again. They take time and count in no measure. Experience replay: Lin 1992, doi:10.1007/BF00992699',
        ),
      replayFrom: z
        .int()
        .min(1)
        .max(10_000)
        .default(20)
        .describe('how many of the last trials are remembered'),
      sleepMs: durationMs(0, 600_000)
        .default(0)
        .describe(
          'a stretch of network time without cues in which weights learn from spontaneous spikes; counts in no measure. ' +
            'Sleep replay: Gonzalez et al. 2020, doi:10.7554/eLife.51005',
        ),
      sleepEvery: z.int().min(1).max(10_000).default(50).describe('trials from one sleep to the next'),
      sleepHz: z
        .number()
        .min(restHz)
        .max(activeHz)
        .default(10)
        .describe('rate of all Poisson channels of both cues in sleep, in place of their rate at rest'),
      sleepDopamine: z
        .number()
        .min(-1)
        .max(1)
        .default(0.1)
        .describe(
          'what turns eligibilities of both pools into weight in sleep, at the end of each trial’s length of it: pairs of ' +
            'spikes count by themselves, unrewarded; below 0 they unteach',
        ),
      circuit: circuitOption,
      networkSeed: z.int().min(0).default(1).describe('of the first weights'),
    })
    .refine(({ trials, trialsSpread }) => trials - trialsSpread >= fewestTrials, {
      path: ['trialsSpread'],
      message: `expected at least ${fewestTrials} trials between shifts`,
    })
    .refine(({ delayMs, decisionMs }) => delayMs === 0 || decisionMs > 0, {
      path: ['delayMs'],
      message: 'a delay goes with a decision after it: give decisionMs',
    })
    .refine(...circuitAlone({ ...ownRule, beside: [] })),
);

export type Options = z.output<typeof options>;
