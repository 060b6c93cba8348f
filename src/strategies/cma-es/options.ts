import { z } from 'zod';
import { populationOption, sigma0Option } from '../sampling-options.js';

const threshold = (value: number) => z.number().min(0).nullable().default(value);

/** When a search has come to its end. null or false: never for this reason. */
export const stopOptions = z.strictObject({
  tolfun: threshold(1e-11).describe(
    'the best scores of the last 10 + 30 n / population steps and all of this step lie within this; null: off',
  ),
  tolfunhist: threshold(1e-12).describe('the best scores of those steps alone lie within this; null: off'),
  tolx: threshold(1e-11).describe(
    'every deviation, and sigma times the path, is below this many steps of its gene; null: off',
  ),
  tolfacupx: z
    .number()
    .min(1)
    .nullable()
    .default(1e3)
    .describe("a gene's deviation has grown by more than this factor; null: off"),
  conditioncov: z
    .number()
    .min(1)
    .nullable()
    .default(1e14)
    .describe('the condition number of C is above this; null: off'),
  noeffectaxis: z
    .boolean()
    .default(true)
    .describe('a tenth of a deviation along a main axis no longer changes the mean'),
  noeffectcoord: z
    .boolean()
    .default(true)
    .describe("a fifth of a gene's deviation no longer changes its mean"),
  stagnation: z
    .boolean()
    .default(true)
    .describe(
      'neither best nor median score is better at the end of a long history (a fifth of the search or more) than at its start',
    ),
  flatfitness: z
    .int()
    .min(1)
    .nullable()
    .default(1)
    .describe('three quarters of the scores equal the best for more than this many steps running; null: off'),
  maxiter: z
    .union([z.literal('default'), z.int().min(1)])
    .nullable()
    .default('default')
    .describe('steps of one search; default: 100 + 150 (n + 3)^2 / sqrt(population); null: no limit'),
});

export type StopOptions = z.output<typeof stopOptions>;

export const options = z.strictObject({
  population: populationOption,
  sigma0: sigma0Option(1),
  active: z.boolean().default(true).describe('learn from the worse half too, with negative weights'),
  covariance: z
    .enum(['auto', 'full', 'separable'])
    .default('auto')
    .describe('what is learned of C: all of it, or variances alone; auto: separable above 400 genes'),
  memoryMiB: z
    .number()
    .positive()
    .default(1024)
    .describe('a full covariance that would need more memory than this is refused'),
  restarts: z
    .enum(['none', 'ipop', 'bipop'])
    .default('none')
    .describe('after a search has ended: nothing, twice the population, or that in turn with small searches'),
  mostRestarts: z.int().min(1).max(30).default(9).describe('how often the population is doubled'),
  stop: stopOptions.prefault({}),
});

export type Options = z.output<typeof options>;
