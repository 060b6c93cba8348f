import { describe, expect, it } from 'vitest';
import type { CellModel, PortModel } from '../../src/network/model/model.js';
import type { Network, Population, Projection, ShortTerm } from '../../src/network/model/network.js';
import { exponentialHeld } from '../../src/network/synapses/exponential.js';
import { pulse } from '../../src/network/synapses/pulse.js';
import { synapseModels } from '../../src/network/synapses/table.js';
import { clock, engines, oneSynapse, probe, record } from './ports.js';
import { checkModelUnits } from './units.js';

const alpha = (t: number) => (t / 2) * Math.exp(1 - t / 2);
const difference = (rise: number, decay: number) => {
  const at = ((rise * decay) / (decay - rise)) * Math.log(decay / rise);
  const raw = (t: number) => Math.exp(-t / decay) - Math.exp(-t / rise);
  return (t: number) => raw(t) / raw(at);
};
const [near, far] = [Math.sqrt(5 - 2 * Math.sqrt(10 / 7)) / 3, Math.sqrt(5 + 2 * Math.sqrt(10 / 7)) / 3];
const [ofNear, ofFar] = [(322 + 13 * Math.sqrt(70)) / 900, (322 - 13 * Math.sqrt(70)) / 900];
/** The mean over the step that begins at t, by Gauss's rule of five points. */
const meanOf =
  (f: (t: number) => number, step = 0.1) =>
  (t: number) => {
    const pair = (x: number) => f(t + ((1 - x) / 2) * step) + f(t + ((1 + x) / 2) * step);
    return (ofNear * pair(near) + ofFar * pair(far) + (128 / 225) * f(t + step / 2)) / 2;
  };
const unblocked = (v: number) => 1 / (1 + Math.exp(-0.062 * v) / 3.57);

/** The current that one spike of weight 1 makes in a cell at -60 mV, over the time since it arrived; from v = -20 for
 * synapses that are sent to at every step, with s = 0.3. Through a step the cell gets the mean over that step. */
const expected: Record<Exclude<keyof typeof synapseModels, 'delta'>, (t: number) => number> = {
  pulse: (t) => (t < 0.05 ? 1 : 0),
  exponential: meanOf((t) => Math.exp(-t / 5)),
  'exponential-held': (t) => Math.exp(-t / 5),
  alpha: meanOf(alpha),
  'double-exponential': meanOf(difference(0.5, 5)),
  'exponential-conductance': meanOf((t) => 60 * Math.exp(-t / 5)),
  'exponential-conductance-held': (t) => 60 * Math.exp(-t / 5),
  'alpha-conductance': meanOf((t) => 60 * alpha(t)),
  'double-exponential-conductance': meanOf((t) => 60 * difference(0.5, 5)(t)),
  // The area under 1/15 (e^(-t/20) - e^(-t/5)) is 1; its value is that at the end of the step.
  epsp: (t) => (20 / 15) * (Math.exp(-(t + 0.1) / 20) - Math.exp(-(t + 0.1) / 5)),
  nmda: meanOf((t) => 60 * difference(2, 100)(t) * unblocked(-60)),
  'gap-junction': () => -20 + 60,
  graded: () => 60 * 0.3,
  'graded-sigmoid': () => 60 / (1 + Math.exp(-(-20 + 35) / 5)),
  rate: () => 0.3,
};

const partner: Population = {
  name: 'partners',
  count: 1,
  model: probe,
  parameters: {},
  start: { v: -20 },
  ports: {},
};

const steps = 600;
const dtMs = 0.1;
/** The step in which the clock fires is the eleventh; its synapse acts from the next on. */
const first = 11;

describe.each(
  Object.entries(synapseModels) as [keyof typeof synapseModels, PortModel][],
)('%s', (name, model) => {
  it('is listed by its name, with consistent units', () => {
    expect(model.name).toBe(name);
    checkModelUnits(model, { v: 'mV', s: '1', weightSum: model.weightUnit! });
  });

  if (name === 'delta') {
    it.each(engines)('raises v by the weight of each spike (%s)', (engine) => {
      const network = oneSynapse(model, { timesMs: [1, 2], dtMs, weight: 2.5 });
      const v = record(network, 30, engine, 'v');
      expect(v.slice(9, 12)).toEqual([-60, -57.5, -57.5]);
      expect(v.at(-1)).toBe(-55);
    });
    return;
  }

  it.each(engines)('gives the current of its closed form (%s)', (engine) => {
    const network = oneSynapse(model, { timesMs: [1], dtMs, ...(model.sends ? { from: partner } : {}) });
    const found = record(network, steps, engine);
    const scale = Math.max(...found.map(Math.abs));
    const tolerance = (engine === 'f32' ? 1e-5 : 1e-12) * scale;
    for (let step = 0; step < steps; step++) {
      const value = !model.sends && step < first ? 0 : expected[name]((step - first) * dtMs);
      expect(Math.abs(found[step]! - value), `step ${step}`).toBeLessThanOrEqual(tolerance);
    }
  });

  it('is the same to the bit in both engines, spikes upon spikes, with other parameters', () => {
    const shifted = Object.entries(model.parameters).map(
      ([parameter, { default: value, low }]): [string, number] => [
        parameter,
        value * 1.25 - (value === 0 && low < 0 ? 70 : 0),
      ],
    );
    const network = oneSynapse(model, {
      timesMs: [1, 1.5, 1.6, 4, 20],
      dtMs,
      weight: -0.37,
      parameters: Object.fromEntries(shifted),
      v: -47,
      ...(model.sends ? { from: partner } : {}),
    });
    const reference = record(network, steps, 'reference');
    expect(record(network, steps, 'f64')).toEqual(reference);
    expect(Math.min(...reference.map(Math.abs).filter((size) => size > 0))).toBeGreaterThan(0);
  });
});

describe('nmda', () => {
  it('opens as the cell is depolarised: at 1 mM half open near -20 mV, without magnesium fully', () => {
    const at = (v: number, magnesium: number) =>
      Math.max(
        ...record(
          oneSynapse(synapseModels.nmda, { timesMs: [0], dtMs: 1, v, parameters: { magnesium, E: v + 1 } }),
          40,
          'f64',
        ),
      );
    expect(at(-20, 0)).toBeCloseTo(1, 2);
    // 3.57 exp(0.062 v) = 1 where v = -ln(3.57) / 0.062.
    expect(at(-Math.log(3.57) / 0.062, 1)).toBeCloseTo(0.5, 2);
    expect(at(-80, 1)).toBeLessThan(0.03);
  });
});

describe('epsp', () => {
  const cell: CellModel = {
    ...clock([15], 1),
    state: { received: { unit: 'nA', start: 0 } },
    currentUnit: 'nA',
    update: ['received = I'],
  };
  const network = (acts: Projection['acts'], timesMs: readonly number[], shunt: number): Network => {
    const base = oneSynapse(synapseModels.epsp, { timesMs, dtMs: 1, parameters: { shunt } });
    const [from, to] = base.populations;
    return {
      ...base,
      populations: [from!, { ...to!, model: cell, start: {} }],
      projections: base.projections.map((projection) => ({ ...projection, acts })),
    };
  };
  /** The potential at the end of a step, s ms after the step of the spike. */
  const potential = (s: number) => (s < 0 ? 0 : (20 / 15) * (Math.exp(-s / 20) - Math.exp(-s / 5)));

  it.each(engines)('is cut off where the cell fires, with what arrives then or without it (%s)', (engine) => {
    for (const acts of ['beforeReset', 'afterReset'] as const) {
      const found = record(network(acts, [4, 9, 15, 16, 21], 0), 60, engine);
      found.forEach((value, step) => {
        const spikes = step <= 15 ? [4, 9] : acts === 'afterReset' ? [15, 16, 21] : [16, 21];
        const expected = spikes.reduce((sum, at) => sum + potential(step - at), 0);
        expect(Math.abs(value - expected), `${acts} ${step}`).toBeLessThanOrEqual(
          engine === 'f32' ? 1e-6 : 1e-14,
        );
      });
    }
  });

  it.each(engines)('loses what arrives for a while after the spike, where it is shunted (%s)', (engine) => {
    for (const acts of ['beforeReset', 'afterReset'] as const) {
      const found = record(network(acts, [4, 15, 16, 17, 18, 21], 2), 60, engine);
      found.forEach((value, step) => {
        // The cell fires in step 15; steps 16 and 17 are lost with it.
        const spikes = step <= 15 ? [4] : [18, 21];
        const expected = spikes.reduce((sum, at) => sum + potential(step - at), 0);
        expect(Math.abs(value - expected), `${acts} ${step}`).toBeLessThanOrEqual(
          engine === 'f32' ? 1e-6 : 1e-14,
        );
      });
    }
  });
});

describe('short-term plasticity', () => {
  /** Shares of the weight that spikes at these times transmit: Tsodyks, Pawelzik and Markram's recursion. */
  function shares(
    timesMs: readonly number[],
    { use, tauRecoveryMs, tauFacilitationMs }: ShortTerm,
  ): number[] {
    let [x, u] = [1, use];
    return timesMs.map((time, i) => {
      if (i > 0) {
        const gap = time - timesMs[i - 1]!;
        x = 1 + (x - x * u - 1) * Math.exp(-gap / tauRecoveryMs);
        u = tauFacilitationMs > 0 ? use + u * (1 - use) * Math.exp(-gap / tauFacilitationMs) : use;
      }
      return x * u;
    });
  }

  const sets: [string, ShortTerm, number, number][] = [
    ['depressing', { use: 0.5, tauRecoveryMs: 800, tauFacilitationMs: 0 }, 250, 3],
    ['facilitating', { use: 0.03, tauRecoveryMs: 130, tauFacilitationMs: 530 }, 1540, 1.5],
    ['both', { use: 0.3, tauRecoveryMs: 200, tauFacilitationMs: 300 }, 100, 3],
  ];
  const regular = Array.from({ length: 20 }, (_, i) => 10 + 50 * i);
  const irregular = [3, 4, 9, 50, 51, 52, 300, 900];

  it.each(sets)('%s: transmits the shares of the recursion, in every engine', (_, shortTerm, weight) => {
    for (const times of [regular, irregular]) {
      const expectedShares = shares(times, shortTerm);
      for (const engine of engines) {
        const found = record(oneSynapse(pulse, { timesMs: times, dtMs: 1, weight, shortTerm }), 1100, engine);
        const tolerance = weight * (engine === 'f32' ? 1e-5 : 1e-13);
        times.forEach((time, i) => {
          expect(Math.abs(found[time + 1]! - weight * expectedShares[i]!)).toBeLessThanOrEqual(tolerance);
        });
        expect(found.filter((value) => value !== 0)).toHaveLength(times.length);
      }
    }
  });

  it('20 Hz: the depressing set falls to its stationary share, the facilitating one rises', () => {
    const [, depressing, size, tau] = sets[0]!;
    const parameters = { tau };
    const network = oneSynapse(exponentialHeld, {
      timesMs: regular,
      dtMs: 1,
      weight: size,
      shortTerm: depressing,
      parameters,
    });
    const current = record(network, 1100, 'f64');
    expect(current[11]).toBeCloseTo(125, 10);
    // x = (1 - e) / (1 - (1 - U) e) with e = exp(-50 / 800).
    const e = Math.exp(-50 / 800);
    expect(current[10 + 50 * 19 + 1]! / 250).toBeCloseTo((0.5 * (1 - e)) / (1 - 0.5 * e), 5);
    const [, facilitating] = sets[1]!;
    const rising = shares(regular, facilitating);
    expect(rising[0]).toBe(0.03);
    expect(rising[6]! / rising[0]!).toBeGreaterThan(4);
  });
});
