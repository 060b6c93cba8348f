import { z } from 'zod';
import { populationOption, sigma0Option } from '../sampling-options.js';

/** Options that natural evolution strategies have in common. */
export const commonOptions = {
  population: populationOption,
  sigma0: sigma0Option(1),
  meanRate: z.number().positive().max(2).default(1).describe('how far the mean moves along its gradient'),
  tolx: z
    .number()
    .min(0)
    .nullable()
    .default(1e-11)
    .describe('stops when every deviation is below this many steps of its gene; null: never'),
};

/** A learning rate that depends on the number of genes where nobody gives one. */
export const rate = (formula: string, about: string) =>
  z.number().positive().max(2).nullable().default(null).describe(`${about}; null: ${formula}, n genes`);
