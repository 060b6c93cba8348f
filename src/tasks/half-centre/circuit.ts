import type { Embodied } from '../../network/model/body.js';
import { pairCircuit } from '../oscillator/circuit.js';
import { intervalMs } from './life.js';
import type { Options } from './options.js';

/** Two cells that inhibit each other, under a modulator. */
export const halfCentreCircuit = ({ silent, noise }: Options): Embodied =>
  pairCircuit({ names: ['left', 'right'], level: silent[0]!, noise, intervalMs });
