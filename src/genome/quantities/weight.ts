import { z } from 'zod';
import type { Connectome } from '../../connectome/connectome.js';
import { dimensionless } from '../../expression/unit.js';
import { classPairs } from '../class-pairs.js';
import type { Ground } from '../ground.js';
import { type Part, realPart } from '../part.js';
import { fitsWeights, sameUnit, unitIn } from '../units.js';
import type { LaidGenes, Quantity } from './quantity.js';
import { ranged } from './ranged.js';

const schema = z.strictObject({
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

type WeightGenes = z.output<typeof schema>;

interface Coding {
  /** `[synapses]` */
  geneOf: Int32Array;
  /** `[genes]` */
  names: string[];
  /** `[genes]` the cell, or the class, that sends */
  presynaptic: string[];
  /** Whether a gene multiplies the animal's weights or is the weight. */
  factors: boolean;
}

const connectionNames = ({ cells: { ids }, chemical: { pre, post } }: Connectome) =>
  Array.from(pre, (from, synapse) => `${ids[from]}->${ids[post[synapse]!]}`);

/** The names of a network that comes from no connectome say the sender before the arrow. */
const senderIn = (name: string) => (name.includes('->') ? name.slice(0, name.indexOf('->')) : 'weights');

/**
 * One gene a synapse; or strengths of connections between classes, over the counts that the animal has (as Lappalainen
 * et al. 2024 tie them, doi:10.1038/s41586-024-07939-3).
 */
function codingOf({ grouping }: WeightGenes, { connectome, synapseNames = [] }: Ground): Coding {
  if (grouping === 'class-pair' && connectome) return { ...classPairs(connectome), factors: true };
  const names = connectome ? connectionNames(connectome) : [...synapseNames];
  return {
    geneOf: Int32Array.from(names, (_, synapse) => synapse),
    names,
    presynaptic: connectome
      ? Array.from(connectome.chemical.pre, (from) => connectome.cells.ids[from]!)
      : names.map(senderIn),
    factors: false,
  };
}

/** How the weights of a network are made of genes: the plain case is a plain copy, as every life begins with it. */
function writer({ geneOf, factors }: Coding, { toValue }: Part, linear: boolean, animal: Float64Array) {
  if (linear && !factors) {
    return (genome: Readonly<Float64Array>, first: number, into: Float64Array) => {
      into.set(genome.subarray(first, first + animal.length));
    };
  }
  return (genome: Readonly<Float64Array>, first: number, into: Float64Array) => {
    for (let synapse = 0; synapse < animal.length; synapse++) {
      const coordinate = genome[first + geneOf[synapse]!]!;
      const value = linear ? coordinate : toValue(coordinate);
      into[synapse] = factors ? value * animal[synapse]! : value;
    }
  };
}

/** Weights, by synapse or by pair of cell classes. */
export const synapseWeight: Quantity<typeof schema> = {
  schema,
  claims: () => ['synapse weights'],
  lacking({ grouping }, { connectome, weights }, field) {
    if (grouping === 'class-pair' && !connectome) {
      return [
        `${field}.grouping: class-pair ties the synapses of a connectome's cell classes, and the task brings a network ` +
          'without classes. Use each.',
      ];
    }
    return weights.length > 0
      ? []
      : [`${field}: the network has no weights that may evolve. Leave these genes out.`];
  },
  misfits({ grouping, unit }, { weightUnit }, field) {
    if (weightUnit === undefined) return [];
    if (grouping === 'each') {
      return fitsWeights(unit, weightUnit)
        ? []
        : [`${field}.unit: expected ${weightUnit}, as the network's weights are in, found ${unit}.`];
    }
    const found = unitIn(unit);
    return found === undefined || sameUnit(found, dimensionless)
      ? []
      : [
          `${field}.unit: expected a plain number, as genes are factors on the animal's weights, found ${unit}.`,
        ];
  },
  lay(genes, ground, field): LaidGenes {
    const animal = Float64Array.from(ground.weights);
    const coding = codingOf(genes, ground);
    const { names, presynaptic: groups, factors, geneOf } = coding;
    const natural = factors ? new Float64Array(names.length).fill(1) : animal;
    const values = genes.start === 'connectome' ? natural : new Float64Array(names.length).fill(genes.start);
    const part = realPart(genes, { names, groups, values, signLock: genes.signLock }, field);
    return { part, weights: { write: writer(coding, part, genes.scale === 'linear', animal), geneOf } };
  },
};
