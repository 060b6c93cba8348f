import { exp } from '../../math/exponential.js';
import { type CellModel, quantity } from '../model/model.js';

/** s at a potential that is held. */
const held = (v: number) => {
  const phi = 1 / (1 + exp(-0.25 * (v + 20)));
  return (0.0005 * phi) / (0.0005 * phi + 0.02);
};

/** A cell without spikes, as most of C. elegans has: its potential sets how much of its transmitter is active. */
export const graded: CellModel = {
  name: 'graded',
  summary: 'a leaky membrane without spikes; s is what graded synapses send',
  source: 'Kunert, Shlizerman and Kutz 2014, doi:10.1103/PhysRevE.89.052805; rates of the c302 model C0',
  parameters: {
    C: quantity('pF', 3, 0.1, 100, 'capacitance'),
    gL: quantity('nS', 0.1, 0.001, 10, 'leak conductance'),
    EL: quantity('mV', -50, -90, -20, 'resting potential'),
    vHalf: quantity('mV', -20, -60, 20, 'potential of half activation'),
    steepness: quantity('1/mV', 0.25, 0.01, 1, 'of the activation'),
    rise: quantity('1/ms', 0.0005, 1e-5, 1, 'rate at which transmitter is activated'),
    fall: quantity('1/ms', 0.02, 1e-5, 1, 'rate at which it is lost'),
  },
  state: {
    v: { unit: 'mV', start: 'EL' },
    s: { unit: '1', start: 0, about: 'share of transmitter that is active' },
  },
  currentUnit: 'pA',
  integrator: 'exponential-euler',
  equations: [
    'dv/dt = (gL*(EL - v) + I) / C',
    'ds/dt = rise*sigmoid(steepness*(v - vHalf))*(1 - s) - fall*s',
  ],
  protocols: {
    depolarised: {
      about: '3 pA bring the membrane from -50 to -20 mV; s comes to rise φ / (rise φ + fall)',
      current: '3',
      dtMs: 0.5,
      durationMs: 1000,
      expect: { source: 'fixed point of the equations', spikes: 0, ends: { v: -20, s: held(-20) } },
    },
    silent: {
      about: 'at rest next to nothing is sent',
      current: '0',
      dtMs: 0.5,
      durationMs: 1000,
      expect: { source: 'fixed point of the equations', spikes: 0, ends: { v: -50, s: held(-50) } },
    },
    rising: {
      about: 'the membrane on its way, with tau = C / gL = 30 ms',
      current: '3',
      dtMs: 0.5,
      durationMs: 30,
      expect: { source: 'closed form', spikes: 0, ends: { v: -20 - 30 / Math.E } },
    },
  },
};
