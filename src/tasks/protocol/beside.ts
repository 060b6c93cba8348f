import { z } from 'zod';
import { pathImportance } from '../../network/plasticity/path-importance.js';
import { spikeImportance } from '../../network/plasticity/spike-importance.js';
import { synapticScaling } from '../../network/plasticity/synaptic-scaling.js';

/** What may act on the weights beside the rule that learns. */
const besides = {
  'synaptic-scaling': synapticScaling,
  'path-importance': pathImportance,
  'spike-importance': spikeImportance,
} as const;
const names = Object.keys(besides) as (keyof typeof besides)[];

/** The option that names them. */
export const besideOption = z
  .array(z.enum(names))
  .refine((given) => new Set(given).size === given.length, { message: 'expected each rule once' })
  .default([]);

/** The rules that the option names. */
export const rulesBeside = (given: z.output<typeof besideOption>) => given.map((name) => besides[name]);
