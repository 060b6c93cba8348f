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

/** Of integer genes, a child has one parent's level, whatever the operator. */
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
    // Genes that the parents share cost no random number.
    const probability = pow(firstShare, settings.exponent);
    for (let gene = 0; gene < child.length; gene++) {
      const other = second[gene]!;
      if (other !== child[gene]! && stream.uniform() >= probability) child[gene] = other;
    }
    return;
  }
  if (stream.uniform() >= settings.pairProbability) return;
  const exponent = settings.eta + 1;
  const { geneProbability } = settings;
  const drawn = new Float64Array(child.length);
  stream.uniforms(drawn);
  for (let gene = 0; gene < child.length; gene++) {
    const draw = drawn[gene]!;
    if (draw >= geneProbability) continue;
    const a = first[gene]!;
    const b = second[gene]!;
    const lower = a < b ? a : b;
    const upper = a < b ? b : a;
    const distance = upper - lower;
    if (distance <= same) continue;
    // What is left of a draw says which child comes lower, and how far apart they are.
    const twice = (2 * draw) / geneProbability;
    const isSwapped = twice >= 1;
    if (levels[gene]! > 0) {
      // Between two levels lies nothing: the parents exchange them, or do not.
      if (!isSwapped) continue;
      child[gene] = b;
      if (twin) twin[gene] = a;
      continue;
    }
    const u = isSwapped ? twice - 1 : twice;
    const least = low[gene]!;
    const most = high[gene]!;
    const below =
      (lower + upper - spreadFactor(u, 1 + (2 * (lower - least)) / distance, exponent) * distance) / 2;
    const above =
      (lower + upper + spreadFactor(u, 1 + (2 * (most - upper)) / distance, exponent) * distance) / 2;
    child[gene] = Math.min(most, Math.max(least, isSwapped ? above : below));
    if (twin) twin[gene] = Math.min(most, Math.max(least, isSwapped ? below : above));
  }
}

/**
 * Deb and Agrawal 1995, Complex Systems 9:115-148, in the bounded form: the factor by which the distance between the
 * parents is multiplied, when `beta` is the largest that stays within the bound.
 * @param exponent the distribution index and 1
 */
function spreadFactor(u: number, beta: number, exponent: number): number {
  const ofAlpha = u * (2 - inversePower(beta, exponent));
  return ofAlpha <= 1 ? root(ofAlpha, exponent) : root(1 / (2 - ofAlpha), exponent);
}

/** x^-n: by squares where n is a whole number, as it mostly is, at a tenth of the time. */
function inversePower(x: number, n: number): number {
  if (n > 1024 || Math.floor(n) !== n) return pow(x, -n);
  let power = 1;
  for (let left = n, square = x; left > 0; left >>= 1, square *= square) if (left & 1) power *= square;
  return 1 / power;
}

/** x^(1/n): by square roots as long as n is even. */
function root(x: number, n: number): number {
  let value = x;
  let left = n;
  for (; left > 1 && left % 2 === 0; left /= 2) value = Math.sqrt(value);
  return left === 1 ? value : pow(value, 1 / left);
}
