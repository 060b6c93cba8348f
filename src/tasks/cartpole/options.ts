import { z } from 'zod';
import { circuitAlone, circuitOption, ownRule } from '../circuit/options.js';
import { ruleOptions } from '../protocol/rule.js';

/** What of the options is of these networks alone. */
const own = { normaliseEvery: 25 };

/** The networks that the task brings, and what differs where nothing else is said. */
export const networks = {
  small: { bins: 10, stepMs: 20, activeHz: 200 },
  areas: { bins: 20, stepMs: 50, activeHz: 50 },
} as const;

export const options = z.lazy(() =>
  z
    .strictObject({
      network: z
        .enum(Object.keys(networks) as [keyof typeof networks, ...(keyof typeof networks)[]])
        .default('small')
        .describe(
          'small: 40 inputs and two pools of 10 cells that compete, 20 ms a step; areas: 200 cells in sensory, association and ' +
            'motor areas after Hasegan et al. 2022, 50 ms a step',
        ),
      episodes: z
        .int()
        .min(1)
        .max(100_000)
        .default(5)
        .describe('episodes in a life, over which steps are averaged'),
      maxSteps: z.int().min(20).max(100_000).default(500).describe('steps after which an episode ends'),
      learns: z
        .boolean()
        .default(false)
        .describe(
          'whether the critic’s reward changes weights in life; if not, they stay as evolution left them and there is no rule',
        ),
      stepMs: z
        .int()
        .min(5)
        .max(1000)
        .optional()
        .describe("network time in a step of the cart; the network's own where absent"),
      activeHz: z
        .number()
        .positive()
        .max(1000)
        .optional()
        .describe("rate of the one active input of each variable; the network's own where absent"),
      normaliseEvery: z
        .int()
        .min(0)
        .max(100_000)
        .default(own.normaliseEvery)
        .describe('steps from one normalisation of the weights onto each cell to the next; 0: never'),
      networkSeed: z.int().min(0).default(1).describe('of the first weights and of who reaches whom'),
      circuit: circuitOption,
      ...ruleOptions('stdp-rl'),
    })
    .refine(...circuitAlone({ ...ownRule, ...own })),
);

export type Options = z.output<typeof options>;

/** Options with those of the network where nothing else was said. */
export function settle(given: Options) {
  const { bins, stepMs, activeHz } = networks[given.network];
  return { ...given, bins, stepMs: given.stepMs ?? stepMs, activeHz: given.activeHz ?? activeHz };
}

export type Settings = ReturnType<typeof settle>;
