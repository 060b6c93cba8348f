import { cgp } from './cgp.js';
import { cmaEs } from './cma-es.js';
import { cmaMae } from './cma-mae.js';
import { cmaMe } from './cma-me.js';
import { de } from './de.js';
import { enomad } from './enomad.js';
import { ga } from './ga.js';
import { givingUp } from './giving-up.js';
import { mads } from './mads.js';
import { mapElites } from './map-elites.js';
import { niches } from './niches/niches.js';
import { nsga2 } from './nsga2.js';
import { openaiEs } from './openai-es.js';
import { pgpe } from './pgpe.js';
import { random } from './random.js';
import { snes } from './snes.js';
import { xnes } from './xnes.js';

/** Every strategy, by the name used in run files and presets; each gives up where it has nothing to go on. */
export const strategies = {
  cgp: givingUp(cgp),
  'cma-es': givingUp(cmaEs),
  'cma-mae': givingUp(cmaMae),
  'cma-me': givingUp(cmaMe),
  de: givingUp(de),
  enomad: givingUp(enomad),
  ga: givingUp(ga),
  mads: givingUp(mads),
  'map-elites': givingUp(mapElites),
  niches: givingUp(niches),
  nsga2: givingUp(nsga2),
  'openai-es': givingUp(openaiEs),
  pgpe: givingUp(pgpe),
  random: givingUp(random),
  snes: givingUp(snes),
  xnes: givingUp(xnes),
} as const;

export type StrategyName = keyof typeof strategies;
