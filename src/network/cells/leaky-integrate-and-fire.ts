import type { CellModel } from '../model/model.js';

const nest = 'NEST’s test of iaf_psc_alpha';
const testCell = { tau: 10, resistance: 40, vRest: -70, vReset: -70, vThreshold: -55, tRefractory: 2 };

/** The leaky integrate-and-fire cell; between spikes it is stepped exactly for the current of the step. */
export const leakyIntegrateAndFire: CellModel = {
  name: 'leaky-integrate-and-fire',
  summary: 'one leaky membrane, a fixed threshold, a refractory period',
  source: 'Lapicque 1907; Gerstner, Kistler, Naud and Paninski 2014, Neuronal Dynamics, chapter 1',
  parameters: {
    tau: { unit: 'ms', default: 10, low: 1, high: 100, about: 'membrane time constant' },
    resistance: { unit: 'MOhm', default: 100, low: 1, high: 1000, about: 'membrane resistance' },
    vRest: { unit: 'mV', default: -70, low: -90, high: -40, about: 'resting potential' },
    vThreshold: { unit: 'mV', default: -55, low: -70, high: -30, about: 'potential at which the cell fires' },
    vReset: { unit: 'mV', default: -70, low: -90, high: -40, about: 'potential after a spike' },
    tRefractory: { unit: 'ms', default: 2, low: 0, high: 20, about: 'time after a spike in which v is held' },
  },
  state: { v: { unit: 'mV', start: 'vRest' } },
  currentUnit: 'nA',
  integrator: 'exponential-euler',
  equations: ['dv/dt = (vRest - v + resistance*I) / tau'],
  threshold: 'v >= vThreshold',
  reset: ['v = vReset'],
  refractory: { ms: 'tRefractory', holds: ['v'] },
  protocols: {
    ...Object.fromEntries(
      [
        [0.3, -69.602],
        [0.5, -68.8178],
        [1, -66.9247],
        [4.9, -55.0001],
      ].map(([timeMs, v]) => [
        `v at ${timeMs} ms`,
        {
          about: 'a current of 1000 pA that reaches the cell 0.2 ms late',
          parameters: testCell,
          current: '1',
          dtMs: 0.1,
          durationMs: timeMs! - 0.2,
          expect: { source: nest, spikes: 0, ends: { v: v! }, endsTolerance: 6e-5 },
        },
      ]),
    ),
    'after a spike': {
      about: 'the same current: a spike, 2 ms of rest, and the first step of the next rise',
      parameters: testCell,
      current: '1',
      dtMs: 0.1,
      durationMs: 6.9,
      expect: { source: nest, spikes: 1, timesMs: [4.8], ends: { v: -69.602 }, endsTolerance: 6e-5 },
    },
    ...Object.fromEntries(
      [
        [10.5, 28.2],
        [11, 34.6],
        [12, 43.6],
        [14, 57.1],
        [16, 67.6],
        [18, 76.3],
        [20, 84],
      ].map(([drive, rateHz]) => [
        `${drive} mV`,
        {
          about: `${drive} mV of drive for a threshold of 10 mV; the refractory time of 5 ms includes the step of the spike`,
          parameters: { tau: 10, resistance: 1, vRest: 0, vReset: 0, vThreshold: 10, tRefractory: 4.9 },
          current: String(drive),
          dtMs: 0.1,
          durationMs: 10_000,
          expect: {
            source: '1 / (refractory + tau ln(drive / (drive - 10))), at steps of 0.1 ms',
            rateHz,
            rateToleranceHz: 0.05,
          },
        },
      ]),
    ),
  },
};
