import { competitiveNeuromodulation } from './competitive-neuromodulation.js';
import { pairStdp } from './pair-stdp.js';
import { pairStdpDopamine } from './pair-stdp-dopamine.js';
import { sequentialNeuromodulation } from './sequential-neuromodulation.js';

/** Every plasticity rule, by name. */
export const plasticityRules = {
  'pair-stdp': pairStdp,
  'pair-stdp-dopamine': pairStdpDopamine,
  'sequential-neuromodulation': sequentialNeuromodulation,
  'competitive-neuromodulation': competitiveNeuromodulation,
} as const;
