import { z } from 'zod';
import { circuitAlone, circuitOption, ofOwnOrCircuit, ownRule } from '../circuit/options.js';
import { besideOption } from '../protocol/beside.js';
import { ruleOptions } from '../protocol/rule.js';
import { intervalMs } from './presentation.js';
import { teachings } from './teach.js';

const durationMs = (low: number) => z.int().min(low).max(10_000).multipleOf(intervalMs);

/** Options of tasks in which patterns are shown and pools answer. */
export const showingOptions = (usualMs: { presentation: number; gap: number }) => ({
  teaching: z
    .enum(teachings)
    .default('teacher')
    .describe(
      'teacher: a current drives the pool of the right answer while a pattern is taught, then dopamine is released; reward: ' +
        'the network answers, and dopamine says whether it was right',
    ),
  presentationMs: durationMs(intervalMs)
    .default(usualMs.presentation)
    .describe('time for which a pattern is shown'),
  gapMs: durationMs(0)
    .default(usualMs.gap)
    .describe('time between patterns, in which what they left in the cells decays'),
  ...ruleOptions('three-factor'),
  circuit: circuitOption,
});

export const hiddenLayer = z.strictObject({
  cells: z.int().min(2).max(2000).default(128),
  inhibition: z
    .number()
    .min(0.001)
    .max(10)
    .default(0.1)
    .describe('weight of a spike of one cell on all others: the larger, the fewer fire'),
  thresholdCells: z
    .int()
    .min(0)
    .max(500)
    .default(0)
    .describe(
      'cells that the inputs drive and that shift the thresholds of the layer; their weights may evolve',
    ),
});

/** Options of tasks in which one classification is learned after the other. */
export const streamOptions = (usualMs: { presentation: number; gap: number }) => ({
  presentations: z.int().min(1).max(10_000).default(100).describe('presentations by which a task is taught'),
  tests: z
    .int()
    .min(1)
    .max(100)
    .default(4)
    .describe('presentations of each class in a test, which teach nothing'),
  checks: z
    .int()
    .min(1)
    .max(100)
    .default(1)
    .describe('tests of all tasks while one is taught, the last at its end'),
  ...showingOptions(usualMs),
  beside: besideOption.describe(
    'rules that act on the same weights beside that rule; they consolidate after each task and each sleep. ' +
      'spike-importance: elastic weight consolidation; path-importance: synaptic intelligence',
  ),
  hidden: hiddenLayer
    .optional()
    .describe(
      'a layer of fixed random features of which few fire, between inputs and pools; none where left out',
    ),
  replay: z
    .int()
    .min(0)
    .max(100)
    .default(0)
    .describe(
      'remembered presentations that are taught again after each. Experience replay: Lin 1992, doi:10.1007/BF00992699',
    ),
  replayMemory: z
    .int()
    .min(1)
    .max(10_000)
    .default(50)
    .describe('presentations that are remembered, a fair sample of all (Vitter 1985, doi:10.1145/3147.3165)'),
  sleepMs: z
    .int()
    .min(0)
    .max(600_000)
    .multipleOf(10)
    .default(0)
    .describe(
      'time after each task in which inputs fire at random and what fires together is strengthened. Sleep replay: Gonzalez ' +
        'et al. 2020, doi:10.7554/eLife.51005',
    ),
  sleepHz: z.number().min(2).max(60).default(20).describe('rate of all inputs in sleep'),
  sleepDopamine: z
    .number()
    .min(-1)
    .max(1)
    .default(0.1)
    .describe(
      'what turns eligibilities into weight in sleep, at the end of each presentation’s length of it',
    ),
});

export type StreamSettings = z.output<z.ZodObject<ReturnType<typeof streamOptions>>>;

/** What of a stream's options is of the task's own network. */
export const streamAlone = circuitAlone({ ...ownRule, beside: [], hidden: undefined });

/** Options of what lives in a stream, and how it is taught. */
export const ofStreamNetwork = [
  ...ofOwnOrCircuit,
  'beside',
  'hidden',
  'teaching',
  'replay',
  'replayMemory',
  'sleepDopamine',
  'sleepHz',
  'sleepMs',
];

/** How many bits a pattern has whose bits are on or off alike. @param what the pattern is called */
export const evenBits = (what: string) =>
  z
    .int()
    .min(4)
    .max(512)
    .default(64)
    .describe(
      `bits of a ${what}, each on or off with probability 1/2; one Poisson input each, at 60 or 2 Hz`,
    );
