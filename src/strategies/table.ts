import { cgp } from './cgp.js';
import { cmaEs } from './cma-es.js';
import { enomad } from './enomad.js';
import { ga } from './ga.js';
import { givingUp } from './giving-up.js';
import { mads } from './mads.js';
import { niches } from './niches/niches.js';
import { nsga2 } from './nsga2.js';
import { openaiEs } from './openai-es.js';
import { random } from './random.js';

/** Every strategy, by the name used in run files and presets; each gives up where it has nothing to go on. */
export const strategies = {
  cgp: givingUp(cgp),
  'cma-es': givingUp(cmaEs),
  enomad: givingUp(enomad),
  ga: givingUp(ga),
  mads: givingUp(mads),
  niches: givingUp(niches),
  nsga2: givingUp(nsga2),
  'openai-es': givingUp(openaiEs),
  random: givingUp(random),
} as const;

export type StrategyName = keyof typeof strategies;
