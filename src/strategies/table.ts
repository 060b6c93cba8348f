import { ga } from './ga.js';
import { random } from './random.js';

/** Every strategy, by the name used in run files and presets. */
export const strategies = {
  ga,
  random,
} as const;

export type StrategyName = keyof typeof strategies;
