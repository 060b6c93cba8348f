import { z } from 'zod';
import type { Objective } from './objective.js';

const options = z.strictObject({});

/** Little change is better: the negative of the number of genes that differ from the start. */
export const complexity = {
  summary: 'little change: as few genes as possible that differ from the start',
  options,
  value: (life) => -life.genesChanged,
} satisfies Objective<typeof options>;
