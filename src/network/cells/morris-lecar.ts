import { type CellModel, quantity } from '../model/model.js';

/** The barnacle's muscle fibre: calcium at once, potassium slowly. Parameters of the article's Figure 9. */
export const morrisLecar: CellModel = {
  name: 'morris-lecar',
  summary: 'calcium and potassium channels of a muscle fibre: two variables with a full spike',
  source: 'Morris and Lecar 1981, doi:10.1016/S0006-3495(81)84782-0',
  parameters: {
    C: quantity('uF/cm2', 20, 1, 50, 'capacitance'),
    gL: quantity('mS/cm2', 2, 0, 10, 'leak conductance'),
    gCa: quantity('mS/cm2', 4, 0, 20, 'calcium conductance'),
    gK: quantity('mS/cm2', 8, 0, 20, 'potassium conductance'),
    EL: quantity('mV', -50, -80, -30, 'reversal of the leak'),
    ECa: quantity('mV', 100, 50, 150, 'reversal of calcium'),
    EK: quantity('mV', -70, -100, -50, 'reversal of potassium'),
    V1: quantity('mV', 10, -20, 30, 'v at which half of the calcium channels are open'),
    V2: quantity('mV', 15, 5, 40, 'width of their activation'),
    V3: quantity('mV', -1, -20, 30, 'v at which half of the potassium channels are open'),
    V4: quantity('mV', 14.5, 5, 40, 'width of their activation'),
    rate: quantity('1/ms', 1 / 15, 0.005, 1, 'rate of the potassium channels'),
    vThreshold: quantity('mV', 0, -20, 30, 'a spike is where v comes to it from below'),
  },
  state: {
    v: { unit: 'mV', start: 'EL' },
    n: { unit: '1', start: 0 },
  },
  currentUnit: 'uA/cm2',
  integrator: 'rk4',
  equations: [
    'mInf = (1 + tanh((v - V1)/V2))/2',
    'nInf = (1 + tanh((v - V3)/V4))/2',
    'cosh = (exp((v - V3)/(2*V4)) + exp((V3 - v)/(2*V4)))/2',
    'dv/dt = (I + gL*(EL - v) + gCa*mInf*(ECa - v) + gK*n*(EK - v)) / C',
    'dn/dt = rate*cosh*(nInf - n)',
  ],
  threshold: 'v >= vThreshold',
  firing: 'crossing',
  protocols: {
    'spike times': {
      about: 'regular firing',
      current: '300',
      dtMs: 0.05,
      durationMs: 220,
      expect: {
        source: 'the equations at 0.005 ms',
        spikes: 8,
        timesMs: [3.83, 32.645, 60.915, 88.9, 116.74, 144.485, 172.18, 199.835],
        toleranceMs: 0.06,
      },
    },
    ...Object.fromEntries(
      [0, 1, 1, 1, 2, 2, 4, 8, 8, 8, 8, 8, 8, 8, 1, 1, 1].map((spikes, i) => [
        `${100 + 25 * i} uA/cm2`,
        {
          about: spikes > 2 ? 'fires' : 'at most a few spikes at the onset',
          current: String(100 + 25 * i),
          dtMs: 0.05,
          durationMs: 220,
          expect: { source: 'Morris and Lecar 1981, Figure 9', spikes },
        },
      ]),
    ),
  },
};
