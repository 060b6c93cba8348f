import { z } from 'zod';
import { pow } from '../math/power.js';
import type { Objective } from './objective.js';

const options = z.strictObject({
  sparsity: z
    .strictObject({
      coefficient: z.number().min(0).default(0.1),
      exponent: z.number().min(0).max(10).default(1.3),
    })
    .nullable()
    .default(null)
    .describe(
      'coefficient * k^exponent is taken off the score, k genes differing from the start; null: nothing',
    ),
  floor: z
    .number()
    .nullable()
    .default(null)
    .describe('an objective below this counts as this; null: no floor'),
});

/**
 * The score less the sparsity penalty, c k^p for k genes that differ from the start (ENOMAD: 0.1 k^1.3), not below the
 * floor.
 */
export const scoreSparse = {
  summary: 'the score less a penalty for genes that differ from the start, not below a floor',
  options,
  value: (life, { sparsity, floor }) => {
    const penalty = sparsity ? sparsity.coefficient * pow(life.genesChanged, sparsity.exponent) : 0;
    const value = life.score - penalty;
    return floor !== null && value < floor ? floor : value;
  },
} satisfies Objective<typeof options>;
