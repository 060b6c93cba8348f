import { pairStdp } from './pair-stdp.js';
import { pairStdpDopamine } from './pair-stdp-dopamine.js';

/** Every plasticity rule, by name. */
export const plasticityRules = {
  'pair-stdp': pairStdp,
  'pair-stdp-dopamine': pairStdpDopamine,
} as const;
