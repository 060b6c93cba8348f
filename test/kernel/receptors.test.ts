import { describe, expect, it } from 'vitest';
import { CompiledSimulator } from '../../src/kernel/compiled.js';
import { ReferenceSimulator } from '../../src/kernel/reference.js';
import type { LifeStart } from '../../src/kernel/simulator.js';
import { deriveSeed } from '../../src/math/seed.js';
import { cellModels } from '../../src/network/cells/table.js';
import { checkNetwork } from '../../src/network/check/network.js';
import { external } from '../../src/network/inputs/external.js';
import type { CellModel } from '../../src/network/model/model.js';
import type { Network, Population, Receptor } from '../../src/network/model/network.js';
import { exponential } from '../../src/network/synapses/exponential.js';
import { gapJunction } from '../../src/network/synapses/gap-junction.js';

/** Decays to its input with a time constant; fires never. */
const leak: CellModel = {
  name: 'leak',
  summary: 'test',
  source: 'test',
  parameters: { tau: { unit: 'ms', default: 10, low: 1e-9, high: 1e9, about: 'test' } },
  state: { v: { unit: 'mV', start: 1 } },
  currentUnit: 'mV',
  integrator: 'exponential-euler',
  equations: ['dv/dt = (I - v) / tau'],
};

const receptor = (of: Partial<Receptor>): Receptor => ({
  target: 'tau',
  acts: 'scales',
  level: 'm.DA',
  gain: 1,
  ...of,
});

const networkOf = (
  receptors: Record<string, Receptor>,
  change: Partial<Population> = {},
  more: Partial<Network> = {},
): Network => ({
  dtMs: 1,
  populations: [
    {
      name: 'a',
      count: 3,
      model: leak,
      parameters: {},
      ports: {
        external: { model: external, parameters: { I: new Float64Array(3) } },
        fast: { model: exponential, parameters: { tau: 5 } },
      },
      start: { 'fast.g': 1 },
      receptors,
      ...change,
    },
  ],
  projections: [],
  // Concentrations that stay as they are.
  modulators: { DA: { tauMs: 1e9, baseline: 0.5 }, '5HT': { tauMs: 1e9, baseline: 2 } },
  inputs: [{ name: 'in', kind: 'current', cells: Int32Array.of(0, 1, 2), amplitude: 1 }],
  outputs: [],
  weights: new Float64Array(0),
  ...more,
});

const none = new Float64Array(0);

/** States after some steps in the reference simulator, which the compiled one in float64 has to share to the bit. */
function statesOf(
  network: Network,
  names: readonly string[],
  { steps = 7, life = {} as LifeStart, drive = [0] } = {},
) {
  const reference = new ReferenceSimulator(network);
  const varies = Object.keys(life.parameters ?? {});
  const compiled = [
    new CompiledSimulator(network, { precision: 'f64' }),
    new CompiledSimulator(network, { precision: 'f64', varies }),
  ];
  const single = new CompiledSimulator(network, { precision: 'f32' });
  for (const simulator of [reference, ...compiled, single]) {
    simulator.load(life);
    simulator.run(steps, drive, none);
  }
  return names.map((name) => {
    const [population, ...state] = name.split('.');
    const read = (simulator: ReferenceSimulator | CompiledSimulator) => [
      ...simulator.state(population!, state.join('.')),
    ];
    const expected = read(reference);
    for (const simulator of compiled) expect(read(simulator)).toEqual(expected);
    read(single).forEach((value, cell) => {
      expect(Math.abs(value - expected[cell]!)).toBeLessThan(1e-4 * (1 + Math.abs(expected[cell]!)));
    });
    return expected;
  });
}

const decayed = (tau: number, steps = 7) => Math.exp(-steps / tau);

describe('receptors', () => {
  it('scale a time constant of the cell, of each cell by its own gain', () => {
    const gains = networkOf({ D1: receptor({ gain: Float64Array.of(0, 2, -0.5) }) }, { start: {} });
    const [v] = statesOf(gains, ['a.v']);
    [decayed(10), decayed(20), decayed(7.5)].forEach((value, cell) => {
      expect(v![cell]).toBeCloseTo(value, 12);
    });
  });

  it('leave at least a hundredth of what they scale', () => {
    const [v] = statesOf(networkOf({ D2: receptor({ gain: -1000 }) }, { start: {} }), ['a.v'], { steps: 1 });
    expect(v![0]).toBeCloseTo(decayed(0.1, 1), 12);
  });

  it('scale a time constant of a port', () => {
    const [g] = statesOf(networkOf({ D1: receptor({ target: 'fast.tau', gain: 1 }) }), ['a.fast.g']);
    expect(g![0]).toBeCloseTo(decayed(7.5), 12);
  });

  it('shift and scale the summed current, one modulator opposing another', () => {
    const on = { drive: [4], steps: 400 };
    const current = (receptors: Record<string, Receptor>) =>
      statesOf(networkOf(receptors, { start: {} }), ['a.v'], on)[0]![0];
    const of = (change: Partial<Receptor>) => receptor({ target: 'I', ...change });
    expect(current({})).toBeCloseTo(4, 9);
    expect(current({ D1: of({ acts: 'shifts', gain: 3 }) })).toBeCloseTo(4 + 3 * 0.5, 9);
    expect(current({ D1: of({ gain: 3 }) })).toBeCloseTo(4 * (1 + 3 * 0.5), 9);
    const opposed = of({ gain: 1, level: 'm.DA - 0.1*m.5HT' });
    expect(current({ D1: opposed })).toBeCloseTo(4 * (1 + 0.5 - 0.2), 9);
  });

  it('act on one quantity in the order in which they are written', () => {
    const on = { drive: [4], steps: 400 };
    const shift = receptor({ target: 'I', acts: 'shifts', gain: 2 });
    const scale = receptor({ target: 'I', gain: 4 });
    const current = (receptors: Record<string, Receptor>) =>
      statesOf(networkOf(receptors, { start: {} }), ['a.v'], on)[0]![0];
    expect(current({ shift, scale })).toBeCloseTo((4 + 1) * 3, 9);
    expect(current({ scale, shift })).toBeCloseTo(4 * 3 + 1, 9);
  });

  it('follow what is released while the network lives', () => {
    const network = networkOf({ D1: receptor({ target: 'I', acts: 'shifts', gain: 1 }) }, { start: {} });
    const states = [
      new ReferenceSimulator(network),
      new CompiledSimulator(network, { precision: 'f64' }),
    ].map((simulator) => {
      simulator.load();
      simulator.run(300, [0], none);
      const before = simulator.state('a', 'v')[0]!;
      simulator.release('DA', 2);
      simulator.run(300, [0], none);
      return [before, simulator.state('a', 'v')[0]!];
    });
    expect(states[1]).toEqual(states[0]);
    expect(states[0]![0]).toBeCloseTo(0.5, 5);
    expect(states[0]![1]).toBeCloseTo(2.5, 5);
  });

  it('have the gains that a life gives them', () => {
    const network = networkOf({ D1: receptor({ gain: 0 }) }, { start: {} });
    const [v] = statesOf(network, ['a.v'], { life: { parameters: { 'a.receptor.D1': 2 } } });
    expect(v![0]).toBeCloseTo(decayed(20), 12);
  });

  it.each([
    ['threshold', 'leaky-integrate-and-fire', { target: 'vThreshold', acts: 'shifts', gain: -3 }],
    ['refractory time', 'leaky-integrate-and-fire', { target: 'tRefractory', acts: 'scales', gain: 4 }],
    ['softness of firing', 'spike-response', { target: 'deltaU', acts: 'scales', gain: 6 }],
    ['what a spike leaves', 'izhikevich', { target: 'd', acts: 'scales', gain: 2 }],
  ] as const)('act on a %s, in both engines alike', (_, name, of) => {
    const model: CellModel = cellModels[name];
    const count = 40;
    const amplitude = name === 'izhikevich' ? 8 : 0.2;
    const live = (receptors: Record<string, Receptor>) => {
      const network = networkOf(
        receptors,
        {
          model,
          count,
          ports: { external: { model: external, parameters: { I: new Float64Array(count) } } },
          start: {},
        },
        {
          inputs: [
            {
              name: 'in',
              kind: 'current',
              cells: Int32Array.from({ length: count }, (__, i) => i),
              amplitude,
            },
          ],
        },
      );
      const counts = [
        new ReferenceSimulator(network),
        new CompiledSimulator(network, { precision: 'f64' }),
      ].map((simulator) => {
        simulator.load({ seed: deriveSeed('receptors') });
        simulator.run(400, [1], none);
        return [...simulator.spikeCounts()];
      });
      expect(counts[1]).toEqual(counts[0]);
      return counts[0]!.reduce((sum, value) => sum + value, 0);
    };
    const without = live({});
    const modulated = live({ NA: receptor(of) });
    expect(without).toBeGreaterThan(count);
    expect(Math.abs(modulated - without)).toBeGreaterThan(count / 2);
  });

  it.each<[string, Network, RegExp]>([
    [
      'target',
      networkOf({ D1: receptor({ target: 'tua' }) }),
      /receptor "D1": target: .*"tua".*Did you mean "tau"/,
    ],
    ['port', networkOf({ D1: receptor({ target: 'fast.tua' }) }), /"fast\.tua".*Did you mean "fast\.tau"/],
    [
      'modulator',
      networkOf({ D1: receptor({ level: 'm.5HD' }) }),
      /level: there is no modulator "5HD".*"5HT"/,
    ],
    ['level', networkOf({ D1: receptor({ level: 'v*m.DA' }) }), /level: "v" is no modulator/],
    ['draws', networkOf({ D1: receptor({ level: 'm.DA*uniform()' }) }), /level: .*no random draws/],
    [
      'gains',
      networkOf({ D1: receptor({ gain: Float64Array.of(1) }) }),
      /gain: expected one value for each of 3/,
    ],
  ])('are refused where the %s is not there', (_, network, message) => {
    expect(() => checkNetwork(network)).toThrow(message);
  });

  it('are refused on what cells send without spikes', () => {
    const ports = { gaps: { model: { ...gapJunction, sends: 'tau*v' }, parameters: {} } };
    const network = networkOf(
      { D1: receptor({}) },
      { ports, start: {} },
      {
        inputs: [],
        projections: [
          {
            name: 'gaps',
            from: 'a',
            to: 'a',
            port: 'gaps',
            acts: 'afterReset',
            rowStart: Int32Array.of(0, 1, 1, 1),
            post: Int32Array.of(1),
            weight: Int32Array.of(0),
            delayMs: 0,
          },
        ],
        weights: Float64Array.of(1),
      },
    );
    expect(() => checkNetwork(network)).toThrow(/projection "gaps": no receptor can act on "tau"/);
  });
});
