import { z } from 'zod';
import { kindShares } from '../../network/model/kinds.js';
import { suggest } from '../../spec/errors.js';
import type { Ground } from '../ground.js';
import { realPart } from '../part.js';
import type { Quantity } from './quantity.js';
import { interval, ranged } from './ranged.js';

const schema = z.strictObject({
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

type KindShareGenes = z.output<typeof schema>;

/** The populations that have kinds of cells. */
const withKinds = ({ populations = [] }: Ground) => populations.filter(({ kinds }) => kinds);

const kindsIn = (genes: KindShareGenes, ground: Ground) =>
  withKinds(ground).find(({ name }) => name === genes.population)?.kinds;

/** How many of a population's cells are of which kind. */
export const kindShare: Quantity<typeof schema> = {
  schema,
  claims: ({ population }) => [`the shares of ${population}`],
  lacking(genes, ground, field) {
    const found = kindsIn(genes, ground);
    if (!found) {
      const known = withKinds(ground).map(({ name }) => name);
      return [
        `${field}.population: "${genes.population}" has no kinds of cells. ${suggest(genes.population, known)}`,
      ];
    }
    const names = Object.keys(found.parameters);
    const missing = names.filter((kind) => !genes.kinds.includes(kind));
    return [
      ...genes.kinds.flatMap((kind, i) =>
        names.includes(kind)
          ? []
          : [`${field}.kinds[${i}]: no kind "${kind}" in "${genes.population}". ${suggest(kind, names)}`],
      ),
      ...(missing.length === 0
        ? []
        : [
            `${field}.kinds: shares are of all kinds of "${genes.population}", and ${missing.join(', ')} is missing. ` +
              'List every one.',
          ]),
    ];
  },
  // Shares have no unit, and their range is checked with the spec.
  misfits: () => [],
  lay(genes, ground, field) {
    const shares = kindShares(kindsIn(genes, ground)!);
    const values = Float64Array.from(genes.kinds, (kind) =>
      genes.start === 'network' ? shares[kind]! : genes.start,
    );
    const part = realPart(
      genes,
      {
        names: genes.kinds.map((kind) => `${genes.population}[${kind}] share`),
        groups: genes.kinds.map(() => genes.population),
        values,
      },
      field,
    );
    return {
      part,
      set(genome, first, { kinds }) {
        kinds.share(
          genes.population,
          new Map(genes.kinds.map((kind, gene) => [kind, part.toValue(genome[first + gene]!)])),
        );
      },
    };
  },
};
