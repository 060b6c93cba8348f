import { type CellModel, type NamedType, type Protocol, quantity } from '../model/model.js';

const seen = (type: string, spikes: number, timesMs: readonly number[]): Protocol => ({
  about: 'a constant input',
  type,
  current: '0.5',
  dtMs: 0.02,
  durationMs: 1000,
  expect: { source: 'the equations at 0.002 ms', spikes, timesMs, toleranceMs: 0.1 },
});

const kind = (about: string, tauR: number, gT: number, gH: number): NamedType => ({
  about,
  parameters: { tauR, gT, gH },
});

/** Four polynomial equations that give the kinds of neocortical cells, with commonly used values. v in units of 100 mV. */
export const wilson: CellModel = {
  name: 'wilson',
  summary: 'neocortical cells by four polynomial equations: regular, fast and bursting',
  source: 'Wilson 1999, doi:10.1006/jtbi.1999.1002',
  parameters: {
    tauR: quantity('ms', 4.2, 0.5, 20, 'time constant of potassium'),
    gT: quantity('1', 0.1, 0, 5, 'calcium conductance'),
    gH: quantity('1', 5, 0, 20, 'slow potassium conductance, of adaptation'),
    vThreshold: quantity('1', 0, -0.4, 0.3, 'a spike is where v comes to it from below'),
  },
  state: {
    v: { unit: '1', start: -0.754, about: 'in units of 100 mV' },
    R: { unit: '1', start: 0.279 },
    T: { unit: '1', start: 0 },
    H: { unit: '1', start: 0 },
  },
  currentUnit: '1',
  integrator: 'rk4',
  equations: [
    'dv/dt = (-(17.81 + 47.58*v + 33.8*v^2)*(v - 0.48) - 26*R*(v + 0.95) - gT*T*(v - 1.2) - gH*H*(v + 0.95) + I) / 1[ms]',
    'dR/dt = (-R + 1.29*v + 0.79 + 3.3*(v + 0.38)^2) / tauR',
    'dT/dt = (-T + 8.05*(v + 0.725)^2) / 14[ms]',
    'dH/dt = (-H + 3*T) / 45[ms]',
  ],
  threshold: 'v >= vThreshold',
  firing: 'crossing',
  types: {
    regular: kind('regular spiking, adapting', 4.2, 0.1, 5),
    fast: kind('fast spiking, without adaptation', 1.5, 0.25, 0),
    bursting: kind('bursting', 4.2, 2.25, 9.5),
  },
  protocols: {
    regular: seen('regular', 16, [7.44, 48.24, 117.02, 181.88, 247.06]),
    fast: seen('fast', 201, [3.48, 9.68, 15.46, 20.98, 26.36]),
    bursting: seen('bursting', 14, [6.88, 12.32, 170.2, 177, 320.1, 326.9]),
  },
};
