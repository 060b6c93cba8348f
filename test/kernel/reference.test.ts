import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Connectome } from '../../src/connectome/connectome.js';
import { loadConnectome } from '../../src/connectome/load.js';
import { ReferenceSimulator } from '../../src/kernel/reference.js';
import type { Simulator } from '../../src/kernel/simulator.js';
import { RandomStream } from '../../src/math/random.js';
import { accumulatingNetwork } from '../../src/network/build/sweep.js';
import type { Network } from '../../src/network/model/network.js';
import { muscleCells } from '../../src/tasks/worm/body.js';
import { senseCells } from '../../src/tasks/worm/senses.js';
import { type Sweep, TwoColumns } from './two-columns.js';

interface Drawn {
  kinds: ('n' | 'm')[];
  pairs: [number, number][];
  weights: number[];
  threshold: number;
  inputs: number[][];
  outputs: number[][];
  activity: number[][];
}

/** Whole weights meet the threshold exactly; the others make every change of the order of additions visible. */
const weight = fc.oneof(
  fc.integer({ min: -20, max: 20 }),
  fc.integer({ min: -4e6, max: 4e6 }).map((w) => w / 3e5),
);

const drawn: fc.Arbitrary<Drawn> = fc.integer({ min: 1, max: 9 }).chain((cells) => {
  const cell = fc.nat({ max: cells - 1 });
  const kinds = fc.array(fc.constantFrom<('n' | 'm')[]>('n', 'n', 'n', 'm'), {
    minLength: cells,
    maxLength: cells,
  });
  const pairs = fc
    .uniqueArray(fc.nat({ max: cells * cells - 1 }), { minLength: 1, maxLength: 50, size: 'max' })
    .map((codes) =>
      codes.sort((a, b) => a - b).map((code): [number, number] => [Math.floor(code / cells), code % cells]),
    );
  return pairs.chain((chosen) =>
    fc.record({
      kinds,
      pairs: fc.constant(chosen),
      weights: fc.array(weight, { minLength: chosen.length, maxLength: chosen.length }),
      threshold: fc.constantFrom(0, 1, 5, 12),
      inputs: fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 2 }),
      outputs: fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 2 }),
      activity: fc.array(fc.subarray([0, 1]), { minLength: 1, maxLength: 25, size: 'max' }),
    }),
  );
});

function connectomeOf({ kinds, pairs, weights }: Drawn): Connectome {
  const chemical = {
    count: pairs.length,
    pre: Int32Array.from(pairs, ([pre]) => pre),
    post: Int32Array.from(pairs, ([, post]) => post),
    weight: Float64Array.from(weights, Math.abs),
    sign: Int8Array.from(weights, Math.sign),
  };
  const ids = kinds.map((_, i) => `C${i}`);
  const cells = { count: kinds.length, ids, kinds };
  return { id: 'drawn', cells, chemical, aliases: {} } as unknown as Connectome;
}

function networkOf(network: Drawn): Network {
  const named = (ports: number[][]) =>
    Object.fromEntries(ports.map((cells, i) => [`port${i}`, cells.map((cell) => `C${cell}`)]));
  return accumulatingNetwork(
    connectomeOf(network),
    { inputs: named(network.inputs), outputs: named(network.outputs) },
    network.threshold,
  ).network;
}

function sweepOf({ kinds, pairs, threshold, inputs, outputs }: Drawn): Sweep {
  const outgoing = kinds.map((_, cell) =>
    pairs.flatMap(([pre, post], synapse) => (pre === cell ? [{ post, weight: synapse }] : [])),
  );
  return { outgoing, fires: kinds.map((kind) => kind === 'n'), threshold, inputs, outputs };
}

interface Life {
  outputs: number[][];
  charges: number[][];
  spikes: number;
}

const charges = (simulator: Simulator) => simulator.state('cells', 'charge');

/** One step with some inputs on, by index. */
function step(simulator: Simulator, active: readonly number[], outputs: Float64Array): void {
  simulator.run(
    1,
    Array.from(simulator.network.inputs, (_, i) => (active.includes(i) ? 1 : 0)),
    outputs,
  );
}

function live(simulator: ReferenceSimulator, activity: readonly number[][]): Life {
  const life: Life = { outputs: [], charges: [], spikes: 0 };
  const outputs = new Float64Array(simulator.network.outputs.length);
  for (const active of activity) {
    step(simulator, active, outputs);
    life.outputs.push([...outputs]);
    life.charges.push([...charges(simulator)]);
  }
  life.spikes = simulator.spikeCount;
  return life;
}

function transcribed(sweep: Sweep, weights: ArrayLike<number>, activity: readonly number[][]): Life {
  const columns = new TwoColumns(sweep, weights);
  const life: Life = { outputs: [], charges: [], spikes: 0 };
  for (const active of activity) {
    life.outputs.push(columns.step(active));
    life.charges.push([...columns.cur]);
  }
  life.spikes = columns.spikes;
  return life;
}

describe('reference simulator', () => {
  it('is the two-column sweep, to the bit', () => {
    let spikes = 0;
    fc.assert(
      fc.property(drawn, (network) => {
        const simulator = new ReferenceSimulator(networkOf(network));
        const found = live(simulator, network.activity);
        const expected = transcribed(sweepOf(network), network.weights, network.activity);
        expect(found).toStrictEqual(expected);
        spikes += found.spikes;
      }),
      { seed: 11, numRuns: 1500 },
    );
    // Silent networks would agree about anything.
    expect(spikes).toBeGreaterThan(4000);
  });

  it('is the two-column sweep on the whole worm with weights of every size', () => {
    const connectome = loadConnectome('c-elegans-openworm');
    const wiring = {
      inputs: { touch: senseCells.touch, food: senseCells.food },
      outputs: { left: muscleCells.left, right: muscleCells.right },
    };
    const { network } = accumulatingNetwork(connectome, wiring, 30);
    const stream = RandomStream.from('weights of every size');
    const weights = network.weights.map((w) => w * stream.uniformIn(0.2, 1.8));
    const activity = Array.from({ length: 250 }, () => [[], [0], [1]][stream.integer(3)]!);
    const index = (names: readonly string[]) => names.map((name) => connectome.cells.ids.indexOf(name));
    const sweep = sweepOf({
      kinds: connectome.cells.kinds as ('n' | 'm')[],
      pairs: [...connectome.chemical.pre].map((pre, s) => [pre, connectome.chemical.post[s]!]),
      weights: [],
      threshold: 30,
      inputs: [index(wiring.inputs.touch), index(wiring.inputs.food)],
      outputs: [index(wiring.outputs.left), index(wiring.outputs.right)],
      activity,
    });
    const simulator = new ReferenceSimulator(network);
    simulator.load({ weights: weights });
    const found = live(simulator, activity);
    expect(found).toStrictEqual(transcribed(sweep, weights, activity));
    expect(found.spikes).toBeGreaterThan(1000);
  });

  it('lives each lifetime as if it were the first', () => {
    fc.assert(
      fc.property(drawn, fc.array(weight, { minLength: 50, maxLength: 50 }), (network, others) => {
        const first = Float64Array.from(network.weights);
        const second = Float64Array.from(network.weights, (_, i) => others[i]!);
        const simulator = new ReferenceSimulator(networkOf(network));
        simulator.load({ weights: first });
        const alone = live(simulator, network.activity);
        simulator.load({ weights: second });
        const between = live(simulator, network.activity);
        simulator.load({ weights: first });
        expect(live(simulator, network.activity)).toStrictEqual(alone);
        simulator.load();
        expect(live(simulator, network.activity)).toStrictEqual(alone);
        const untouched = new ReferenceSimulator(networkOf(network));
        untouched.load({ weights: second });
        expect(live(untouched, network.activity)).toStrictEqual(between);
      }),
      { seed: 12, numRuns: 200 },
    );
  });

  const pair: Drawn = {
    kinds: ['n', 'n', 'm'],
    pairs: [
      [0, 1],
      [1, 0],
      [1, 2],
    ],
    weights: [6, -7, 4],
    threshold: 5,
    inputs: [[0], [1]],
    outputs: [[2]],
    activity: [],
  };

  it('counts the spikes of cells, not of driven inputs', () => {
    const simulator = new ReferenceSimulator(networkOf(pair));
    const outputs = new Float64Array(1);
    step(simulator, [0], outputs);
    expect([simulator.spikeCount, ...charges(simulator)]).toEqual([0, 0, 6, 0]);
    step(simulator, [], outputs);
    expect([simulator.spikeCount, ...charges(simulator), ...outputs]).toEqual([1, -7, 0, 0, 4]);
    // Beyond the threshold downwards is beyond it too.
    step(simulator, [], outputs);
    expect([simulator.spikeCount, ...charges(simulator), ...outputs]).toEqual([2, 0, 6, 0, 0]);
    simulator.load();
    expect([simulator.spikeCount, ...charges(simulator)]).toEqual([0, 0, 0, 0]);
  });

  it('starts with the weights of its network and keeps a copy of those it is given', () => {
    const simulator = new ReferenceSimulator(networkOf(pair));
    const outputs = new Float64Array(1);
    const weights = Float64Array.of(1, 2, 3);
    simulator.load({ weights: weights });
    weights.fill(99);
    step(simulator, [1], outputs);
    expect([...charges(simulator), ...outputs]).toEqual([2, 0, 0, 3]);
    expect([...simulator.network.weights]).toEqual(pair.weights);
  });

  it.each([0, 2, 4])('refuses %d weights for 3 synapses', (count) => {
    const simulator = new ReferenceSimulator(networkOf(pair));
    expect(() => simulator.load({ weights: new Float64Array(count) })).toThrow(
      new RangeError(`expected 3 weights, found ${count}`),
    );
  });

  it('adds the synapses of several projections, whatever their phase', () => {
    const simulator = new ReferenceSimulator({
      ...networkOf(pair),
      projections: (['afterReset', 'beforeReset'] as const).map((acts, i) => ({
        name: acts,
        from: 'cells',
        to: 'cells',
        port: 'synapses',
        acts,
        delayMs: 0,
        rowStart: Int32Array.of(0, 1, 1, 1),
        post: Int32Array.of(0),
        weight: Int32Array.of(i),
      })),
    });
    const outputs = new Float64Array(1);
    simulator.load({ weights: Float64Array.of(9, 20, 0) });
    step(simulator, [0], outputs);
    expect(charges(simulator)[0]).toBe(29);
    // What arrives before the reset is lost with the charge; what arrives after it is kept.
    step(simulator, [], outputs);
    expect(charges(simulator)[0]).toBe(9);
  });
});
