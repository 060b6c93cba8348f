import { type CellModel, quantity } from '../model/model.js';

/** Three variables that burst. */
export const hindmarshRose: CellModel = {
  name: 'hindmarsh-rose',
  summary: 'bursts from three polynomial equations, regular or chaotic',
  source: 'Hindmarsh and Rose 1984, doi:10.1098/rspb.1984.0024',
  parameters: {
    r: quantity('1', 0.001, 1e-4, 0.1, 'slowness of z'),
    s: quantity('1', 4, 0.5, 8, 'coupling of z to x'),
    x1: quantity('1', -1.6, -2, -1, 'x about which z is coupled to it'),
    tau: quantity('ms', 1, 0.1, 10, 'unit of time'),
    xThreshold: quantity('1', 1, 0, 2, 'a spike is where x comes to it from below'),
  },
  state: {
    x: { unit: '1', start: -1.6 },
    y: { unit: '1', start: -11.8 },
    z: { unit: '1', start: 0 },
  },
  currentUnit: '1',
  integrator: 'rk4',
  equations: [
    'dx/dt = (y - x^3 + 3*x^2 + I - z) / tau',
    'dy/dt = (1 - 5*x^2 - y) / tau',
    'dz/dt = r*(s*(x - x1) - z) / tau',
  ],
  threshold: 'x > xThreshold',
  firing: 'crossing',
  protocols: {
    sparse: {
      about: 'one burst, then a long pause',
      current: '0.4',
      dtMs: 0.05,
      durationMs: 2100,
      expect: {
        source: 'the equations of the article by another program',
        spikes: 8,
        timesMs: [41.585, 51.975, 63.025],
        toleranceMs: 0.06,
      },
    },
    bursting: {
      about: 'bursts',
      current: '2',
      dtMs: 0.05,
      durationMs: 2100,
      expect: {
        source: 'the equations of the article by another program',
        spikes: 97,
        timesMs: [6.515, 10.905, 15.325],
        toleranceMs: 0.06,
      },
    },
  },
};
