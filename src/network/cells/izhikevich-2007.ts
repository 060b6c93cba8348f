import { type CellModel, type NamedType, type Protocol, quantity } from '../model/model.js';

/** A step that is fine enough for the first spikes to be those of the equations to a few tenths of a millisecond. */
const seen = (
  type: string,
  about: string,
  current: string,
  spikes: number,
  timesMs: readonly number[],
): Protocol => ({
  about,
  type,
  integrator: 'euler',
  current,
  dtMs: 0.02,
  durationMs: 300,
  expect: {
    source: 'the equations by the Runge-Kutta method at 0.002 ms',
    spikes,
    timesMs,
    toleranceMs: 0.8,
  },
});

const never = Number.POSITIVE_INFINITY;

type Values = readonly [
  C: number,
  k: number,
  vr: number,
  vt: number,
  vPeak: number,
  a: number,
  b: number,
  c: number,
  d: number,
];

const kind = (about: string, values: Values, more: Readonly<Record<string, number>> = {}): NamedType => {
  const [C, k, vr, vt, vPeak, a, b, c, d] = values;
  return {
    about,
    parameters: { C, k, vr, vt, vPeak, a, b, c, d, vu: vr, ...more },
    start: { v: vr },
  };
};

/** The cell of Izhikevich's book, in physical units. Peak, reset and coupling may bend, as some of its cells need. */
export const izhikevich2007: CellModel = {
  name: 'izhikevich-2007',
  summary: 'the two-variable cell in pF, nS and pA, with the kinds of cells fitted in the book',
  source: 'Izhikevich 2007, Dynamical Systems in Neuroscience (MIT Press), chapter 8',
  parameters: {
    C: quantity('pF', 100, 1, 1000, 'capacitance'),
    k: quantity('nS/mV', 0.7, 0.05, 5, 'how v’ curves'),
    vr: quantity('mV', -60, -90, -40, 'resting potential'),
    vt: quantity('mV', -40, -65, -20, 'threshold of the instant'),
    vPeak: quantity('mV', 35, -10, 60, 'v at which a spike ends'),
    a: quantity('1/ms', 0.03, 0.001, 1, 'rate of recovery'),
    b: quantity('nS', -2, -20, 20, 'coupling of recovery to v'),
    c: quantity('mV', -50, -80, -30, 'v after a spike'),
    d: quantity('pA', 100, -200, 500, 'what a spike adds to u'),
    vu: quantity('mV', -60, -90, -40, 'v about which u is coupled to it'),
    vBend: quantity('mV', never, -90, never, 'v above which `bAbove` is in place of b'),
    bAbove: quantity('nS', 0, -20, 20, 'coupling above `vBend`'),
    cubic: quantity('pA/mV3', 0, 0, 0.1, 'coupling of recovery to the cube of v above `vu`'),
    peakSlope: quantity('mV/pA', 0, -0.5, 0.5, 'how the peak moves with u'),
    resetSlope: quantity('mV/pA', 0, -0.5, 0.5, 'how the reset moves with u'),
    uMax: quantity('pA', never, 0, never, 'highest u after a spike'),
  },
  state: {
    v: { unit: 'mV', start: 'vr' },
    u: { unit: 'pA', start: 0 },
  },
  currentUnit: 'pA',
  integrator: 'exponential-euler',
  equations: [
    'dv/dt = (k*(v - vr)*(v - vt) - u + I) / C',
    'du/dt = a*(if(v > vBend, bAbove, b)*(v - vu) + cubic*max(v - vu, 0)^3 - u)',
  ],
  threshold: 'v >= vPeak + peakSlope*u',
  reset: ['v = c + resetSlope*u', 'u = min(u + d, uMax)'],
  types: {
    RS: kind('regular spiking', [100, 0.7, -60, -40, 35, 0.03, -2, -50, 100]),
    IB: kind('intrinsically bursting', [150, 1.2, -75, -45, 50, 0.01, 5, -56, 130]),
    CH: kind('chattering', [50, 1.5, -60, -40, 25, 0.03, 1, -40, 150]),
    LTS: kind('low-threshold spiking', [100, 1, -56, -42, 40, 0.03, 8, -53, 20], {
      peakSlope: -0.1,
      resetSlope: 0.04,
      uMax: 670,
    }),
    FS: kind('fast spiking', [20, 1, -55, -40, 25, 0.2, 0, -45, 0], { cubic: 0.025 }),
    TC: kind('thalamo-cortical', [200, 1.6, -60, -50, 35, 0.01, 15, -60, 10], {
      vu: -65,
      vBend: -65,
      bAbove: 0,
      peakSlope: 0.1,
      resetSlope: -0.1,
    }),
    RTN: kind('reticular thalamic', [40, 0.25, -65, -45, 0, 0.015, 10, -55, 50], { vBend: -65, bAbove: 2 }),
  },
  protocols: {
    regular: seen('RS', 'fires regularly', 'if(t >= 10, 100, 0)', 4, [58.43, 131.84, 207.98]),
    'bursts first': seen(
      'IB',
      'two spikes close together, then single ones',
      'if(t >= 10, 500, 0)',
      4,
      [30.77, 46.91, 129.46, 224.81],
    ),
    chattering: seen('CH', 'bursts', 'if(t >= 10, 200, 0)', 6, [24.9, 29.17, 118.24, 123.4, 214.4, 219.56]),
    'low threshold': seen('LTS', 'fires and adapts', 'if(t >= 10, 200, 0)', 9, [26.45, 46.19, 73.31]),
    fast: seen('FS', 'fires fast', 'if(t >= 10, 200, 0)', 24, [13.4, 24.98, 37.28]),
    relay: seen('TC', 'single spikes from rest', 'if(t >= 10, 200, 0)', 10, [34.05, 59.02, 85.59]),
    'relay rebound': seen(
      'TC',
      'a burst when inhibition ends',
      'if(t < 100, -1200, 0)',
      3,
      [146.11, 163.43, 194.29],
    ),
    reticular: seen('RTN', 'two spikes, then single ones', 'if(t >= 10, 100, 0)', 5, [26.82, 52.54, 122.92]),
    'reticular rebound': seen(
      'RTN',
      'fires when inhibition ends',
      'if(t < 100, -350, 0)',
      2,
      [114.91, 130.99],
    ),
  },
};
