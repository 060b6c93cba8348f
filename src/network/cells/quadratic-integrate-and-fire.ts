import { atan2 } from '../../math/arctangent.js';
import { type CellModel, quantity } from '../model/model.js';

/** Interval (ms) for 10 mV of input: tau / sqrt(k K) times the difference of two arc tangents. */
const intervalMs = (() => {
  const K = 10 - (0.05 * 15 * 15) / 4;
  const angle = (v: number) => atan2((v + 57.5) * Math.sqrt(0.05 / K), 1);
  return (10 / Math.sqrt(0.05 * K)) * (angle(30) - angle(-70));
})();
const regular = {
  spikes: Math.floor(1000 / intervalMs),
  timesMs: [intervalMs, 2 * intervalMs],
  toleranceMs: 0.02,
};

/** The simplest cell with a spike of its own, near the onset of firing of any cell of class 1. */
export const quadraticIntegrateAndFire: CellModel = {
  name: 'quadratic-integrate-and-fire',
  summary: 'QIF: v accelerates with its square above a threshold of the instant',
  source: 'Latham, Richmond, Nelson and Nirenberg 2000, doi:10.1152/jn.2000.83.2.808',
  parameters: {
    tau: quantity('ms', 10, 1, 100, 'membrane time constant'),
    curvature: quantity('1/mV', 0.05, 0.005, 1, 'how v’ curves'),
    resistance: quantity('MOhm', 100, 1, 1000, 'membrane resistance'),
    vRest: quantity('mV', -65, -90, -40, 'resting potential'),
    vCritical: quantity('mV', -50, -70, -30, 'potential above which v runs away'),
    vPeak: quantity('mV', 30, -30, 60, 'v at which a spike ends'),
    vReset: quantity('mV', -70, -100, -40, 'v after a spike'),
  },
  state: { v: { unit: 'mV', start: 'vReset' } },
  currentUnit: 'nA',
  integrator: 'exponential-euler',
  equations: ['dv/dt = (curvature*(v - vRest)*(v - vCritical) + resistance*I) / tau'],
  threshold: 'v >= vPeak',
  reset: ['v = vReset'],
  protocols: {
    firing: {
      about: 'regular firing; the interval is a difference of arc tangents',
      integrator: 'rk4',
      current: '0.1',
      dtMs: 0.01,
      durationMs: 1000,
      expect: { source: 'closed form', ...regular },
    },
    silent: {
      about: 'below curvature (vCritical - vRest)^2 / 4 = 2.8 mV of input there is a rest',
      integrator: 'rk4',
      current: '0.028',
      dtMs: 0.1,
      durationMs: 1000,
      expect: { source: 'closed form', spikes: 0 },
    },
  },
};
