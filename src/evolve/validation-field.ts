import { z } from 'zod';

export const validationSchema = z.strictObject({
  genomes: z
    .int()
    .min(2)
    .max(1000)
    .default(10)
    .describe(
      'how many are compared: half of them the best that the run stored, the others those of its last steps. It stores as many of each ' +
        'step as "elites" says',
    ),
  lives: z.int().min(2).max(100_000).default(20).describe('lives of each, the same for all'),
});

export type ValidationField = z.output<typeof validationSchema>;
