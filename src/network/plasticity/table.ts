import { pairStdp } from './pair-stdp.js';
import { pairStdpDopamine } from './pair-stdp-dopamine.js';
import { threeFactor } from './three-factor.js';

/** Every plasticity rule, by name. */
export const plasticityRules = {
  'pair-stdp': pairStdp,
  'pair-stdp-dopamine': pairStdpDopamine,
  'three-factor': threeFactor,
} as const;
