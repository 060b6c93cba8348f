import { type CellModel, type NamedType, type Protocol, quantity } from '../model/model.js';

const source = 'Izhikevich 2004, doi:10.1109/TNN.2004.832719, Figure 1; times of its script';

/** A kind of cell of the 2003 article. */
const kind = (about: string, a: number, b: number, c: number, d: number): NamedType => ({
  about,
  parameters: { a, b, c, d },
});

/** A pattern of the 2004 article: its cell, and the experiment that shows it. */
interface Pattern {
  about: string;
  cell: readonly [a: number, b: number, c: number, d: number];
  v: number;
  u?: number;
  more?: Readonly<Record<string, number>>;
  dtMs: number;
  durationMs: number;
  current: string;
  spikes: number;
  timesMs: readonly number[];
}

/** Coefficients of v in which the cell has no resonance. */
const integrating = { linear: 4.1, constant: 108 };

const patterns: Readonly<Record<string, Pattern>> = {
  'tonic-spiking': {
    about: 'fires regularly while the input lasts',
    cell: [0.02, 0.2, -65, 6],
    v: -70,
    dtMs: 0.25,
    durationMs: 100,
    current: 'if(t > 10, 14, 0)',
    spikes: 5,
    timesMs: [13, 17, 31.5, 59.25, 86.75],
  },
  'phasic-spiking': {
    about: 'fires once, at the onset of the input',
    cell: [0.02, 0.25, -65, 6],
    v: -64,
    dtMs: 0.25,
    durationMs: 200,
    current: 'if(t > 20, 0.5, 0)',
    spikes: 1,
    timesMs: [43.75],
  },
  'tonic-bursting': {
    about: 'bursts while the input lasts',
    cell: [0.02, 0.2, -50, 2],
    v: -70,
    dtMs: 0.25,
    durationMs: 220,
    current: 'if(t > 22, 15, 0)',
    spikes: 28,
    timesMs: [25, 26.5, 28.25, 30],
  },
  'phasic-bursting': {
    about: 'bursts once, at the onset of the input',
    cell: [0.02, 0.25, -55, 0.05],
    v: -64,
    dtMs: 0.2,
    durationMs: 200,
    current: 'if(t > 20, 0.6, 0)',
    spikes: 6,
    timesMs: [39],
  },
  'mixed-mode': {
    about: 'a burst at the onset, then single spikes',
    cell: [0.02, 0.2, -55, 4],
    v: -70,
    dtMs: 0.25,
    durationMs: 160,
    current: 'if(t > 16, 10, 0)',
    spikes: 6,
    timesMs: [20, 22.75, 27.25, 67, 99.25, 131.5],
  },
  'spike-frequency-adaptation': {
    about: 'fires ever more slowly',
    cell: [0.01, 0.2, -65, 8],
    v: -70,
    dtMs: 0.25,
    durationMs: 85,
    current: 'if(t > 8.5, 30, 0)',
    spikes: 6,
    timesMs: [10.25],
  },
  'class-1': {
    about: 'the rate grows from 0 with the input',
    cell: [0.02, -0.1, -55, 6],
    v: -60,
    more: integrating,
    dtMs: 0.25,
    durationMs: 300,
    current: 'if(t > 30, 0.075*(t - 30), 0)',
    spikes: 10,
    timesMs: [84.5],
  },
  'class-2': {
    about: 'fires at a high rate, or not at all',
    cell: [0.2, 0.26, -65, 0],
    v: -64,
    dtMs: 0.25,
    durationMs: 300,
    current: 'if(t > 30, -0.5 + 0.015*(t - 30), -0.5)',
    spikes: 14,
    timesMs: [105.75],
  },
  'spike-latency': {
    about: 'a short input is answered late',
    cell: [0.02, 0.2, -65, 6],
    v: -70,
    dtMs: 0.2,
    durationMs: 100,
    current: 'if(t > 10 and t < 13, 7.04, 0)',
    spikes: 1,
    timesMs: [26.6],
  },
  'subthreshold-oscillations': {
    about: 'rings after a spike',
    cell: [0.05, 0.26, -60, 0],
    v: -62,
    dtMs: 0.25,
    durationMs: 200,
    current: 'if(t > 20 and t < 25, 2, 0)',
    spikes: 1,
    timesMs: [26.5],
  },
  resonator: {
    about: 'answers pulses in its own rhythm only',
    cell: [0.1, 0.26, -60, -1],
    v: -62,
    dtMs: 0.25,
    durationMs: 400,
    current:
      'if(t > 40 and t < 44 or t > 60 and t < 64 or t > 280 and t < 284 or t > 320 and t < 324, 0.65, 0)',
    spikes: 1,
    timesMs: [338],
  },
  integrator: {
    about: 'answers pulses that come close together',
    cell: [0.02, -0.1, -55, 6],
    v: -60,
    more: integrating,
    dtMs: 0.25,
    durationMs: 100,
    current:
      'if(t > 100/11 and t < 100/11 + 2 or t > 100/11 + 5 and t < 100/11 + 7 or t > 70 and t < 72 or t > 80 and t < 82, 9, 0)',
    spikes: 1,
    timesMs: [20],
  },
  'rebound-spike': {
    about: 'fires when inhibition ends',
    cell: [0.03, 0.25, -60, 4],
    v: -64,
    dtMs: 0.2,
    durationMs: 200,
    current: 'if(t > 20 and t < 25, -15, 0)',
    spikes: 1,
    timesMs: [68],
  },
  'rebound-burst': {
    about: 'bursts when inhibition ends',
    cell: [0.03, 0.25, -52, 0],
    v: -64,
    dtMs: 0.2,
    durationMs: 200,
    current: 'if(t > 20 and t < 25, -15, 0)',
    spikes: 7,
    timesMs: [68],
  },
  'threshold-variability': {
    about: 'an input too weak by itself is answered after inhibition',
    cell: [0.03, 0.25, -60, 4],
    v: -64,
    dtMs: 0.25,
    durationMs: 100,
    current: 'if(t > 10 and t < 15 or t > 80 and t < 85, 1, if(t > 70 and t < 75, -6, 0))',
    spikes: 1,
    timesMs: [93.25],
  },
  bistability: {
    about: 'one pulse starts the firing, another ends it',
    cell: [0.1, 0.26, -60, 0],
    v: -61,
    dtMs: 0.25,
    durationMs: 300,
    current: 'if(t > 37.5 and t < 42.5 or t > 216 and t < 221, 1.24, 0.24)',
    spikes: 5,
    timesMs: [45.25],
  },
  'depolarizing-after-potential': {
    about: 'stays above rest after a spike',
    cell: [1, 0.2, -60, -21],
    v: -70,
    dtMs: 0.1,
    durationMs: 50,
    current: 'if(abs(t - 10) < 1, 20, 0)',
    spikes: 1,
    timesMs: [11.3],
  },
  accommodation: {
    about: 'answers a steep ramp and no slow one',
    cell: [0.02, 1, -55, 4],
    v: -65,
    u: -16,
    more: { vRecovery: -65, decay: 0 },
    dtMs: 0.5,
    durationMs: 400,
    current: 'if(t < 200, t/25, if(t < 300, 0, if(t < 312.5, (t - 300)/12.5*4, 0)))',
    spikes: 1,
    timesMs: [311.5],
  },
  'inhibition-induced-spiking': {
    about: 'fires while it is inhibited',
    cell: [-0.02, -1, -60, 8],
    v: -63.8,
    dtMs: 0.5,
    durationMs: 350,
    current: 'if(t < 50 or t > 250, 80, 75)',
    spikes: 3,
    timesMs: [94.5, 166, 236],
  },
  'inhibition-induced-bursting': {
    about: 'bursts while it is inhibited',
    cell: [-0.026, -1, -45, -2],
    v: -63.8,
    dtMs: 0.5,
    durationMs: 350,
    current: 'if(t < 50 or t > 250, 80, 75)',
    spikes: 12,
    timesMs: [86.5],
  },
};

const typeOfPattern = ({ about, cell: [a, b, c, d], v, u, more }: Pattern): NamedType => ({
  about,
  parameters: { a, b, c, d, ...more },
  start: { v, u: u ?? b * v },
});

const protocolOfPattern = (type: string, pattern: Pattern): Protocol => ({
  about: pattern.about,
  type,
  integrator: 'euler-sequential',
  current: pattern.current,
  dtMs: pattern.dtMs,
  durationMs: pattern.durationMs,
  expect: { source, spikes: pattern.spikes, timesMs: pattern.timesMs, timed: 'start' },
});

/**
 * The two-variable spiking cell of Izhikevich (2003). Its protocols step as the scripts of the 2004 figure do. Those end a
 * spike above 30 mV, the author's network script from 30 mV on: no number of either comes to lie on 30 mV.
 */
export const izhikevich: CellModel = {
  name: 'izhikevich',
  summary: 'two variables, twenty firing patterns: v with a quadratic spike, u that recovers',
  source: 'Izhikevich 2003, doi:10.1109/TNN.2003.820440; Izhikevich 2004, doi:10.1109/TNN.2004.832719',
  parameters: {
    a: quantity('1/ms', 0.02, -0.05, 1, 'rate of recovery'),
    b: quantity('1/ms', 0.2, -1, 1, 'coupling of recovery to v'),
    c: quantity('mV', -65, -80, -45, 'v after a spike'),
    d: quantity('mV/ms', 8, -25, 15, 'what a spike adds to u'),
    vPeak: quantity('mV', 30, 20, 40, 'v at which a spike ends'),
    linear: quantity('1/ms', 5, 4, 6, 'slope of v’ at v = 0'),
    constant: quantity('mV/ms', 140, 100, 180, 'v’ at v = 0'),
    vRecovery: quantity('mV', 0, -80, 0, 'v about which u is coupled to it'),
    decay: quantity('1', 1, 0, 1, 'share of u that recovers by itself'),
  },
  state: {
    v: { unit: 'mV', start: -65 },
    u: { unit: 'mV/ms', start: 'b * -65[mV]' },
  },
  currentUnit: 'mV/ms',
  integrator: 'exponential-euler',
  equations: [
    'dv/dt = 0.04[1/(mV ms)]*v^2 + linear*v + constant - u + I',
    'du/dt = a*(b*(v - vRecovery) - decay*u)',
  ],
  threshold: 'v >= vPeak',
  reset: ['v = c', 'u = u + d'],
  types: {
    RS: kind('regular spiking', 0.02, 0.2, -65, 8),
    IB: kind('intrinsically bursting', 0.02, 0.2, -55, 4),
    CH: kind('chattering', 0.02, 0.2, -50, 2),
    FS: kind('fast spiking', 0.1, 0.2, -65, 2),
    TC: kind('thalamo-cortical', 0.02, 0.25, -65, 0.05),
    RZ: kind('resonator', 0.1, 0.26, -65, 2),
    LTS: kind('low-threshold spiking', 0.02, 0.25, -65, 2),
    ...Object.fromEntries(Object.entries(patterns).map(([name, pattern]) => [name, typeOfPattern(pattern)])),
  },
  protocols: Object.fromEntries(
    Object.entries(patterns).map(([name, pattern]) => [name, protocolOfPattern(name, pattern)]),
  ),
};

/** The same cell, stepped as the author's network script does. Steps of 1 ms fire under strong inhibition. */
export const izhikevichOfTheScript: CellModel = { ...izhikevich, integrator: 'izhikevich-half-steps' };
