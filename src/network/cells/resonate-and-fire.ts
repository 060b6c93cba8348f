import { exp } from '../../math/exponential.js';
import { type CellModel, type Protocol, quantity } from '../model/model.js';

/** Two kicks, a period being 2 pi / omega = 25.1 ms. */
const doublet = (gapMs: number, spikes: number, timesMs: readonly number[]): Protocol => ({
  about: `two kicks ${gapMs} ms apart`,
  current: `if(t >= 10 and t < 11 or t >= ${10 + gapMs} and t < ${11 + gapMs}, 1.1, 0)`,
  dtMs: 0.1,
  durationMs: 100,
  expect: { source: 'the equations at 0.01 ms', spikes, timesMs, toleranceMs: 0.1 },
});

/** A damped oscillator that fires: it prefers inputs in its own rhythm, here one of 25 ms. */
export const resonateAndFire: CellModel = {
  name: 'resonate-and-fire',
  summary:
    'a damped oscillator x + i y; fires where y reaches the threshold; doublets at its period excite it most',
  source: 'Izhikevich 2001, doi:10.1016/S0893-6080(01)00078-8',
  parameters: {
    b: quantity('1/ms', -0.05, -1, 0, 'damping, below 0'),
    omega: quantity('1/ms', 0.25, 0.01, 2, 'angular frequency'),
    vThreshold: quantity('1', 1, 0.1, 10, 'y at which the cell fires'),
  },
  state: {
    x: { unit: '1', start: 0, about: 'current-like' },
    y: { unit: '1', start: 0, about: 'voltage-like' },
  },
  currentUnit: '1/ms',
  integrator: 'rk4',
  equations: ['dx/dt = b*x - omega*y + I', 'dy/dt = omega*x + b*y'],
  threshold: 'y >= vThreshold',
  reset: ['x = 0', 'y = vThreshold'],
  protocols: {
    'in rhythm': doublet(25, 1, [39.84]),
    'against the rhythm': doublet(12.5, 0, []),
    'too far apart': doublet(50, 0, []),
    ringing: {
      about: 'a kick rings down: after one period exp(b T) of it is left',
      start: { y: 0.8 },
      current: '0',
      dtMs: (2 * Math.PI) / 0.25 / 500,
      durationMs: (2 * Math.PI) / 0.25,
      expect: { source: 'closed form', spikes: 0, ends: { x: 0, y: 0.8 * exp(-0.4 * Math.PI) } },
    },
  },
};
