import { z } from 'zod';
import { pow } from '../../math/power.js';
import type { RandomStream } from '../../math/random.js';
import { drawnFromPrior } from '../problem.js';
import type { Problem } from '../strategy.js';

const count = z.int().min(0).default(5).describe('how many genes of each child change');

export const mutationOptions = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('reset').describe('genes are drawn anew from the prior'), genes: count }),
  z.strictObject({
    kind: z.literal('gaussian').describe('genes move by a normal deviate'),
    genes: count,
    sigma: z.number().positive().default(1).describe('standard deviation, in steps of the gene'),
  }),
  z.strictObject({
    kind: z.literal('polynomial').describe('polynomial mutation within the bounds'),
    eta: z.number().min(0).default(20).describe('distribution index: larger makes smaller moves'),
    geneProbability: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .default(null)
      .describe('share of genes that move; null: one gene a child on average'),
  }),
]);

export type MutationOptions = z.output<typeof mutationOptions>;

/** Changes a child in place, within the bounds. An integer gene that changes is drawn anew, whatever the operator. */
export function mutate(
  settings: MutationOptions,
  problem: Problem,
  stream: RandomStream,
  child: Float64Array,
): void {
  const { genes, low, high, step, levels, priorLow, priorHigh } = problem;
  if (settings.kind === 'polynomial') {
    const probability = settings.geneProbability ?? 1 / genes;
    for (const gene of stream.subset(genes, probability)) {
      if (levels[gene]! > 0) {
        child[gene] = drawnFromPrior(problem, gene, stream);
        continue;
      }
      const bounds = { low: low[gene]!, high: high[gene]!, width: priorHigh[gene]! - priorLow[gene]! };
      child[gene] = polynomialMove(child[gene]!, bounds, stream.uniform(), settings.eta);
    }
    return;
  }
  for (const gene of stream.sample(genes, Math.min(settings.genes, genes))) {
    const value =
      settings.kind === 'reset' || levels[gene]! > 0
        ? drawnFromPrior(problem, gene, stream)
        : child[gene]! + settings.sigma * step[gene]! * stream.normal();
    child[gene] = Math.min(high[gene]!, Math.max(low[gene]!, value));
  }
}

/**
 * Deb and Goyal 1996, Computer Science and Informatics 26(4):30-45, in the form that respects both bounds. Where one is
 * missing, the plain form, in units of the prior's width.
 */
function polynomialMove(
  x: number,
  { low, high, width }: { low: number; high: number; width: number },
  u: number,
  eta: number,
): number {
  const range = high - low;
  if (!(range > 0)) return x;
  const power = 1 / (eta + 1);
  if (range === Infinity) {
    const plain = u < 0.5 ? pow(2 * u, power) - 1 : 1 - pow(2 * (1 - u), power);
    return Math.min(high, Math.max(low, x + plain * width));
  }
  const move =
    u < 0.5
      ? pow(2 * u + (1 - 2 * u) * pow(1 - (x - low) / range, eta + 1), power) - 1
      : 1 - pow(2 * (1 - u) + 2 * (u - 0.5) * pow(1 - (high - x) / range, eta + 1), power);
  return Math.min(high, Math.max(low, x + move * range));
}
