import { z } from 'zod';

/** Options that natural evolution strategies have in common. */
export const commonOptions = {
  population: z
    .int()
    .min(2)
    .max(1_000_000)
    .nullable()
    .default(null)
    .describe('genomes a step; null: 4 + floor(3 ln n), n genes'),
  sigma0: z
    .number()
    .positive()
    .max(1e6)
    .default(1)
    .describe("first deviation, in steps of each gene; at most a third of the gene's range"),
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
