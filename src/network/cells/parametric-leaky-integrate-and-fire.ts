import { exp } from '../../math/exponential.js';
import { log } from '../../math/logarithm.js';
import { type CellModel, quantity } from '../model/model.js';

/** How many steps the cell needs to its threshold of 1 under a constant input, at a leak of sigmoid(a) a step. */
const stepsToFire = (input: number, a: number) => Math.ceil(log(1 - 1 / input) / log(1 - 1 / (1 + exp(-a))));

/** The leaky cell whose leak is one free number a of any size: 1 / tau = sigmoid(a) (Fang et al. 2021). */
export const parametricLeakyIntegrateAndFire: CellModel = {
  name: 'parametric-leaky-integrate-and-fire',
  summary:
    'PLIF: a leaky cell whose time constant is the sigmoid of an unbounded number, for search and learning',
  source: 'Fang, Yu, Chen, Masquelier, Huang and Tian 2021, arXiv 2007.05785',
  parameters: {
    a: quantity('1', 0, -8, 8, '1 / tau = sigmoid(a), a millisecond'),
    vThreshold: quantity('1', 1, 0.1, 10, 'v at which the cell fires'),
    vReset: quantity('1', 0, -1, 1, 'v after a spike, and at rest'),
  },
  state: { v: { unit: '1', start: 'vReset' } },
  currentUnit: '1',
  integrator: 'euler',
  equations: ['dv/dt = sigmoid(a)*(I - (v - vReset))/1[ms]'],
  threshold: 'v >= vThreshold',
  reset: ['v = vReset'],
  protocols: Object.fromEntries(
    [
      [1.2, 0],
      [1.2, -2],
      [1.02, -3],
      [3, -4],
    ].map(([input, a]) => {
      const steps = stepsToFire(input!, a!);
      const spikes = Math.floor(1000 / steps);
      return [
        `input ${input}, a ${a}`,
        {
          about: `fires every ${steps} steps`,
          parameters: { a: a! },
          current: String(input),
          dtMs: 1,
          durationMs: 1000,
          expect: { source: 'closed form of the discrete cell', spikes, timesMs: [steps, 2 * steps] },
        },
      ];
    }),
  ),
};
