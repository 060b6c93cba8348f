import { z } from 'zod';
import { readJsonFile } from '../spec/json-file.js';
import { type Library, libraryFile, libraryNames } from '../spec/library.js';
import { validate } from '../spec/validate.js';

const interval = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low < high, { message: 'expected [low, high] with low below high' });

const ranged = {
  range: interval.describe('lowest and highest value a gene may take'),
  scale: z
    .enum(['linear', 'log'])
    .default('linear')
    .describe('log: strategies search the logarithm of the value; the range must be positive'),
  step: z
    .number()
    .positive()
    .default(1)
    .describe('a change that matters, in the unit (in e-folds for log): what first steps are measured in'),
  prior: interval.describe('a mutation that resets a gene draws uniformly from here, within the range'),
};

const synapseWeights = z.strictObject({
  quantity: z
    .literal('synapse-weight')
    .describe("signed weight of a chemical synapse, or of one of the task's own network that may evolve"),
  grouping: z
    .enum(['each', 'class-pair'])
    .describe(
      'each: one gene a synapse, its weight; class-pair: one gene for all synapses between two cell classes, those of ' +
        'one side and those across apart, mirror images tied: a factor on the weight of each',
    ),
  unit: z
    .string()
    .min(1)
    .describe("unit of a gene: as in the network, or the animal's weight where genes are factors on it"),
  ...ranged,
  start: z
    .union([z.literal('connectome'), z.number()])
    .default('connectome')
    .describe(
      "connectome: the weight that the animal, or the task's own network, has (a factor of 1); or one value for all",
    ),
  signLock: z
    .boolean()
    .default(false)
    .describe("Dale's lock: a gene keeps the sign it starts with; those that start at 0 are free"),
});

const parameters = z.strictObject({
  quantity: z.literal('parameter').describe("parameters of the network or of the body's reading of it"),
  names: z
    .array(z.union([z.string().min(1), z.array(z.string().min(1)).min(2)]))
    .min(1)
    .refine((names) => new Set(names.flat()).size === names.flat().length, {
      message: 'expected each name once',
    })
    .describe(
      'one gene each, or one for all of a list: POPULATION.NAME, POPULATION[KIND].NAME, POPULATION.PORT.NAME, ' +
        'POPULATION.receptor.NAME, PROJECTION.NAME for a parameter of its plasticity rule, modulators.NAME.tauMs or ' +
        'modulators.NAME.baseline, body.NAME',
    ),
  unit: z.string().min(1).describe('unit of the genes'),
  ...ranged,
  start: z
    .union([z.literal('network'), z.number()])
    .default('network')
    .describe('network: the value that the network has; or one value for all'),
});

const kindShares = z.strictObject({
  quantity: z.literal('kind-share').describe("how many of a population's cells are of which kind"),
  population: z.string().min(1),
  kinds: z
    .array(z.string().min(1))
    .min(2)
    .describe('one gene each: its share of the cells, relative to the others'),
  unit: z.literal('1').default('1'),
  ...ranged,
  range: interval
    .refine(([low]) => low >= 0, { message: 'expected shares of 0 or more' })
    .describe('lowest and highest share; shares count relative to each other'),
  start: z
    .union([z.literal('network'), z.number()])
    .default('network')
    .describe('network: the shares that the network has; or one value for all'),
});

const synapseParameters = z.strictObject({
  quantity: z
    .literal('synapse-parameter')
    .describe('a parameter of a plasticity rule, one gene for each synapse'),
  name: z.string().min(1).describe('PROJECTION.NAME, of a rule that has a value for each synapse'),
  unit: z.string().min(1).describe('unit of the genes'),
  ...ranged,
  start: z
    .union([z.literal('network'), z.number()])
    .default('network')
    .describe('network: the values that the network has; or one value for all'),
});

export type SynapseParameterGenes = z.output<typeof synapseParameters>;
export type KindShareGenes = z.output<typeof kindShares>;
export type WeightGenes = z.output<typeof synapseWeights>;
export type ParameterGenes = z.output<typeof parameters>;

/** A parameter that two genes would set. */
function repeatedParameter(genes: unknown): string | undefined {
  const names = (
    genes as (ParameterGenes | SynapseParameterGenes | KindShareGenes | { quantity: 'other' })[]
  ).flatMap((of) =>
    of.quantity === 'parameter'
      ? of.names.flat()
      : of.quantity === 'synapse-parameter'
        ? [of.name]
        : of.quantity === 'kind-share'
          ? [`the shares of ${of.population}`]
          : [],
  );
  return names.find((name, i) => names.indexOf(name) !== i);
}

export const genomeSpecSchema = z
  .strictObject({
    $schema: z.string().optional(),
    format: z.literal('genome-spec/1'),
    name: z.string().min(1),
    about: z.string(),
    genes: z
      .array(z.discriminatedUnion('quantity', [synapseWeights, parameters, kindShares, synapseParameters]))
      .min(1)
      .refine((genes) => genes.filter(({ quantity }) => quantity === 'synapse-weight').length < 2, {
        message: 'expected one group of synapse weights at the most',
      })
      .refine((genes) => repeatedParameter(genes) === undefined, {
        error: ({ input }) =>
          `expected each parameter in one group, found ${repeatedParameter(input)} in two`,
      })
      .describe('which quantities evolve'),
  })
  .meta({ title: 'Baldwin genome spec', description: 'Which quantities of a network evolve' });

export type GenomeSpec = z.output<typeof genomeSpecSchema>;

const library: Library = { folder: 'genomes/spec', item: 'genome spec' };

export const genomeSpecNames = () => libraryNames(library);

/** A genome spec by name (from `genomes/spec`), by path, or given inline. */
export function loadGenomeSpec(nameOrPathOrSpec: unknown, source: string): GenomeSpec {
  if (typeof nameOrPathOrSpec !== 'string') {
    return validate(genomeSpecSchema, nameOrPathOrSpec, { source }, 'genome spec');
  }
  const file = libraryFile(library, nameOrPathOrSpec);
  return validate(genomeSpecSchema, readJsonFile(file, 'genome spec'), { source: file }, 'genome spec');
}
