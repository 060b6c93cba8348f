import { cmaEs } from './cma-es.js';
import { enomad } from './enomad.js';
import { ga } from './ga.js';
import { mads } from './mads.js';
import { openaiEs } from './openai-es.js';
import { random } from './random.js';

/** Every strategy, by the name used in run files and presets. */
export const strategies = {
  'cma-es': cmaEs,
  enomad,
  ga,
  mads,
  'openai-es': openaiEs,
  random,
} as const;

export type StrategyName = keyof typeof strategies;
