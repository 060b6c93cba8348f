import { type PortModel, quantity } from '../model/model.js';

/** Coloured noise: a current that is pulled to its mean and kicked at random, by the exact step. */
export const ornsteinUhlenbeck: PortModel = {
  name: 'ornstein-uhlenbeck',
  summary: 'noise with an exponential autocorrelation',
  source:
    'Uhlenbeck and Ornstein 1930, doi:10.1103/PhysRev.36.823; exact step of Gillespie 1996, doi:10.1103/PhysRevE.54.2084',
  parameters: {
    mean: quantity('current', 0, -1e6, 1e6, 'the mean'),
    sd: quantity('current', 1, 0, 1e6, 'standard deviation in the long run'),
    tau: quantity('ms', 5, 0.1, 1e5, 'correlation time'),
  },
  state: { x: { unit: 'current', start: 'mean' } },
  update: ['x = mean + (x - mean)*exp(-dt/tau) + sd*sqrt(1 - exp(-2*dt/tau))*gaussian()'],
  current: 'x',
};
