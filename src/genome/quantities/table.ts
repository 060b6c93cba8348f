import { z } from 'zod';
import { kindShare } from './kind-share.js';
import { parameter } from './parameter.js';
import type { Quantity } from './quantity.js';
import { ruleForm } from './rule-form.js';
import { synapseParameter } from './synapse-parameter.js';
import { synapseWeight } from './weight.js';

/** Every quantity that may evolve, by the name that genome specs give it. */
export const quantities = {
  'synapse-weight': synapseWeight,
  parameter,
  'kind-share': kindShare,
  'synapse-parameter': synapseParameter,
  'rule-form': ruleForm,
} as const;

type QuantitySchema = (typeof quantities)[keyof typeof quantities]['schema'];

/** A group of genes in a genome spec. */
export const genesSchema = z.discriminatedUnion(
  'quantity',
  Object.values(quantities).map(({ schema }) => schema) as [QuantitySchema, ...QuantitySchema[]],
);

export type Genes = z.output<typeof genesSchema>;

/** The quantity of a group of genes. */
export const quantityOf = ({ quantity }: Genes) => quantities[quantity] as unknown as Quantity;
