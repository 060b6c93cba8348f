import type { Connectome } from '../connectome/connectome.js';
import { exp } from '../math/exponential.js';
import { log } from '../math/logarithm.js';
import { UsageError } from '../spec/errors.js';
import { classPairs } from './class-pairs.js';
import type { GenomeSpec } from './spec.js';

/**
 * The space that a strategy searches: one coordinate a gene. All arrays are `[genes]`, in the coordinates of the
 * search (the logarithm of the value where the spec's scale is `log`).
 */
export interface GenomeSpace {
  genes: number;
  /** Unit of the coordinates; for a logarithmic scale, `ln` before that of the weights. */
  unit: string;
  low: Float64Array;
  high: Float64Array;
  start: Float64Array;
  /** A change that matters, for first steps. */
  step: Float64Array;
  /** Resetting mutations draw uniformly from `[priorLow, priorHigh]`, which lies within the bounds. */
  priorLow: Float64Array;
  priorHigh: Float64Array;
  /** The gene's name, such as `AVAL->DA1`, or `AVA->DA` where classes share one. */
  nameOf(gene: number): string;
  /** The gene that a synapse's weight comes from. */
  geneOf(synapse: number): number;
  /** Network weights `[synapses]` of a genome; written into `weights` where given. */
  decode(genome: Readonly<Float64Array>, weights?: Float64Array): Float64Array;
  /** The genome of network weights: the inverse of {@link decode}, or the nearest where several share a gene. */
  encode(weights: Readonly<Float64Array>): Float64Array;
}

/**
 * Lays a genome spec over a connectome.
 * @param weights `[synapses]` the network's biological weights, in the connectome's chemical order
 * @throws UsageError when a start lies outside its range
 */
export function genomeSpace(spec: GenomeSpec, connectome: Connectome, weights: Float64Array): GenomeSpace {
  const part = spec.genes[0]!;
  const [rangeLow, rangeHigh] = part.range;
  const { geneOf, names, factors } =
    part.grouping === 'each' ? eachSynapse(connectome) : factorsOf(connectome);
  const genes = names.length;
  const nameOf = (gene: number) => names[gene]!;
  const animal = Float64Array.from(weights);
  const logarithmic = part.scale === 'log';
  if (logarithmic && rangeLow <= 0) {
    throw new UsageError(
      `genome spec "${spec.name}": genes[0].range: a log scale needs a range above 0, found [${part.range}]. ` +
        'Raise the lower end or use a linear scale.',
    );
  }
  if (part.prior[0] > rangeHigh || part.prior[1] < rangeLow) {
    throw new UsageError(
      `genome spec "${spec.name}": genes[0].prior: expected values within the range [${part.range}], found ` +
        `[${part.prior}].`,
    );
  }
  const toSearch = logarithmic ? log : (value: number) => value;
  const toValue = logarithmic ? exp : (value: number) => value;

  const inSearch = (values: Readonly<Float64Array>) => Float64Array.from(values, toSearch);
  const natural = factors ? new Float64Array(genes).fill(1) : animal;
  const values = part.start === 'connectome' ? natural : new Float64Array(genes).fill(part.start);
  const low = new Float64Array(genes).fill(rangeLow);
  const high = new Float64Array(genes).fill(rangeHigh);
  for (let gene = 0; gene < genes; gene++) {
    const value = values[gene]!;
    if (!(value >= rangeLow && value <= rangeHigh)) {
      throw new UsageError(
        `genome spec "${spec.name}": genes[0].range: ${nameOf(gene)} starts at ${value}, outside ` +
          `[${rangeLow}, ${rangeHigh}]. Widen the range or choose another start.`,
      );
    }
    if (part.signLock && value > 0) low[gene] = Math.max(0, rangeLow);
    if (part.signLock && value < 0) high[gene] = Math.min(0, rangeHigh);
  }
  // Where the lock leaves nothing of the prior, the gene's whole range is its prior.
  const priorLow = low.map((bound, gene) => Math.min(Math.max(part.prior[0], bound), high[gene]!));
  const priorHigh = high.map((bound, gene) => Math.max(Math.min(part.prior[1], bound), low[gene]!));
  for (let gene = 0; gene < genes; gene++) {
    if (priorLow[gene]! >= priorHigh[gene]!) {
      priorLow[gene] = low[gene]!;
      priorHigh[gene] = high[gene]!;
    }
  }
  return {
    genes,
    unit: logarithmic ? `ln ${part.unit}` : part.unit,
    low: inSearch(low),
    high: inSearch(high),
    start: inSearch(values),
    step: new Float64Array(genes).fill(part.step),
    priorLow: inSearch(priorLow),
    priorHigh: inSearch(priorHigh),
    nameOf,
    geneOf: (synapse) => geneOf[synapse]!,
    decode: (genome, into = new Float64Array(animal.length)) => {
      for (let synapse = 0; synapse < into.length; synapse++) {
        const value = toValue(genome[geneOf[synapse]!]!);
        into[synapse] = factors ? value * animal[synapse]! : value;
      }
      return into;
    },
    encode: (network) => inSearch(factors ? nearestFactors(network, animal, geneOf, natural) : network),
  };
}

interface Coding {
  /** `[synapses]` */
  geneOf: Int32Array;
  /** `[genes]` */
  names: string[];
  /** Whether a gene multiplies the animal's weights or is the weight. */
  factors: boolean;
}

function eachSynapse({ cells: { ids }, chemical: { pre, post } }: Connectome): Coding {
  const names = Array.from(pre, (from, synapse) => `${ids[from]}->${ids[post[synapse]!]}`);
  return { geneOf: Int32Array.from(names, (_, synapse) => synapse), names, factors: false };
}

/**
 * Strengths of connections between classes, over the counts that the animal has (as Lappalainen et al. 2024 tie them,
 * doi:10.1038/s41586-024-07939-3).
 */
const factorsOf = (connectome: Connectome): Coding => ({ ...classPairs(connectome), factors: true });

/** The factors whose weights lie nearest the network's in the least squares; as they are where the animal has only zeros. */
function nearestFactors(
  network: Readonly<Float64Array>,
  animal: Readonly<Float64Array>,
  geneOf: Int32Array,
  natural: Readonly<Float64Array>,
): Float64Array {
  const products = new Float64Array(natural.length);
  const squares = new Float64Array(natural.length);
  animal.forEach((weight, synapse) => {
    products[geneOf[synapse]!]! += network[synapse]! * weight;
    squares[geneOf[synapse]!]! += weight * weight;
  });
  return natural.map((factor, gene) => (squares[gene]! > 0 ? products[gene]! / squares[gene]! : factor));
}
