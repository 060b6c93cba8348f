import { type CellModel, quantity } from '../model/model.js';

/** The leaky cell with a calcium current of low threshold that recovers while the cell is hyperpolarised; commonly used values. */
export const integrateAndFireOrBurst: CellModel = {
  name: 'integrate-and-fire-or-burst',
  summary: 'a thalamic relay cell: single spikes from rest, a burst on release from hyperpolarisation',
  source: 'Smith, Cox, Sherman and Rinzel 2000, doi:10.1152/jn.2000.83.1.588',
  parameters: {
    C: quantity('uF/cm2', 2, 0.5, 5, 'capacitance'),
    gL: quantity('mS/cm2', 0.035, 0.001, 1, 'leak conductance'),
    gT: quantity('mS/cm2', 0.07, 0, 1, 'calcium conductance'),
    EL: quantity('mV', -65, -90, -40, 'resting potential'),
    ET: quantity('mV', 120, 60, 150, 'reversal of calcium'),
    vH: quantity('mV', -60, -80, -40, 'v at which calcium channels open, and above which they inactivate'),
    tauClose: quantity('ms', 20, 1, 200, 'inactivation above vH'),
    tauOpen: quantity('ms', 100, 5, 1000, 'recovery below vH'),
    vThreshold: quantity('mV', -35, -50, -20, 'v at which the cell fires'),
    vReset: quantity('mV', -50, -70, -40, 'v after a spike'),
  },
  state: {
    v: { unit: 'mV', start: 'EL' },
    h: { unit: '1', start: 0, about: 'share of calcium channels that can open' },
  },
  currentUnit: 'uA/cm2',
  integrator: 'rk4',
  equations: [
    'open = if(v > vH, gT*h, 0)',
    'hDrive = if(v > vH, -h/tauClose, (1 - h)/tauOpen)',
    'dv/dt = (I + gL*(EL - v) + open*(ET - v)) / C',
    'dh/dt = hDrive',
  ],
  threshold: 'v >= vThreshold',
  reset: ['v = vReset'],
  protocols: {
    burst: {
      about: 'a burst on release from hyperpolarisation, after which the calcium channels are shut',
      current: 'if(t < 500, -0.5, 0.3)',
      dtMs: 0.02,
      durationMs: 1000,
      expect: {
        source: 'the equations at 0.001 ms',
        spikes: 5,
        timesMs: [611.09, 615.1, 620.22, 627.41, 640.26],
        toleranceMs: 0.3,
      },
    },
    'too weak': {
      about: 'release to rest, which lies below the calcium channels: no burst',
      current: 'if(t < 500, -0.5, 0)',
      dtMs: 0.1,
      durationMs: 1000,
      expect: { source: 'rest at -65 mV is below vH', spikes: 0 },
    },
  },
};
