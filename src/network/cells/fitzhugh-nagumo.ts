import { type CellModel, quantity } from '../model/model.js';

/** The two-variable caricature of the squid axon, with commonly used values. */
export const fitzhughNagumo: CellModel = {
  name: 'fitzhugh-nagumo',
  summary: 'a fast cubic variable and a slow linear one: excitability in its simplest form',
  source:
    'FitzHugh 1961, doi:10.1016/S0006-3495(61)86902-6; Nagumo, Arimoto and Yoshizawa 1962, doi:10.1109/JRPROC.1962.288235',
  parameters: {
    a: quantity('1', 0.7, 0, 2, 'offset of recovery'),
    b: quantity('1', 0.8, 0, 2, 'decay of recovery'),
    epsilon: quantity('1', 0.08, 0.001, 1, 'slowness of recovery'),
    tau: quantity('ms', 1, 0.1, 10, 'unit of time'),
    vThreshold: quantity('1', 1, 0, 2, 'a spike is where v comes to it from below'),
  },
  state: {
    v: { unit: '1', start: -1.1994080352440348 },
    w: { unit: '1', start: -0.6242600440550433 },
  },
  currentUnit: '1',
  integrator: 'rk4',
  equations: ['dv/dt = (v - v^3/3 - w + I) / tau', 'dw/dt = epsilon*(v + a - b*w) / tau'],
  threshold: 'v >= vThreshold',
  firing: 'crossing',
  protocols: {
    rest: {
      about: 'the fixed point, where v - v^3/3 = (v + 0.7)/0.8',
      start: { v: -1.19, w: -0.63 },
      current: '0',
      dtMs: 0.1,
      durationMs: 1000,
      expect: {
        source: 'root of the cubic',
        spikes: 0,
        ends: { v: -1.1994080352440348, w: -0.6242600440550433 },
      },
    },
    excitable: {
      about: 'below the onset at 0.3313 a step makes one spike',
      current: '0.32',
      dtMs: 0.05,
      durationMs: 1000,
      expect: { source: 'loss of stability where 1 - v^2 = 0.08 * 0.8', spikes: 1 },
    },
    oscillating: {
      about: 'above it, firing goes on',
      current: '0.5',
      dtMs: 0.05,
      durationMs: 1000,
      expect: {
        source: 'the equations at 0.002 ms',
        spikes: 26,
        timesMs: [2.75, 43.87, 83.35],
        toleranceMs: 0.11,
      },
    },
  },
};
