import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Bienenstock, Cooper and Munro's rule dw/dt = eta x y (y - theta), tauTheta dtheta/dt = y^2 / goal - theta, in
 * spikes: a postsynaptic spike stands for the rate y. Activity above the sliding threshold strengthens, below it
 * weakens.
 */
export const bcm: PlasticityRule = {
  name: 'bcm',
  summary:
    'activity above a sliding threshold strengthens, below it weakens; the threshold follows the square of activity',
  source: 'Bienenstock, Cooper and Munro 1982, doi:10.1523/JNEUROSCI.02-01-00032.1982',
  parameters: {
    eta: quantity('weight', 0.005, 0, 1, 'change at a postsynaptic spike for a trace and an excess of 1'),
    goal: quantity('1', 1, 0.001, 100, 'activity, as a trace, at which the threshold equals it'),
    tauTheta: quantity('ms', 2000, 10, 1e6, 'how fast the threshold follows; slower than the traces'),
    tauPlus: quantity('ms', 50, 1, 1000, 'decay of the presynaptic trace'),
    tauMinus: quantity('ms', 50, 1, 1000, 'decay of the postsynaptic trace'),
    wMin: quantity('weight', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('weight', 1, -1000, 1000, 'highest weight'),
  },
  traces: {
    x: { of: 'pre', tau: 'tauPlus', each: 'add' },
    y: { of: 'post', tau: 'tauMinus', each: 'add' },
    theta: { of: 'post', tau: 'tauTheta', follows: 'y^2 / goal', start: 'goal' },
  },
  onPre: [],
  onPost: ['w += eta*x*(y - theta)'],
  bounds: { low: 'wMin', high: 'wMax' },
};
