import { z } from 'zod';
import { populationOption, sigma0Option } from '../sampling-options.js';

/** A test is off by null or by false, whatever it compares with. */
const orOff = <T extends z.ZodType>(schema: T) =>
  z
    .union([schema, z.literal(false)])
    .nullable()
    .transform((value) => (value === false ? null : value));

const threshold = (value: number | null) => orOff(z.number().min(0)).default(value);
const onOrOff = z
  .boolean()
  .nullable()
  .transform((value) => value ?? false);

/**
 * When a search has come to its end. null or false: never for this reason, whatever the test. pycma's names are tolconditioncov, tolstagnation,
 * tolflatfitness, tolupsigma and tolxstagnation where these leave "tol" out. Its ftarget, maxfevals and timeout belong to
 * a run's budget, whatever the strategy.
 */
export const stopOptions = z.strictObject({
  tolfun: threshold(1e-11).describe(
    'the best scores of the last 10 + 30 n / population steps (30 more where all genes are integers) and all of this step lie within this; null or false: off',
  ),
  tolfunhist: threshold(1e-12).describe(
    'the best scores of those steps alone lie within this; null or false: off',
  ),
  tolfunrel: threshold(null).describe(
    'the scores of this step lie within this share of how far the median score has come since the first step; null or false: off',
  ),
  tolx: threshold(1e-11).describe(
    'every deviation, and sigma times the path, is below this many steps of its gene; null or false: off',
  ),
  tolfacupx: orOff(z.number().min(1))
    .default(1e3)
    .describe("a gene's deviation has grown by more than this factor; null or false: off"),
  upsigma: orOff(z.number().min(1))
    .default(1e20)
    .describe(
      'sigma has grown by more than this factor beyond what the largest deviation did; null or false: off',
    ),
  conditioncov: orOff(z.number().min(1))
    .default(1e14)
    .describe('the condition number of C is above this; null or false: off'),
  noeffectaxis: onOrOff
    .default(true)
    .describe('a tenth of a deviation along a main axis no longer changes the mean; null or false: off'),
  noeffectcoord: onOrOff
    .default(true)
    .describe("a fifth of a gene's deviation no longer changes its mean; null or false: off"),
  stagnation: onOrOff
    .default(true)
    .describe(
      'neither best nor median score is better at the end of a long history (a fifth of the search or more) than at its start; null or false: off',
    ),
  xstagnation: threshold(1e-9).describe(
    'the mean moved less than this many steps of every gene in each of more than 20 + 0.1 g of the g steps, running; null or false: off',
  ),
  flatfitness: orOff(z.int().min(1))
    .default(1)
    .describe(
      'three quarters of the scores equal the best for more than this many steps running, with integer genes 3 and 30 times their share or more; null or false: off',
    ),
  maxiter: orOff(z.union([z.literal('default'), z.int().min(1)]))
    .default('default')
    .describe(
      'steps of one search; default: 100 + 150 (n + 3)^2 / sqrt(population); null or false: no limit',
    ),
});

export type StopOptions = z.output<typeof stopOptions>;

export const options = z.strictObject({
  population: populationOption,
  sigma0: sigma0Option(1),
  active: z.boolean().default(true).describe('learn from the worse half too, with negative weights'),
  covariance: z
    .enum(['auto', 'full', 'separable', 'vkd'])
    .default('auto')
    .describe(
      'what is learned of C: all of it, variances alone, or (vkd) variances and a few directions across genes, from the better half alone; auto: separable above 400 genes',
    ),
  mostDirections: z
    .int()
    .min(1)
    .max(1000)
    .default(64)
    .describe('of vkd, which begins with one and adds others while it finds all that it has'),
  learningRates: z
    .enum(['fixed', 'adapted'])
    .default('fixed')
    .describe(
      'adapted: mean and covariance learn more slowly where steps contradict each other, as with noise or many optima (LRA-CMA-ES); not with vkd',
    ),
  noise: z
    .enum(['ignored', 'rank-change'])
    .default('ignored')
    .describe(
      'rank-change: 2 + population / 20 candidates of each step are judged twice; while that changes their ranks much, all are evaluated more often, up to mostRepeats, and from there sigma grows (UH-CMA-ES)',
    ),
  mostRepeats: z
    .int()
    .min(1)
    .max(1000)
    .default(8)
    .describe('of rank-change: evaluations of a candidate, of which the mean counts'),
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
