import { z } from 'zod';
import { pow } from '../../math/power.js';
import type { RandomStream } from '../../math/random.js';
import type { Problem } from '../strategy.js';

export const crossoverOptions = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('biased').describe('gene by gene from either parent, the fitter one preferred'),
    exponent: z
      .number()
      .min(0)
      .max(100)
      .default(1.2)
      .describe('a gene is the first parent’s with probability (f1 / (f1 + f2))^exponent'),
  }),
  z.strictObject({
    kind: z.literal('sbx').describe('simulated binary crossover within the bounds'),
    eta: z
      .number()
      .min(0)
      .default(15)
      .describe('distribution index: larger keeps children nearer to parents'),
    pairProbability: z.number().min(0).max(1).default(0.9).describe('share of pairs that cross at all'),
    geneProbability: z.number().min(0).max(1).default(0.5).describe('share of their genes that cross'),
  }),
  z.strictObject({ kind: z.literal('none').describe('a child copies its first parent') }),
]);

export type CrossoverOptions = z.output<typeof crossoverOptions>;

interface Crossing {
  first: Readonly<Float64Array>;
  second: Readonly<Float64Array>;
  /** f1 / (f1 + f2), in [0, 1]. */
  firstShare: number;
  /** Receives the child. */
  child: Float64Array;
  /** Receives the second child of a pair, where the operator makes two. */
  twin: Float64Array | undefined;
}

/** Parents closer than this do not cross: their children would be the same to rounding. */
const same = 1e-14;

/** Genes that the parents share cost no random number. Of integer genes, a child has one parent's level, whatever the operator. */
export function crossover(
  settings: CrossoverOptions,
  { low, high, levels }: Problem,
  stream: RandomStream,
  { first, second, firstShare, child, twin }: Crossing,
): void {
  child.set(first);
  twin?.set(second);
  if (settings.kind === 'none') return;
  if (settings.kind === 'biased') {
    const probability = pow(firstShare, settings.exponent);
    for (let gene = 0; gene < child.length; gene++) {
      const other = second[gene]!;
      if (other !== child[gene]! && stream.uniform() >= probability) child[gene] = other;
    }
    return;
  }
  if (stream.uniform() >= settings.pairProbability) return;
  for (let gene = 0; gene < child.length; gene++) {
    const lower = Math.min(first[gene]!, second[gene]!);
    const upper = Math.max(first[gene]!, second[gene]!);
    if (upper - lower <= same || stream.uniform() >= settings.geneProbability) continue;
    if (levels[gene]! > 0) {
      // Between two levels lies nothing: the parents exchange them, or do not.
      if (stream.uniform() >= 0.5) continue;
      child[gene] = second[gene]!;
      if (twin) twin[gene] = first[gene]!;
      continue;
    }
    const u = stream.uniform();
    const spread = (room: number) => spreadFactor(u, 1 + (2 * room) / (upper - lower), settings.eta);
    const sum = lower + upper;
    const c1 = (sum - spread(lower - low[gene]!) * (upper - lower)) / 2;
    const c2 = (sum + spread(high[gene]! - upper) * (upper - lower)) / 2;
    const swap = stream.uniform() < 0.5;
    const within = (value: number) => Math.min(high[gene]!, Math.max(low[gene]!, value));
    child[gene] = within(swap ? c2 : c1);
    if (twin) twin[gene] = within(swap ? c1 : c2);
  }
}

/**
 * Deb and Agrawal 1995, Complex Systems 9:115-148, in the bounded form: the factor by which the distance between the
 * parents is multiplied, when `beta` is the largest that stays within the bound.
 */
function spreadFactor(u: number, beta: number, eta: number): number {
  const alpha = 2 - pow(beta, -(eta + 1));
  return u <= 1 / alpha ? pow(u * alpha, 1 / (eta + 1)) : pow(1 / (2 - u * alpha), 1 / (eta + 1));
}
