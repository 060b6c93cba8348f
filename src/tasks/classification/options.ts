import { z } from 'zod';
import { intervalMs } from './presentation.js';
import { teachings } from './teach.js';

const durationMs = (low: number) => z.int().min(low).max(10_000).multipleOf(intervalMs);

/** Options of tasks in which patterns are shown and pools answer. */
export const showingOptions = (usualMs: { presentation: number; gap: number }) => ({
  teaching: z
    .enum(teachings)
    .default('teacher')
    .describe(
      'teacher: a current drives the pool of the right answer while a pattern is taught, then dopamine is released; reward: ' +
        'the network answers, and dopamine says whether it was right',
    ),
  presentationMs: durationMs(intervalMs)
    .default(usualMs.presentation)
    .describe('time for which a pattern is shown'),
  gapMs: durationMs(0)
    .default(usualMs.gap)
    .describe('time between patterns, in which what they left in the cells decays'),
});
