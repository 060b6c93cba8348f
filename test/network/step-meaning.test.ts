import { describe, expect, it } from 'vitest';
import { nearWholeSteps, wholeSteps } from '../../src/math/steps.js';
import { leakyIntegrateAndFire } from '../../src/network/cells/leaky-integrate-and-fire.js';
import { spikeTrain } from '../../src/network/cells/spike-train.js';
import type { Network, Population, Projection } from '../../src/network/model/network.js';
import { plasticityRules } from '../../src/network/plasticity/table.js';
import { synapseModels } from '../../src/network/synapses/table.js';
import { pairOf } from '../kernel/one-synapse.js';
import { engines, oneSynapse, record, simulatorOf } from './ports.js';

const none = new Float64Array(0);

/** One train of spikes (in steps) onto one leaky cell. */
function ontoLeaky(
  steps: readonly number[],
  options: {
    dtMs: number;
    weight: number;
    parameters: Record<string, number>;
    port: Population['ports'][string];
    acts?: Projection['acts'];
    delayMs?: number;
  },
): Network {
  const { dtMs, weight, parameters, port, acts = 'afterReset', delayMs = 0 } = options;
  return {
    dtMs,
    populations: [
      {
        ...{ name: 'train', count: 1, model: spikeTrain, parameters: {}, ports: {} },
        train: { steps: Int32Array.from(steps), cells: new Int32Array(steps.length) },
      },
      { name: 'cells', count: 1, model: leakyIntegrateAndFire, parameters, ports: { port } },
    ],
    projections: [
      {
        ...{ name: 'synapse', from: 'train', to: 'cells', port: 'port', acts, delayMs },
        rowStart: Int32Array.of(0, 1),
        post: Int32Array.of(0),
        weight: Int32Array.of(0),
      },
    ],
    ...{ modulators: {}, inputs: [], outputs: [] },
    weights: Float64Array.of(weight),
  };
}

describe('the charge of a synapse', () => {
  /** The area under the current of a spike of weight 1, by its closed form. */
  const e = Math.E;
  const peakOf = (rise: number, decay: number) => {
    const at = ((rise * decay) / (decay - rise)) * Math.log(decay / rise);
    return Math.exp(-at / decay) - Math.exp(-at / rise);
  };
  const [tauRise, tauDecay] = [0.05, 50];
  const areas = {
    exponential: 5,
    alpha: 2 * e,
    'double-exponential': (5 - 0.5) / peakOf(0.5, 5),
    // A cell at -60 mV is driven by 60 mV.
    'exponential-conductance': 60 * 5,
    'alpha-conductance': 60 * 2 * e,
    'double-exponential-conductance': (60 * (5 - 0.5)) / peakOf(0.5, 5),
  };
  it.each(Object.entries(areas))('of %s is right however long the step is', (name, area) => {
    for (const dtMs of [1, 0.5, 0.1, 0.05]) {
      for (const engine of engines) {
        const model = synapseModels[name as keyof typeof areas];
        const current = record(oneSynapse(model, { timesMs: [5], dtMs }), 200 / dtMs, engine);
        const found = current.reduce((sum, value) => sum + value * dtMs, 0);
        expect(Math.abs(found / area - 1), `${engine} at ${dtMs} ms`).toBeLessThan(
          engine === 'f32' ? 1e-4 : 1e-9,
        );
      }
    }
  });

  it('with equal time constants is that of an alpha function, and nearly so next to it', () => {
    for (const tauRise of [5, 4.999, 5.001]) {
      for (const engine of engines) {
        const network = oneSynapse(synapseModels['double-exponential'], {
          ...{ timesMs: [1], dtMs: 0.1, parameters: { tauRise, tauDecay: 5 } },
        });
        const current = record(network, 1500, engine);
        expect(Math.max(...current)).toBeCloseTo(1, 3);
        expect(current.indexOf(Math.max(...current)) * 0.1).toBeCloseTo(6, 0);
        expect(current.reduce((sum, value) => sum + value * 0.1, 0)).toBeCloseTo(5 * e, 1);
      }
    }
  });

  it("is that of a rise much shorter than the step too, and of a synapse of one's own", () => {
    const area = (tauDecay - tauRise) / peakOf(tauRise, tauDecay);
    const own = {
      ...synapseModels.exponential,
      state: { ...synapseModels.exponential.state, n: { unit: '1', start: 0 } },
      update: ['n = n + 1'],
    };
    for (const engine of engines) {
      const network = oneSynapse(synapseModels['double-exponential'], {
        ...{ timesMs: [5], dtMs: 5, parameters: { tauRise, tauDecay } },
      });
      const charge = record(network, 400, engine).reduce((sum, value) => sum + value * 5, 0);
      expect(Math.abs(charge / area - 1)).toBeLessThan(1e-4);
      const counting = record(oneSynapse(own, { timesMs: [5], dtMs: 1 }), 200, engine);
      expect(counting.reduce((sum, value) => sum + value, 0)).toBeCloseTo(5, 4);
    }
  });

  it.each(engines)('makes the potential of its closed form (%s)', (engine) => {
    const exact = (t: number) => ((40 * 0.2 * 5) / (10 - 5)) * (Math.exp(-t / 10) - Math.exp(-t / 5));
    const simulator = simulatorOf(
      ontoLeaky([49], {
        ...{ dtMs: 0.1, weight: 0.2, parameters: { tau: 10, resistance: 40, vThreshold: -30 } },
        port: { model: synapseModels.exponential, parameters: {} },
      }),
      engine,
    );
    const start = simulator.state('cells', 'v')[0]!;
    for (let step = 0; step < 600; step++) {
      simulator.run(1, [], none);
      const t = (step + 1) * 0.1 - 5;
      if (t > 0) expect(Math.abs(simulator.state('cells', 'v')[0]! - start - exact(t))).toBeLessThan(1e-4);
    }
  });
});

describe('what arrives in a refractory time', () => {
  it.each(
    engines.flatMap((engine) =>
      (['beforeReset', 'afterReset'] as const).map((acts) => [engine, acts] as const),
    ),
  )('is lost where it would move what is held (%s, %s)', (engine, acts) => {
    // A spike at 1.1 ms; 16 mV arrive at 2.0, 2.5 and, when the 5 ms are over, at 6.2 ms.
    const simulator = simulatorOf(
      ontoLeaky([9, 19, 24, 61], {
        ...{ dtMs: 0.1, weight: 16, parameters: { tRefractory: 5 }, acts },
        port: { model: synapseModels.delta, parameters: {} },
      }),
      engine,
    );
    const [rest, fired]: [number, number[]] = [simulator.state('cells', 'v')[0]!, []];
    for (let step = 0; step < 80; step++) {
      simulator.run(1, [], none);
      if ([...simulator.fired()].includes(1)) fired.push(step);
      if (step >= 10 && step <= 60) expect(simulator.state('cells', 'v')[0]).toBe(rest);
    }
    expect(fired).toEqual([10, 62]);
  });
});

describe('half a step', () => {
  it('counts as a whole one, however its quotient is rounded', () => {
    for (let steps = 0; steps < 2000; steps++) {
      for (const dtMs of [0.1, 0.05, 0.2, 0.025, 1]) {
        const half = Number(((steps + 0.5) * dtMs).toPrecision(12));
        expect(wholeSteps(half, dtMs), `${half} / ${dtMs}`).toBe(steps + 1);
        expect(wholeSteps(Number((steps * dtMs).toPrecision(12)), dtMs)).toBe(steps);
      }
    }
    expect([0.15, 0.35, 1.15, 5.55].map((ms) => wholeSteps(ms, 0.1))).toEqual([2, 4, 12, 56]);
  });

  it.each(engines)('of a delay and of a refractory time does so (%s)', (engine) => {
    for (const [ms, steps] of [
      [0.15, 2],
      [0.35, 4],
      [1.15, 12],
      [5.55, 56],
    ] as const) {
      const port = { model: synapseModels.delta, parameters: {} };
      const parameters = { tRefractory: ms };
      const delayed = simulatorOf(
        ontoLeaky([0], { dtMs: 0.1, weight: 1, parameters, port, delayMs: ms }),
        engine,
      );
      delayed.run(steps, [], none);
      const rest = delayed.state('cells', 'v')[0]!;
      delayed.run(1, [], none);
      expect(delayed.state('cells', 'v')[0]).toBe(rest + 1);
      const held = simulatorOf(ontoLeaky([0], { dtMs: 0.1, weight: 30, parameters, port }), engine);
      held.run(2, [], none);
      expect(held.state('cells', 'refractory')[0]).toBe(steps);
    }
  });
});

describe('an interval of a rule', () => {
  const abcd = (every: number) => ({ ...pairOf(plasticityRules.abcd, { every }, [1], [2], 0.5), dtMs: 1 });
  it('is refused where steps cannot keep it', () => {
    expect(() => simulatorOf(abcd(0.1), 'reference')).toThrow(
      'projection "synapse": plasticity: every: expected a whole number of steps of 1 ms, found 0.1 ms. Set it to 1 ms, or change the step.',
    );
    expect(() => simulatorOf(abcd(2.5), 'f32')).toThrow('Set it to 2 or 3 ms');
    expect(nearWholeSteps(0.35, 0.1)).toBe('0.3 or 0.4');
  });

  it.each(engines)('that a life sets counts as it is kept, in what is done as in when (%s)', (engine) => {
    const rule = {
      ...plasticityRules.abcd,
      name: 'clocked',
      traces: {},
      onUpdate: { every: 'every', statements: ['w += 0.001*every'] },
    };
    const network = { ...pairOf(rule, { every: 2 }, [], [], 0.1), dtMs: 1 };
    for (const [given, kept] of [
      [2.4, 2],
      [2.5, 3],
      [0.1, 1],
    ] as const) {
      const simulator = simulatorOf(network, engine);
      simulator.load({ parameters: { 'synapse.every': given } });
      simulator.run(60, [], none);
      expect(simulator.weights()[0]).toBeCloseTo(0.1 + 0.001 * kept * (60 / kept), 5);
    }
  });
});

describe('dopamine', () => {
  it.each(engines)('acts on an eligibility from the spike of the cell that releases it on (%s)', (engine) => {
    const numbers = { aPlus: 1, aMinus: 1.5, rate: 1, tonic: 0, wMax: 200 };
    for (const dtMs of [1, 0.1]) {
      const at = (ms: number) => Math.round(ms / dtMs);
      const base = pairOf(plasticityRules['pair-stdp-dopamine'], numbers, [], [], 100);
      const train = (ms: readonly number[]) => ({
        steps: Int32Array.from(ms, at),
        cells: new Int32Array(ms.length),
      });
      const [pre, post] = base.populations;
      const network: Network = {
        ...base,
        dtMs,
        populations: [
          { ...pre!, train: train([20]) },
          { ...post!, train: train([30]) },
          { name: 'dopamine', count: 1, model: spikeTrain, parameters: {}, ports: {}, train: train([130]) },
        ],
        modulators: {
          ...base.modulators,
          DA: { tauMs: 200, baseline: 0, releasedBy: [{ population: 'dopamine', amount: 1 / 200 }] },
        },
      };
      const simulator = simulatorOf(network, engine);
      simulator.run(at(9000), [], none);
      // c = e^(-10/20) at 30 ms; dw = integral of c e^(-(t - 30)/1000) e^(-(t - 130)/200) / 200 from 130 ms on.
      const expected = (Math.exp(-10 / 20) * Math.exp(-100 / 1000)) / 200 / (1 / 1000 + 1 / 200);
      const found = simulator.weights()[0]! - 100;
      expect(Math.abs(found - expected), `${dtMs} ms`).toBeLessThan(engine === 'f32' ? 1e-4 : 1e-9);
    }
  });
});

describe('nmda', () => {
  it.each(
    engines,
  )('drives cells that are stepped by exponential Euler, as Runge-Kutta has it (%s)', (engine) => {
    const network = (dtMs: number): Network =>
      ontoLeaky([Math.round(5 / dtMs)], {
        ...{ dtMs, weight: 0.01, parameters: { vThreshold: 0 } },
        port: { model: synapseModels.nmda, parameters: {} },
      });
    const peak = (of: Network, by: 'reference' | 'f64' | 'f32') => {
      const simulator = simulatorOf(of, by);
      let most = -1e9;
      for (let ms = 0; ms < 60; ms += of.dtMs) {
        simulator.run(1, [], none);
        most = Math.max(most, simulator.state('cells', 'v')[0]!);
      }
      return most;
    };
    const fine = network(0.01);
    const [train, cells] = fine.populations;
    const rk4 = {
      ...fine,
      populations: [train!, { ...cells!, model: { ...cells!.model, integrator: 'rk4' as const } }],
    };
    expect(peak(network(0.5), engine)).toBeCloseTo(peak(rk4, 'f64'), 1);
  });
});

describe('a population whose integrator does not take its equations', () => {
  it('is named with its ports', () => {
    const base = ontoLeaky([1], {
      ...{ dtMs: 0.1, weight: 1, parameters: {} },
      port: { model: synapseModels.nmda, parameters: {} },
    });
    const [train, cells] = base.populations;
    const noisy = {
      ...leakyIntegrateAndFire,
      name: 'noisy',
      equations: ['dv/dt = v*gaussian()/1[ms] + resistance*I/tau'],
    };
    const network = { ...base, populations: [train!, { ...cells!, model: noisy }] };
    for (const engine of engines) {
      expect(() => simulatorOf(network, engine)).toThrow(
        /population "cells" \(noisy\), driven by "port" \(nmda\): "exponential-euler" needs a slope in "v"/,
      );
    }
  });
});

describe('what a life is given', () => {
  const rule = plasticityRules['pair-stdp-dopamine'];
  it.each(engines)('is refused where it is no number or has a sign that nothing can have (%s)', (engine) => {
    const simulator = simulatorOf(
      ontoLeaky([1], {
        ...{ dtMs: 0.1, weight: 1, parameters: {} },
        port: { model: synapseModels.exponential, parameters: {} },
      }),
      engine,
    );
    for (const [name, value, reason] of [
      ['cells.tau', Number.NaN, '"cells.tau": expected a number, found NaN'],
      ['cells.tau', -5, '"cells.tau": expected a value such as 1 to'],
      ['cells.tau', 0, 'found 0'],
      ['cells.port.tau', -5, '"cells.port.tau": expected a value such as 0.1 to 500, found -5'],
      ['cells.tRefractory', -3, 'found -3'],
    ] as const) {
      expect(() => simulator.load({ parameters: { [name]: value } })).toThrow(reason);
    }
    for (const steps of [1.5, -1, Number.NaN]) {
      expect(() => simulator.run(steps, [], none)).toThrow(
        `expected a whole number of steps, found ${steps}`,
      );
    }
    const learning = simulatorOf(pairOf(rule, {}, [1], [2], 0.5), engine);
    for (const [name, value] of [
      ['modulators.DA.tauMs', -1],
      ['modulators.DA.tauMs', 0],
      ['modulators.DA.baseline', Number.NaN],
      ['synapse.aPlus', Number.NaN],
    ] as const) {
      expect(() => learning.load({ parameters: { [name]: value } })).toThrow(`"${name}": expected`);
    }
    expect(() => learning.release('DA', Number.NaN)).toThrow('"DA": expected an amount, found NaN');
  });

  it.each(engines)('of the network is refused likewise (%s)', (engine) => {
    const base = pairOf(rule, {}, [1], [2], 0.5);
    const [synapse] = base.projections;
    const changed: [Partial<Network>, RegExp][] = [
      [{ modulators: { DA: { tauMs: -1, baseline: 0 } } }, /modulator "DA": tauMs: expected a time above 0/],
      [{ modulators: { DA: { tauMs: 200, baseline: Number.NaN } } }, /baseline: expected a number/],
      [{ dtMs: '1' as never }, /dtMs: expected a step above 0/],
      [
        { projections: [{ ...synapse!, post: [0] as never }] },
        /projection "synapse": post: expected an Int32Array/,
      ],
      [
        { projections: [{ ...synapse!, delayMs: [1] as never }] },
        /delayMs: expected a number, or a Float64Array/,
      ],
      [
        { projections: [{ ...synapse!, shortTerm: { use: -1, tauRecoveryMs: 800, tauFacilitationMs: 0 } }] },
        /shortTerm: use: expected a share from 0 to 1, found -1/,
      ],
      [
        { projections: [{ ...synapse!, plasticity: { rule, parameters: { aPlus: Number.NaN } } }] },
        /aPlus: expected a number, found NaN/,
      ],
      [
        { inputs: [{ name: 'x', kind: 'curent' as never, amplitude: 1, cells: Int32Array.of(0) }] },
        /there is no kind "curent"/,
      ],
    ];
    for (const [change, reason] of changed) {
      expect(() => simulatorOf({ ...base, ...change } as Network, engine)).toThrow(reason);
    }
  });
});
