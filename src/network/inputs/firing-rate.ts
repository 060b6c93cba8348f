import { type PortModel, quantity } from '../model/model.js';

/** No drive at all: the rate at which a cell of any model fires, as an output or a synapse without spikes reads it. */
export const firingRate: PortModel = {
  name: 'firing-rate',
  summary: 'the spikes of the cell, filtered to a rate by the difference of two exponentials of area 1',
  source: 'Brzosko, Zannone, Schultz, Clopath and Paulsen 2017, doi:10.7554/eLife.27756, action selection',
  parameters: {
    tauRise: quantity('ms', 20, 0.1, 1e4, 'rise'),
    tauDecay: quantity('ms', 50, 0.1, 1e5, 'decay'),
  },
  state: {
    fast: { unit: '1', start: 0, about: 'spikes, decaying with tauRise' },
    rate: { unit: '1/ms', start: 0, about: 'the rate at the end of the step' },
  },
  equations: ['drate/dt = -rate / tauDecay'],
  update: [
    'rate = rate + fast*dt*exp(-dt/tauDecay)*exprel(dt/tauDecay - dt/tauRise)/(tauRise*tauDecay)',
    'fast = if(abs(fast) < 1e-20, 0, fast*exp(-dt/tauRise))',
  ],
  onFire: ['fast += 1'],
};
