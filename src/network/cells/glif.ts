import { type CellModel, quantity } from '../model/model.js';
import { wholeStepsText } from '../model/terms.js';

const membrane = { C: 95.718 };
const cut = { tCut: 6.05 };
const resets = { fV: 0.5001739, dV: 4.21607 };
const afterSpike = { R: 200.025, dI1: -6.0343, k1: 1 / 333.333, dI2: -225.8429, k2: 0.1 };
const spikeThreshold = { dThetaS: 3.34328, bS: 0.32534548 };
const voltageThreshold = { aV: 0.007920093, bV: 0.039574114 };

const level = (about: string, thetaInfinity: number, ...parts: Readonly<Record<string, number>>[]) => ({
  about,
  parameters: Object.assign({ ...membrane, ...cut, R: 213.396, thetaInfinity }, ...parts) as Record<
    string,
    number
  >,
});

const fitted = 'Allen Cell Types Database, specimen 313861677; spike times of the Allen SDK’s simulator';

/** How long a spike lasts in whole steps, as which it is held: what decays in it decays as long. */
const cutTime = `dt*${wholeStepsText('tCut')}`;

const step = (type: string, about: string, spikes: number, timesMs: readonly number[]) => ({
  about,
  type,
  current: 'if(t >= 100 and t < 1100, 200, 0)',
  dtMs: 0.05,
  durationMs: 1200,
  expect: { source: fitted, spikes, timesMs, timed: 'start' as const },
});

/**
 * The generalised leaky integrate-and-fire cells of Teeter et al. (2018), as one model: level 1 has neither reset rule,
 * after-spike currents nor moving threshold, 2 a reset rule and a threshold that spikes raise, 3 after-spike currents,
 * 4 all of these, 5 also a threshold that follows v. v counts from the resting potential. The membrane is stepped by
 * Euler's method, all else exactly, as in the simulator that the published fits were made with.
 */
export const glif: CellModel = {
  name: 'glif',
  summary:
    'GLIF 1 to 5: leaky integrate-and-fire with fitted reset, after-spike currents and moving threshold',
  source: 'Teeter et al. 2018, doi:10.1038/s41467-017-02717-4',
  parameters: {
    C: quantity('pF', 100, 10, 500, 'capacitance'),
    R: quantity('MOhm', 200, 20, 1000, 'membrane resistance'),
    thetaInfinity: quantity('mV', 30, 5, 80, 'threshold above rest, after long silence'),
    tCut: quantity('ms', 4, 0, 20, 'how long a spike lasts: all states are held'),
    fV: quantity('1', 0, 0, 1.5, 'share of v that is left after a spike'),
    dV: quantity('mV', 0, -30, 30, 'what is added to that'),
    dThetaS: quantity('mV', 0, 0, 20, 'what a spike adds to the threshold'),
    bS: quantity('1/ms', 0.1, 0.001, 2, 'decay of that'),
    dI1: quantity('pA', 0, -500, 500, 'what a spike adds to the first after-spike current'),
    k1: quantity('1/ms', 0.01, 0.001, 1, 'decay of the first after-spike current'),
    dI2: quantity('pA', 0, -500, 500, 'what a spike adds to the second'),
    k2: quantity('1/ms', 0.1, 0.001, 1, 'decay of the second'),
    aV: quantity('1/ms', 0, 0, 0.1, 'how the threshold follows v'),
    bV: quantity('1/ms', 0.1, 0.001, 2, 'decay of that'),
  },
  state: {
    v: { unit: 'mV', start: 0, about: 'above rest' },
    i1: { unit: 'pA', start: 0 },
    i2: { unit: 'pA', start: 0 },
    thetaS: { unit: 'mV', start: 0 },
    thetaV: { unit: 'mV', start: 0 },
  },
  currentUnit: 'pA',
  update: [
    'x = I + i1 + i2',
    'leak = 1e3[pF MOhm/ms]/(R*C)',
    'far = 1e-3[mV/(pA MOhm)]*R*x',
    'thetaV = exp(-bV*dt)*(thetaV + aV*dt*(v - far)*exprel((bV - leak)*dt)) + aV*dt*far*exprel(-bV*dt)',
    'thetaS = thetaS*exp(-bS*dt)',
    'v = v + (x/C - leak*v)*dt',
    'i1 = i1*exp(-k1*dt)',
    'i2 = i2*exp(-k2*dt)',
  ],
  threshold: 'v > thetaInfinity + thetaS + thetaV',
  reset: [
    'v = fV*v + dV',
    `i1 = dI1 + i1*exp(-k1*${cutTime})`,
    `i2 = dI2 + i2*exp(-k2*${cutTime})`,
    `thetaS = thetaS*exp(-bS*${cutTime}) + dThetaS`,
  ],
  refractory: { ms: 'tCut', holds: ['v', 'i1', 'i2', 'thetaS', 'thetaV'] },
  types: {
    'level-1': level('a leaky integrator', 31.1372),
    'level-2': level('with a reset rule and a threshold raised by spikes', 32.0215, resets, spikeThreshold),
    'level-3': level('with after-spike currents', 26.1231, afterSpike),
    'level-4': level('with all of these', 26.3007, afterSpike, resets, spikeThreshold),
    'level-5': level(
      'with a threshold that follows v',
      21.6825,
      afterSpike,
      resets,
      spikeThreshold,
      voltageThreshold,
    ),
  },
  protocols: {
    'level-1': step('level-1', 'regular', 30, [126.65, 159.4, 192.15, 224.9]),
    'level-2': step('level-2', 'regular, without a long first interval', 46, [128.3, 149.6, 170.9, 192.2]),
    'level-3': step('level-3', 'slows down', 20, [120.2, 161.2, 203.8, 247.8, 293.05]),
    'level-4': step('level-4', 'slows down', 22, [120.45, 156.1, 193.75, 232.85]),
    'level-5': step('level-5', 'slows down', 23, [116.4, 149.6, 185.5, 223, 261.9]),
  },
};
