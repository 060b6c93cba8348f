import { z } from 'zod';
import { pairOptions } from '../oscillator/worlds.js';

const levels = (usual: readonly number[], about: string) =>
  z
    .array(z.number().min(-5).max(5))
    .min(1)
    .max(20)
    .default([...usual])
    .describe(about);

export const options = z.lazy(() =>
  z.strictObject({
    silent: levels([0], 'levels of the modulator at which both cells should be silent'),
    bursting: levels([0.2, 0.3, 0.4, 0.5], 'levels, ascending, at which they should burst in turn'),
    tonic: levels([1.6, 2], 'levels at which both should fire single spikes'),
    settleS: z.number().min(0).max(60).default(1).describe('time at a level that does not count, s'),
    measureS: z.number().min(0.5).max(600).default(5).describe('time at a level that does, s'),
    ...pairOptions,
    modulated: z
      .boolean()
      .default(true)
      .describe('whether the modulator is released: if not, its level is that of silence'),
  }),
);

export type Options = z.output<typeof options>;
