import { type PortModel, quantity } from '../model/model.js';

/**
 * A current that jumps by the weight and decays. Weights carry the unit of the cell's current. Through a step the cell gets
 * the mean of the current in that step, so that the charge is weight times tau however long the step is.
 */
export const exponential: PortModel = {
  name: 'exponential',
  summary: 'a current that jumps by the weight and decays exponentially',
  source: 'Gerstner, Kistler, Naud and Paninski 2014, Neuronal Dynamics, section 1.3',
  parameters: { tau: quantity('ms', 5, 0.1, 500, 'decay of the current') },
  state: { g: { unit: 'current', start: 0 } },
  equations: ['dg/dt = -g / tau'],
  current: 'g',
  receives: 'g',
  weightUnit: 'current',
};

/**
 * The same, its value at the start of a step held through it: the charge is too large by dt/tau / (1 - exp(-dt/tau)), as it
 * is where scripts step their cells by exponential Euler.
 */
export const exponentialHeld: PortModel = {
  ...exponential,
  name: 'exponential-held',
  summary:
    'a current that jumps by the weight and decays, held at its value at the start of a step, as in scripts of publications',
  heldFromStart: true,
};
