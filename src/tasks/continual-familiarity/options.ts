import { z } from 'zod';
import { circuitOption } from '../circuit/options.js';
import { evenBits } from '../classification/options.js';
import { intervalMs } from '../classification/presentation.js';

const durationMs = (low: number) => z.int().min(low).max(10_000).multipleOf(intervalMs);

export const options = z.lazy(() =>
  z.strictObject({
    delay: z
      .int()
      .min(1)
      .max(500)
      .default(3)
      .describe('a pattern that comes again does so this many presentations after it came first'),
    heldOutDelay: z
      .int()
      .min(0)
      .max(500)
      .default(6)
      .describe('the same in streams that evolution never sees; 0: none'),
    presentations: z.int().min(20).max(10_000).default(120).describe('presentations in a life'),
    bits: evenBits('pattern'),
    cells: z.int().min(1).max(500).default(40).describe('cells of each of the two pools, seen and novel'),
    presentationMs: durationMs(intervalMs).default(100).describe('time for which a pattern is shown'),
    gapMs: durationMs(0).default(100).describe('time between patterns'),
    circuit: circuitOption,
    networkSeed: z.int().min(0).default(1).describe('of the wiring and the first weights'),
  }),
);

export type Options = z.output<typeof options>;
