import { type CellModel, type Protocol, quantity } from '../model/model.js';

const seen = (current: string, rateHz: number): Protocol => ({
  about: 'rate under a constant current, with the leak at -65 mV',
  parameters: { EL: -65 },
  current,
  dtMs: 0.1,
  durationMs: 2000,
  expect: { source: 'Brian 2’s example of the f-I curve, exponential Euler', rateHz, rateToleranceHz: 0.01 },
});

/** A pyramidal cell's sodium and potassium channels (Traub and Miles 1991) on one compartment of 20,000 um2. */
export const traubMiles: CellModel = {
  name: 'traub-miles',
  summary: 'sodium and potassium channels of a hippocampal cell, as used in simulator comparisons',
  source:
    'Traub and Miles 1991, Neuronal Networks of the Hippocampus; Brette et al. 2007, doi:10.1007/s10827-007-0038-6',
  parameters: {
    C: quantity('pF', 200, 10, 1000, 'capacitance'),
    gL: quantity('nS', 10, 0, 100, 'leak conductance'),
    gNa: quantity('nS', 20_000, 0, 100_000, 'sodium conductance'),
    gK: quantity('nS', 6000, 0, 50_000, 'potassium conductance'),
    EL: quantity('mV', -60, -90, -40, 'reversal of the leak'),
    ENa: quantity('mV', 50, 30, 80, 'reversal of sodium'),
    EK: quantity('mV', -90, -100, -70, 'reversal of potassium'),
    VT: quantity('mV', -63, -70, -40, 'shifts the channels along v'),
    vThreshold: quantity('mV', -20, -40, 20, 'a spike is where v comes to it from below'),
  },
  state: {
    v: { unit: 'mV', start: 'EL' },
    m: { unit: '1', start: 0 },
    h: { unit: '1', start: 1 },
    n: { unit: '1', start: 0 },
  },
  currentUnit: 'pA',
  integrator: 'exponential-euler',
  equations: [
    'alphaM = 1.28[1/ms]/exprel((13[mV] - v + VT)/4[mV])',
    'betaM = 1.4[1/ms]/exprel((v - VT - 40[mV])/5[mV])',
    'alphaH = 0.128[1/ms]*exp((17[mV] - v + VT)/18[mV])',
    'betaH = 4[1/ms]/(1 + exp((40[mV] - v + VT)/5[mV]))',
    'alphaN = 0.16[1/ms]/exprel((15[mV] - v + VT)/5[mV])',
    'betaN = 0.5[1/ms]*exp((10[mV] - v + VT)/40[mV])',
    'dv/dt = (gL*(EL - v) + gNa*m^3*h*(ENa - v) + gK*n^4*(EK - v) + I) / C',
    'dm/dt = alphaM*(1 - m) - betaM*m',
    'dh/dt = alphaH*(1 - h) - betaH*h',
    'dn/dt = alphaN*(1 - n) - betaN*n',
  ],
  threshold: 'v >= vThreshold',
  firing: 'crossing',
  protocols: {
    'spike times': {
      about: 'the first spikes, with the leak at -65 mV',
      parameters: { EL: -65 },
      integrator: 'rk4',
      current: '200',
      dtMs: 0.05,
      durationMs: 100,
      expect: {
        source: 'the equations at 0.005 ms',
        spikes: 4,
        timesMs: [9.92, 35.57, 61.22, 86.87],
        toleranceMs: 0.06,
      },
    },
    '200 pA': seen('200', 36.5),
    '690 pA': seen('690', 89),
  },
};
