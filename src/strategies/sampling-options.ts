import { z } from 'zod';

/** Options of searches that draw genomes from a normal distribution. */
export const populationOption = z
  .int()
  .min(2)
  .max(1_000_000)
  .nullable()
  .default(null)
  .describe('genomes a step; null: 4 + floor(3 ln n), n genes');

export const sigma0Option = (value: number) =>
  z
    .number()
    .positive()
    .max(1e6)
    .default(value)
    .describe("first deviation, in steps of each gene; at most a third of the gene's range");
