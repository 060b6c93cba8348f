import { accumulateAndFire } from './accumulate-and-fire.js';

/** Every cell model, by the name used in network descriptions. */
export const cellModels = {
  'accumulate-and-fire': accumulateAndFire,
} as const;

export type CellModelName = keyof typeof cellModels;
