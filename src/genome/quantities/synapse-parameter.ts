import { z } from 'zod';
import type { NamedSynapseParameter } from '../../network/model/named-parameters.js';
import { suggest } from '../../spec/errors.js';
import { realPart } from '../part.js';
import { misfitsOf } from './misfits.js';
import type { Quantity } from './quantity.js';
import { ranged } from './ranged.js';

const schema = z.strictObject({
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

const none: ReadonlyMap<string, NamedSynapseParameter> = new Map();

/** A parameter of a plasticity rule that has a value for each synapse. */
export const synapseParameter: Quantity<typeof schema> = {
  schema,
  claims: ({ name }) => [name],
  lacking({ name }, { synapseParameters: known = none }, field) {
    if (known.has(name)) return [];
    const advice =
      known.size > 0
        ? suggest(name, [...known.keys()])
        : 'The network has none: see network.plasticity.perSynapse.';
    return [`${field}.name: "${name}" is not a rule's parameter with a value for each synapse. ${advice}`];
  },
  misfits(genes, ground, field) {
    return misfitsOf(genes, [[genes.name, ground.synapseParameters!.get(genes.name)!]], ground, field);
  },
  lay(genes, ground, field) {
    const { name, start } = genes;
    const found = ground.synapseParameters!.get(name)!.values;
    const projection = name.slice(0, name.lastIndexOf('.'));
    const part = realPart(
      genes,
      {
        names: Array.from(found, (_, synapse) => `${name} of synapse ${synapse}`),
        groups: Array.from(found, () => projection),
        values: start === 'network' ? found : found.map(() => start),
      },
      field,
    );
    return {
      part,
      set(genome, first, { parameters }) {
        parameters[name] = Float64Array.from(found, (_, synapse) => part.toValue(genome[first + synapse]!));
      },
    };
  },
};
