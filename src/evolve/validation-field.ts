import { z } from 'zod';

export const validationSchema = z.strictObject({
  genomes: z
    .int()
    .min(2)
    .max(1000)
    .default(10)
    .describe(
      'how many are compared: half of them the best of the search, the others the best of its last steps',
    ),
  lives: z.int().min(2).max(100_000).default(20).describe('lives of each, the same for all'),
});

export type ValidationField = z.output<typeof validationSchema>;
