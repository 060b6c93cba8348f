import type { Embodied } from '../../network/model/body.js';
import { pairCircuit } from '../oscillator/circuit.js';
import { intervalMs } from './life.js';
import type { Options } from './options.js';

/** Current that inhibits a cell while the pendulum is on the side that it does not push to, uA/cm2. */
const feedback = -0.5;

/**
 * Two cells that inhibit each other, one of which pushes forth and the other back. Each is inhibited while the pendulum is on
 * the far side, so that it bursts when the pendulum comes through the middle its way.
 */
export const pendulumCircuit = ({ level, noise }: Options): Embodied =>
  pairCircuit({
    names: ['forth', 'back'],
    inputs: { isBack: { cell: 0, current: feedback }, isForth: { cell: 1, current: feedback } },
    level,
    noise,
    intervalMs,
  });
