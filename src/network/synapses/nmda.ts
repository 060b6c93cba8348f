import { type PortModel, quantity } from '../model/model.js';
import { rising, risingMean } from './double-exponential.js';

/** A slow conductance that magnesium blocks unless the cell is depolarised. */
export const nmda: PortModel = {
  name: 'nmda',
  summary: 'a slow conductance that opens where the cell is depolarised',
  source: 'Jahr and Stevens 1990, doi:10.1523/JNEUROSCI.10-09-03178.1990',
  parameters: {
    tauRise: quantity('ms', 2, 0.05, 100, 'rise'),
    tauDecay: quantity('ms', 100, 0.1, 1000, 'decay'),
    E: quantity('mV', 0, -100, 100, 'reversal potential'),
    magnesium: quantity('mM', 1, 0, 10, 'magnesium outside'),
  },
  state: {
    h: { unit: 'current/mV', start: 0, about: 'what has arrived, decaying' },
    g: { unit: 'current/mV', start: 0 },
  },
  equations: ['dg/dt = -g / tauDecay'],
  update: rising,
  current: `${risingMean}*(E - v)/(1 + magnesium/3.57[mM]*exp(-0.062[1/mV]*v))`,
  receives: 'h',
  weightUnit: 'current/mV',
};
