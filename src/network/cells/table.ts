import { accumulateAndFire } from './accumulate-and-fire.js';
import { izhikevich } from './izhikevich.js';
import { leakyIntegrateAndFire } from './leaky-integrate-and-fire.js';

/** Every cell model, by the name used in network descriptions. */
export const cellModels = {
  'accumulate-and-fire': accumulateAndFire,
  'leaky-integrate-and-fire': leakyIntegrateAndFire,
  izhikevich,
} as const;

export type CellModelName = keyof typeof cellModels;
