import { type CellModel, quantity } from '../model/model.js';

/**
 * A leaky soma that fires and a dendrite whose spikes are events: where the dendrite passes its threshold, sodium flows
 * for a while and then potassium. No gates are integrated.
 */
export const twoCompartment: CellModel = {
  name: 'two-compartment',
  summary: 'a soma that integrates and fires, and a dendrite with spikes of its own as events',
  source: 'Pagkalos, Chavlis and Poirazi 2023 (Dendrify), doi:10.1038/s41467-022-35747-8',
  parameters: {
    C: quantity('pF', 200, 10, 1000, 'capacitance of the soma'),
    gL: quantity('nS', 10, 0.1, 100, 'leak conductance of the soma'),
    CD: quantity('pF', 50, 1, 1000, 'capacitance of the dendrite'),
    gLD: quantity('nS', 2.5, 0.1, 100, 'leak conductance of the dendrite'),
    gC: quantity('nS', 15, 0, 100, 'coupling of the two'),
    EL: quantity('mV', -65, -90, -40, 'resting potential'),
    ENa: quantity('mV', 70, 30, 90, 'reversal of sodium'),
    EK: quantity('mV', -89, -100, -70, 'reversal of potassium'),
    vThreshold: quantity('mV', -40, -60, -20, 'potential at which the soma fires'),
    vReset: quantity('mV', -55, -80, -40, 'potential of the soma after a spike'),
    vDendrite: quantity('mV', -35, -60, 0, 'potential at which the dendrite spikes'),
    gRise: quantity('nS', 3.7, 0, 100, 'sodium conductance of a dendritic spike'),
    gFall: quantity('nS', 2.4, 0, 100, 'potassium conductance of a dendritic spike'),
    tRise: quantity('ms', 1.2, 0.1, 10, 'how long sodium flows'),
    tDelay: quantity('ms', 0.2, 0, 10, 'when potassium begins to flow'),
    tFall: quantity('ms', 2.4, 0.1, 10, 'how long potassium flows'),
    tRefractory: quantity('ms', 5, 0, 50, 'from one dendritic spike to the next, at least'),
    inSoma: quantity('1', 0, 0, 1, 'share of I that enters the soma'),
  },
  state: {
    v: { unit: 'mV', start: 'EL', about: 'soma' },
    vD: { unit: 'mV', start: 'EL', about: 'dendrite' },
    age: { unit: 'ms', start: 1000, about: 'time since the last dendritic spike' },
  },
  currentUnit: 'pA',
  integrator: 'euler',
  equations: [
    'gNa = if(age < tRise, gRise, 0)',
    'gK = if(age >= tDelay and age < tDelay + tFall, gFall, 0)',
    'dv/dt = (gL*(EL - v) + gC*(vD - v) + inSoma*I) / C',
    'dvD/dt = (gLD*(EL - vD) + gC*(v - vD) + gNa*(ENa - vD) + gK*(EK - vD) + (1 - inSoma)*I) / CD',
  ],
  update: ['age = if(vD > vDendrite and age >= tRefractory, 0, age + dt)'],
  threshold: 'v >= vThreshold',
  reset: ['v = vReset'],
  protocols: {
    passive: {
      about: 'below all thresholds: 100 pA over 2.5 nS, and 15 nS in series with 10 nS',
      current: '100',
      dtMs: 0.1,
      durationMs: 500,
      expect: { source: 'Ohm', spikes: 0, ends: { vD: -65 + 100 / 8.5, v: -65 + (0.6 * 100) / 8.5 } },
    },
    'passive soma': {
      about: 'the same current at the soma: 10 nS, and 15 nS in series with 2.5 nS',
      parameters: { inSoma: 1 },
      current: '100',
      dtMs: 0.1,
      durationMs: 500,
      expect: {
        source: 'Ohm',
        spikes: 0,
        ends: { v: -65 + 100 / (10 + 37.5 / 17.5), vD: -65 + ((15 / 17.5) * 100) / (10 + 37.5 / 17.5) },
      },
    },
    'dendritic spikes': {
      about: 'dendritic spikes make the soma fire',
      current: '600',
      dtMs: 0.01,
      durationMs: 100,
      expect: {
        source: 'the equations at 0.001 ms',
        spikes: 8,
        timesMs: [20.26, 31.12, 41.98],
        toleranceMs: 0.15,
      },
    },
  },
};
