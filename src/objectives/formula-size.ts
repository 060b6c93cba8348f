import { z } from 'zod';
import type { Objective } from './objective.js';

const options = z.strictObject({});

/** Short formulas are better: the negative of how many inputs, numbers and operators they have. */
export const formulaSize = {
  summary: 'short formulas: as few inputs, numbers and operators as possible in rules whose form evolves',
  options,
  value: (life) => -life.formulaSize,
} satisfies Objective<typeof options>;
