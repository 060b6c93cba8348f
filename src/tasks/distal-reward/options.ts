import { z } from 'zod';
import { log } from '../../math/logarithm.js';
import { ruleOption } from '../protocol/rule.js';
import { kinds, type Mix } from './circuit.js';

const share = z.number().min(0).max(1);
const mix = (about: string, mixed: Mix) =>
  z
    .partialRecord(z.enum(Object.keys(kinds) as [keyof typeof kinds]), share)
    .refine((shares) => Object.values(shares).some((of) => of > 0), { message: 'expected a share above 0' })
    .default(mixed)
    .describe(about);

/** What two published versions of the network differ in. */
export const versions = {
  /** The script of Izhikevich (2007), ModelDB 84167. */
  2007: { longestDelayMs: 1, regularD: 8, tauDopamineMs: -1 / log(0.995) },
  /** Rodriguez-Garcia's heterogeneous network (2024). */
  2024: { longestDelayMs: 5, regularD: 2, tauDopamineMs: -1 / log(0.99) },
} as const;

export const sizes = {
  full: { cells: 1000, targets: 100, weight: 1, bound: 4, inhibition: 1 },
  small: { cells: 200, targets: 20, weight: 5, bound: 20, inhibition: 5 },
} as const;

export const options = z.lazy(() =>
  z.strictObject({
    version: z
      .enum(['2007', '2024'])
      .default('2007')
      .describe(
        '2007: delays of 1 ms, RS cells with d = 8, dopamine of 200 ms; 2024: delays of 1 to 5 ms, d = 2, 100 ms',
      ),
    size: z
      .enum(['full', 'small'])
      .default('small')
      .describe(
        'full: 1000 cells with 100 targets each; small: 200 with 20, and weights five times as strong',
      ),
    excitatory: mix('shares of the kinds of excitatory cells, such as {"RS": 0.8, "CH": 0.2}', {
      RS: 1,
      CH: 0,
    }),
    inhibitory: mix('shares of the kinds of inhibitory cells', { FS: 1, AC: 0 }),
    durationS: z.int().min(2).max(100_000).default(600).describe('seconds that a lifetime lasts'),
    rewards: z
      .enum(['paired', 'shuffled', 'none'])
      .default('paired')
      .describe(
        'paired: 1 to 3 s after the second cell of the pair fires within 20 ms of the first; shuffled: as many, 10 to 60 s ' +
          'after, when nothing is left of the eligibility; none: no dopamine, so that STDP is all there is',
      ),
    noradrenaline: z
      .boolean()
      .default(false)
      .describe('held up until the rewarded weight reaches its bound: excitatory cells burst'),
    acetylcholine: z
      .boolean()
      .default(false)
      .describe('released once the rewarded weight has reached its bound: noradrenaline and dopamine cease'),
    rule: ruleOption('pair-stdp-dopamine with the traces of the script'),
    structure: z.int().min(0).max(1e9).default(1).describe('fixes who is joined to whom'),
  }),
);
export type Options = z.output<typeof options>;
export type Size = (typeof sizes)[keyof typeof sizes];
