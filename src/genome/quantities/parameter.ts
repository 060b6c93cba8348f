import { z } from 'zod';
import type { NamedParameter } from '../../network/model/named-parameters.js';
import { suggest, UsageError } from '../../spec/errors.js';
import type { Ground } from '../ground.js';
import { kindParameterNamed } from '../kind-genes.js';
import { realPart } from '../part.js';
import { misfitsOf } from './misfits.js';
import type { Quantity } from './quantity.js';
import { ranged } from './ranged.js';

const schema = z.strictObject({
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

type ParameterGenes = z.output<typeof schema>;

function startOf({ start }: ParameterGenes, names: readonly string[], ground: Ground, field: string): number {
  const all = names.map((name) => ground.parameters!.get(name)!.value);
  if (start !== 'network') return start;
  if (all.every((value) => value === all[0])) return all[0]!;
  throw new UsageError(
    `${field}: one gene for ${names.join(', ')}, which start at ${all.join(', ')}. ` +
      'Give the group a number to start at, or a gene each.',
  );
}

/** The population or projection that a parameter is of: what stands before its own name. */
const ownerOf = (name: string) => kindParameterNamed(name)?.population ?? name.slice(0, name.indexOf('.'));

const none: ReadonlyMap<string, NamedParameter> = new Map();

/** Parameters that have one value: of cells, ports, receptors, rules, delays, modulators and the body. */
export const parameter: Quantity<typeof schema> = {
  schema,
  claims: ({ names }) => names.flat(),
  lacking({ names }, { parameters = none }, field) {
    return names.flatMap((tied, i) =>
      [tied]
        .flat()
        .filter((name) => !parameters.has(name))
        .map(
          (name) =>
            `${field}.names[${i}]: "${name}" is not a parameter of the network that has one value. ` +
            suggest(name, [...parameters.keys()]),
        ),
    );
  },
  misfits(genes, ground, field) {
    const found = genes.names.flat().map((name) => [name, ground.parameters!.get(name)!] as const);
    return misfitsOf(genes, found, ground, field);
  },
  lay(genes, ground, field) {
    const tied = genes.names.map((names) => [names].flat());
    const values = Float64Array.from(tied, (names, i) =>
      startOf(genes, names, ground, `${field}.names[${i}]`),
    );
    const part = realPart(
      genes,
      { names: tied.map((names) => names.join(' & ')), groups: tied.map(([name]) => ownerOf(name!)), values },
      field,
    );
    const targets = tied.flatMap((names, gene) =>
      names.map((name) => ({ gene, name, ofKind: kindParameterNamed(name) })),
    );
    return {
      part,
      set(genome, first, { parameters, kinds }) {
        for (const { gene, name, ofKind } of targets) {
          const value = part.toValue(genome[first + gene]!);
          if (ofKind) kinds.parameter(ofKind, value);
          else parameters[name] = value;
        }
      },
    };
  },
};
