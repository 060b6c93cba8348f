import { exp } from '../math/exponential.js';
import { log } from '../math/logarithm.js';
import { UsageError } from '../spec/errors.js';

/** What every group of genes says of its values, in their own unit. */
export interface GeneRange {
  unit: string;
  range: readonly [number, number];
  scale: 'linear' | 'log';
  step: number;
  prior: readonly [number, number];
}

/** The genes of one group, in the coordinates of the search: arrays are `[genes of the group]`. */
export interface Part {
  names: readonly string[];
  unit: string;
  low: Float64Array;
  high: Float64Array;
  start: Float64Array;
  step: Float64Array;
  priorLow: Float64Array;
  priorHigh: Float64Array;
  /** 0 for a real gene; k for a whole number of 0 to k - 1. */
  levels: Int32Array;
  /** Which genes belong together: the name of each one's group. */
  groups: readonly string[];
  /** The value of a coordinate. */
  toValue(coordinate: number): number;
  /** The coordinate of a value. */
  toCoordinate(value: number): number;
}

/** Real genes before they are in the coordinates of the search. */
export interface RealGenes {
  names: readonly string[];
  /** `[genes]` the name of each one's group */
  groups: readonly string[];
  /** `[genes]` where they start, in their own unit */
  values: Readonly<Float64Array>;
  /** Holds a gene to the sign it starts with. */
  signLock?: boolean;
}

/**
 * Lays a range over genes.
 * @param field where the group stands in its spec, for messages
 * @throws UsageError when a start lies outside the range
 */
export function realPart(
  of: GeneRange,
  { names, groups, values, signLock = false }: RealGenes,
  field: string,
): Part {
  const [rangeLow, rangeHigh] = of.range;
  const logarithmic = of.scale === 'log';
  if (logarithmic && rangeLow <= 0) {
    throw new UsageError(
      `${field}.range: a log scale needs a range above 0, found [${of.range}]. ` +
        'Raise the lower end or use a linear scale.',
    );
  }
  if (of.prior[0] > rangeHigh || of.prior[1] < rangeLow) {
    throw new UsageError(
      `${field}.prior: expected values within the range [${of.range}], found [${of.prior}].`,
    );
  }
  const genes = names.length;
  const low = new Float64Array(genes).fill(rangeLow);
  const high = new Float64Array(genes).fill(rangeHigh);
  for (let gene = 0; gene < genes; gene++) {
    const value = values[gene]!;
    if (!(value >= rangeLow && value <= rangeHigh)) {
      throw new UsageError(
        `${field}.range: ${names[gene]} starts at ${value}, outside [${rangeLow}, ${rangeHigh}]. ` +
          'Widen the range or choose another start.',
      );
    }
    if (signLock && value > 0) low[gene] = Math.max(0, rangeLow);
    if (signLock && value < 0) high[gene] = Math.min(0, rangeHigh);
  }
  // Where the lock leaves nothing of the prior, the gene's whole range is its prior.
  const priorLow = low.map((bound, gene) => Math.min(Math.max(of.prior[0], bound), high[gene]!));
  const priorHigh = high.map((bound, gene) => Math.max(Math.min(of.prior[1], bound), low[gene]!));
  for (let gene = 0; gene < genes; gene++) {
    if (priorLow[gene]! >= priorHigh[gene]!) {
      priorLow[gene] = low[gene]!;
      priorHigh[gene] = high[gene]!;
    }
  }
  const inSearch = (array: Readonly<Float64Array>) =>
    logarithmic ? array.map(log) : Float64Array.from(array);
  return {
    names,
    unit: logarithmic ? `ln ${of.unit}` : of.unit,
    low: inSearch(low),
    high: inSearch(high),
    start: inSearch(values),
    step: new Float64Array(genes).fill(of.step),
    priorLow: inSearch(priorLow),
    priorHigh: inSearch(priorHigh),
    levels: new Int32Array(genes),
    groups,
    toValue: logarithmic ? exp : (value) => value,
    toCoordinate: logarithmic ? log : (value) => value,
  };
}

/** Parts one after the other, of plain numbers in linear scale. */
export function joinedParts(parts: readonly Part[]): Part {
  const joined = (pick: (part: Part) => Iterable<number>) =>
    Float64Array.from(parts.flatMap((part) => [...pick(part)]));
  return {
    names: parts.flatMap(({ names }) => [...names]),
    unit: '1',
    low: joined(({ low }) => low),
    high: joined(({ high }) => high),
    start: joined(({ start }) => start),
    step: joined(({ step }) => step),
    priorLow: joined(({ priorLow }) => priorLow),
    priorHigh: joined(({ priorHigh }) => priorHigh),
    levels: Int32Array.from(parts.flatMap(({ levels }) => [...levels])),
    groups: parts.flatMap(({ groups }) => [...groups]),
    toValue: (coordinate) => coordinate,
    toCoordinate: (value) => value,
  };
}
