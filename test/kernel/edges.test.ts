import { describe, expect, it } from 'vitest';
import { CompiledSimulator } from '../../src/kernel/compiled.js';
import { ReferenceSimulator } from '../../src/kernel/reference.js';
import { respond } from '../../src/kernel/response.js';
import type { Simulator } from '../../src/kernel/simulator.js';
import { izhikevichOfTheScript } from '../../src/network/cells/izhikevich.js';
import { leakyIntegrateAndFire } from '../../src/network/cells/leaky-integrate-and-fire.js';
import type { CellModel, PortModel } from '../../src/network/model/model.js';
import type { Network, Population } from '../../src/network/model/network.js';

const engines: [string, (network: Network) => Simulator][] = [
  ['reference', (network) => new ReferenceSimulator(network)],
  ['compiled f64', (network) => new CompiledSimulator(network, { precision: 'f64', varies: [] })],
  ['compiled f32', (network) => new CompiledSimulator(network, { varies: [] })],
];

const plain = {
  dtMs: 1,
  projections: [],
  modulators: {},
  inputs: [],
  outputs: [],
  weights: new Float64Array(0),
};
const parameter = (value: number) => ({ unit: '1', default: value, low: -1e9, high: 1e9, about: 'test' });
const port = (more: Partial<PortModel>): PortModel => ({
  name: 'port',
  summary: 'test',
  source: 'test',
  parameters: {},
  state: {},
  ...more,
});
const counter: CellModel = {
  name: 'counter',
  summary: 'counts steps',
  source: 'test',
  parameters: {},
  state: { n: { unit: '1', start: 0 } },
  update: ['n = n + 1'],
};
const cells = (name: string, count: number, current: string): Population => ({
  name,
  count,
  model: izhikevichOfTheScript,
  parameters: {},
  ports: { input: { model: port({ current }), parameters: {} } },
});

describe.each(engines)('the %s engine', (_, make) => {
  it('runs populations without cells', () => {
    const network: Network = {
      ...plain,
      populations: [cells('a', 2, '12'), cells('none', 0, '100'), cells('b', 3, '12')],
    };
    const simulator = make(network);
    simulator.run(200, [], new Float64Array(0));
    const alone = make({ ...plain, populations: [cells('a', 2, '12'), cells('b', 3, '12')] });
    alone.run(200, [], new Float64Array(0));
    expect(alone.spikeCount).toBeGreaterThan(10);
    expect([...simulator.spikeCounts()]).toEqual([...alone.spikeCounts()]);
    const empty = make({ ...plain, populations: [cells('none', 0, '100')] });
    empty.run(50, [], new Float64Array(0));
    expect(empty.spikeCount).toBe(0);
  });

  it('takes the least and the greatest of constants', () => {
    const bounded: CellModel = {
      ...counter,
      parameters: { a: parameter(3), b: parameter(8) },
      update: ['n = n + min(a, b) + 10*max(a, b)'],
    };
    const simulator = make({
      ...plain,
      populations: [{ name: 'a', count: 1, model: bounded, parameters: {}, ports: {} }],
    });
    simulator.run(2, [], new Float64Array(0));
    expect(simulator.state('a', 'n')[0]).toBe(166);
  });

  it('empties what it reads once a call, however long the call', () => {
    const simulator = make({
      ...plain,
      populations: [{ name: 'a', count: 1, model: counter, parameters: {}, ports: {} }],
      outputs: [{ name: 'n', cells: Int32Array.of(0), state: 'n', empties: true }],
    });
    const outputs = new Float64Array(1);
    simulator.run(3000, [], outputs);
    expect(outputs[0]).toBe(3000);
    simulator.run(7, [], outputs);
    expect(outputs[0]).toBe(7);
  });

  it('reads what is sent by the parameters of the port that receives it', () => {
    const gap = (k: number) => ({
      model: port({
        parameters: { k: parameter(0) },
        state: { sum: { unit: '1', start: 5 } },
        current: '0*sum',
        receives: 'sum',
        sends: 'k*v',
      }),
      parameters: { k },
    });
    const population = (name: string, count: number, k: number): Population => ({
      name,
      count,
      model: leakyIntegrateAndFire,
      parameters: {},
      ports: { gap: gap(k) },
    });
    const join = (rowStart: Int32Array, post: Int32Array, to: string) => ({
      name: `to ${to}`,
      from: 'a',
      to,
      port: 'gap',
      acts: 'afterReset' as const,
      rowStart,
      post,
      weight: new Int32Array(post.length),
      delayMs: 0,
    });
    const simulator = make({
      ...plain,
      populations: [population('a', 1, 1), population('b', 1, 3), population('unreached', 1, 1)],
      projections: [
        join(Int32Array.of(0, 1), Int32Array.of(0), 'b'),
        join(Int32Array.of(0, 0), new Int32Array(0), 'unreached'),
      ],
      weights: Float64Array.of(1),
    });
    simulator.run(1, [], new Float64Array(0));
    expect(simulator.state('b', 'gap.sum')[0]).toBe(-210);
    // A port that nothing is sent to sums to nothing.
    expect(simulator.state('unreached', 'gap.sum')[0]).toBe(0);
  });

  it('tells lives apart whose parameters are not finite', () => {
    const network: Network = {
      ...plain,
      populations: [{ name: 'a', count: 1, model: leakyIntegrateAndFire, parameters: {}, ports: {} }],
    };
    const simulator = _ === 'reference' ? make(network) : new CompiledSimulator(network);
    const spikes = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY].map(
      (vThreshold) => {
        simulator.load({ parameters: { 'a.vThreshold': vThreshold } });
        simulator.run(10, [], new Float64Array(0));
        return simulator.spikeCount;
      },
    );
    expect(spikes).toEqual([0, 4, 0]);
  });

  it('lives by the values that it is given, also where the same array holds others by now', () => {
    const vThreshold = Float64Array.of(1e9, 1e9);
    const network: Network = {
      ...plain,
      populations: [
        { name: 'a', count: 2, model: leakyIntegrateAndFire, parameters: { vThreshold }, ports: {} },
      ],
    };
    const simulator = _ === 'reference' ? make(network) : new CompiledSimulator(network);
    const given = Float64Array.of(1e9, -1e9);
    const live = () => {
      simulator.load({ parameters: { 'a.vThreshold': given } });
      simulator.run(10, [], new Float64Array(0));
      return [...simulator.spikeCounts()];
    };
    const first = live();
    expect(live()).toEqual(first);
    given.reverse();
    expect(live()).toEqual(first.toReversed());
    expect(first[0]).toBe(0);
    expect(first[1]).toBeGreaterThan(0);
  });

  it('drives the first steps of a life by what is on, whatever was on before', () => {
    const external = port({ parameters: { I: parameter(0) }, current: 'I' });
    const network: Network = {
      ...plain,
      populations: [
        {
          name: 'a',
          count: 1,
          model: leakyIntegrateAndFire,
          parameters: {},
          ports: { external: { model: external, parameters: { I: new Float64Array(1) } } },
        },
      ],
      inputs: [{ name: 'on', kind: 'current', cells: Int32Array.of(0), amplitude: 0.1 }],
    };
    const simulator = make(network);
    const lives = [0, 1].map(() => {
      simulator.load();
      simulator.run(5, [1], new Float64Array(0));
      return simulator.state('a', 'v')[0];
    });
    expect(lives[1]).toBe(lives[0]);
    expect(lives[0]).toBeGreaterThan(-70);
  });

  it('keeps what a synapse needs on its way apart from the cell', () => {
    const own = port({
      state: { g: { unit: '1', start: 1 } },
      update: ['a = 0.5', 'g = a*g'],
      current: '10*g',
      receives: 'g',
    });
    const two = make({
      ...plain,
      populations: [{ ...cells('a', 2, '0'), ports: { own: { model: own, parameters: {} } } }],
    });
    two.run(4, [], new Float64Array(0));
    const [first, second] = two.state('a', 'u');
    expect(second).toBe(first);
    expect(two.state('a', 'own.g')[1]).toBe(1 / 16);
  });

  it('counts a crossing once, though the cell stays above through its refractory time', () => {
    const rising: CellModel = {
      ...counter,
      threshold: 'n > 3',
      firing: 'crossing',
      refractory: { ms: '4[ms]', holds: [] },
    };
    const simulator = make({
      ...plain,
      populations: [{ name: 'a', count: 1, model: rising, parameters: {}, ports: {} }],
    });
    simulator.run(40, [], new Float64Array(0));
    expect(simulator.spikeCount).toBe(1);
  });

  it('joins conditions that are constant with those of time', () => {
    const gated = cells('a', 1, 'if(on > 0.5 or t > 100, 5 - 0.1*v, 0)');
    const model = { ...gated.ports.input!.model, parameters: { on: parameter(1) } };
    const simulator = make({
      ...plain,
      populations: [{ ...gated, ports: { input: { model, parameters: { on: 0.9 } } } }],
    });
    simulator.run(2, [], new Float64Array(0));
    expect(simulator.state('a', 'v')[0]).toBeCloseTo(-46.35, 1);
  });
});

describe('powers', () => {
  it.each([
    [-3, 2, 9],
    [-3, 3, -27],
    [-2, -1, -0.5],
    [-2, -2, 0.25],
    [3, 2.5, 15.588457],
    [-3, 0, 1],
    [0, 2, 0],
  ])('of %f to %f are the same in every engine', (x, y, expected) => {
    const model: CellModel = {
      ...counter,
      parameters: { x: parameter(x), y: parameter(y) },
      // Of a state, so that it is computed in every step.
      state: { n: { unit: '1', start: 'x' }, p: { unit: '1', start: 0 } },
      update: ['p = n^y'],
    };
    for (const engine of ['reference', 'f64', 'f32'] as const) {
      const { states } = respond(model, { dtMs: 1, durationMs: 1, engine });
      expect(Math.abs(states.p![0]![0]! - expected), engine).toBeLessThan(1e-5 * (1 + Math.abs(expected)));
    }
  });
});
