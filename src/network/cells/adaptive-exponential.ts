import { type CellModel, type NamedType, type Protocol, quantity } from '../model/model.js';

const seen = (
  type: string,
  current: string,
  dtMs: number,
  durationMs: number,
  spikes: number,
  timesMs: readonly number[],
  parameters: Readonly<Record<string, number>> = {},
): Protocol => ({
  about: `${type} at ${dtMs} ms`,
  type,
  parameters,
  current,
  dtMs,
  durationMs,
  expect: {
    source: 'Brian 2’s examples of the published sets, by Euler’s method',
    spikes,
    timesMs,
    timed: 'start',
  },
});

type Values = readonly [
  C: number,
  gL: number,
  EL: number,
  VT: number,
  a: number,
  tauW: number,
  b: number,
  vReset: number,
];

const kind = (about: string, values: Values): NamedType => {
  const [C, gL, EL, VT, a, tauW, b, vReset] = values;
  return { about, parameters: { C, gL, EL, VT, slope: 2, a, tauW, b, vReset } };
};

/** The exponential cell with an adaptation current (Brette and Gerstner 2005). */
export const adaptiveExponential: CellModel = {
  name: 'adaptive-exponential',
  summary: 'AdEx: an exponential upstroke, and a current w that follows v and jumps at spikes',
  source: 'Brette and Gerstner 2005, doi:10.1152/jn.00686.2005',
  parameters: {
    C: quantity('pF', 281, 10, 1000, 'capacitance'),
    gL: quantity('nS', 30, 1, 100, 'leak conductance'),
    EL: quantity('mV', -70.6, -90, -40, 'resting potential'),
    VT: quantity('mV', -50.4, -65, -30, 'threshold'),
    slope: quantity('mV', 2, 0.1, 10, 'sharpness of the upstroke'),
    a: quantity('nS', 4, -20, 100, 'coupling of w to v'),
    tauW: quantity('ms', 144, 5, 1000, 'time constant of w'),
    b: quantity('pA', 80.5, 0, 1000, 'what a spike adds to w'),
    vReset: quantity('mV', -70.6, -90, -30, 'v after a spike'),
    vPeak: quantity('mV', 0, -45, 50, 'v at which a spike ends'),
  },
  state: {
    v: { unit: 'mV', start: 'EL' },
    w: { unit: 'pA', start: 0 },
  },
  currentUnit: 'pA',
  integrator: 'euler',
  equations: [
    'dv/dt = (gL*(EL - v) + gL*slope*exp((v - VT) / slope) - w + I) / C',
    'dw/dt = (a*(v - EL) - w) / tauW',
  ],
  threshold: 'v > vPeak',
  reset: ['v = vReset', 'w = w + b'],
  types: {
    'cortical-regular': kind(
      'regular spiking of the 2005 article',
      [281, 30, -70.6, -50.4, 4, 144, 80.5, -70.6],
    ),
    'cortical-bursting': kind('bursting', [281, 30, -70.6, -50.4, 4, 20, 500, -45.4]),
    'cortical-fast': kind('fast spiking', [281, 30, -70.6, -50.4, (2 * 281) / 144, 144, 0, -70.6]),
    tonic: kind('tonic spiking', [200, 10, -70, -50, 2, 30, 0, -58]),
    adapting: kind('spiking that adapts', [200, 12, -70, -50, 2, 300, 60, -58]),
    'initial-burst': kind('a burst, then single spikes', [130, 18, -58, -50, 4, 150, 120, -50]),
    'regular-bursting': kind('bursts', [200, 10, -58, -50, 2, 120, 100, -46]),
    'delayed-accelerating': kind('late, then ever faster', [200, 12, -70, -50, -10, 300, 0, -58]),
    'delayed-bursting': kind('late, then bursts', [100, 10, -65, -50, -10, 90, 30, -47]),
    transient: kind('one spike at the onset', [100, 10, -65, -50, 10, 90, 100, -47]),
    irregular: kind('chaotic spiking', [100, 12, -60, -50, -11, 130, 30, -48]),
  },
  protocols: {
    'cortical-regular': seen(
      'cortical-regular',
      'if(t >= 20, 1000, 0)',
      0.01,
      150,
      6,
      [31.73, 45.27, 61.04, 79.57, 101.39],
      {
        vPeak: -40.4,
      },
    ),
    'cortical-regular, coarse': seen(
      'cortical-regular',
      'if(t >= 20, 1000, 0)',
      0.1,
      150,
      6,
      [31.8, 45.5, 61.4, 80.1, 102.1],
      { vPeak: -40.4 },
    ),
    tonic: seen('tonic', '500', 0.01, 600, 62, [14.26]),
    'tonic, coarse': seen('tonic', '500', 0.1, 600, 60, []),
    adapting: seen('adapting', '500', 0.01, 600, 12, [14.94, 26.25, 40.67, 60.33]),
    'regular-bursting': seen('regular-bursting', '210', 0.01, 600, 11, [16.2, 19.17, 24.35, 156.13]),
    'delayed-accelerating': seen('delayed-accelerating', '300', 0.01, 600, 46, [33.61]),
    'delayed-accelerating, coarse': seen('delayed-accelerating', '300', 0.1, 600, 45, []),
    transient: seen('transient', '180', 0.01, 600, 1, [30.32]),
    irregular: seen('irregular', '160', 0.01, 60, 5, [15.68, 19.17, 23.68, 30.4]),
  },
};
