import { type PortModel, quantity } from '../model/model.js';

/**
 * A conductance that jumps by the weight and decays. Weights carry the unit of the cell's current a mV. Through a step the
 * cell gets the mean of the conductance in that step.
 */
export const exponentialConductance: PortModel = {
  name: 'exponential-conductance',
  summary: 'a conductance that jumps by the weight and decays exponentially',
  source: 'Gerstner, Kistler, Naud and Paninski 2014, Neuronal Dynamics, section 3.1',
  parameters: {
    tau: quantity('ms', 5, 0.1, 500, 'decay of the conductance'),
    E: quantity('mV', 0, -100, 100, 'reversal potential'),
  },
  state: { g: { unit: 'current/mV', start: 0 } },
  equations: ['dg/dt = -g / tau'],
  current: 'g*(E - v)',
  receives: 'g',
  weightUnit: 'current/mV',
};

/** The same, its value at the start of a step held through it: too large by dt/tau / (1 - exp(-dt/tau)). */
export const exponentialConductanceHeld: PortModel = {
  ...exponentialConductance,
  name: 'exponential-conductance-held',
  summary:
    'a conductance that jumps by the weight and decays, held at its value at the start of a step, as in scripts of publications',
  heldFromStart: true,
};
