import { accumulateAndFire } from './accumulate-and-fire.js';
import { graded } from './graded.js';
import { izhikevich } from './izhikevich.js';
import { leakyIntegrateAndFire } from './leaky-integrate-and-fire.js';
import { muscle } from './muscle.js';

/** Every cell model, by the name used in network descriptions. */
export const cellModels = {
  'accumulate-and-fire': accumulateAndFire,
  'leaky-integrate-and-fire': leakyIntegrateAndFire,
  izhikevich,
  graded,
  muscle,
} as const;

export type CellModelName = keyof typeof cellModels;
