import type { Connectome } from '../connectome/connectome.js';
import { exp } from '../math/exponential.js';
import { log } from '../math/logarithm.js';
import { UsageError } from '../spec/errors.js';
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
  /** The gene's name, such as `AVAL->DA1`. */
  nameOf(gene: number): string;
  /** Network weights `[synapses]` of a genome; written into `weights` where given. */
  decode(genome: Readonly<Float64Array>, weights?: Float64Array): Float64Array;
  /** The genome of network weights: the inverse of {@link decode}. */
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
  const genes = weights.length;
  const { ids } = connectome.cells;
  const { pre, post } = connectome.chemical;
  const nameOf = (gene: number) => `${ids[pre[gene]!]}->${ids[post[gene]!]}`;
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

  const encode = (values: Readonly<Float64Array>) => Float64Array.from(values, toSearch);
  const values = part.start === 'connectome' ? weights : new Float64Array(genes).fill(part.start);
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
    low: encode(low),
    high: encode(high),
    start: encode(values),
    step: new Float64Array(genes).fill(part.step),
    priorLow: encode(priorLow),
    priorHigh: encode(priorHigh),
    nameOf,
    decode: (genome, into = new Float64Array(genes)) => {
      if (!logarithmic) into.set(genome);
      else for (let gene = 0; gene < genes; gene++) into[gene] = toValue(genome[gene]!);
      return into;
    },
    encode,
  };
}
