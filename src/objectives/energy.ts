import { z } from 'zod';
import type { Objective } from './objective.js';

const options = z.strictObject({});

/** Little energy is better: the negative of spikes and synaptic events, a second and cell. */
export const energy = {
  summary: 'little energy: spikes and synaptic events, a second and cell, as few as possible',
  options,
  value: (life) => -life.energy,
} satisfies Objective<typeof options>;
