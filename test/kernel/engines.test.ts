import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveRun } from '../../src/evolve/resolve.js';
import { CompiledSimulator } from '../../src/kernel/compiled.js';
import { ReferenceSimulator } from '../../src/kernel/reference.js';
import type { Simulator } from '../../src/kernel/simulator.js';
import { RandomStream } from '../../src/math/random.js';
import { deriveSeed } from '../../src/math/seed.js';
import type { Network } from '../../src/network/model/network.js';
import { runnerIn } from '../evaluate/runner-in.js';
import { randomNetwork } from './random-network.js';

/** Runs a simulator through a life with inputs, rewards and punishments that come and go; returns all there is to see. */
function live(simulator: Simulator, seed: string, chunks = 12) {
  const { network } = simulator;
  const random = RandomStream.from(seed);
  const delays = network.projections.flatMap(({ name, longestDelayMs }) =>
    longestDelayMs === undefined || random.uniform() < 0.3
      ? []
      : [[`${name}.delayMs`, random.uniformIn(0, longestDelayMs)] as const],
  );
  simulator.load({
    weights: network.weights.map((weight) => weight * random.uniformIn(0.5, 1)),
    seed: deriveSeed(seed),
    parameters: Object.fromEntries(delays),
  });
  const outputs = new Float64Array(network.outputs.length);
  const seen: { outputs: number[]; fired: number[] }[] = [];
  for (let chunk = 0; chunk < chunks; chunk++) {
    const drive = network.inputs.map(() => (random.uniform() < 0.5 ? random.uniform() : 0));
    if (random.uniform() < 0.4) simulator.release('DA', random.uniformIn(-1, 2));
    if (random.uniform() < 0.3) simulator.signal(random.uniform() < 0.5 ? 'trial' : 'undo');
    if (random.uniform() < 0.2) simulator.setState('a', 'v', random.uniformIn(-70, -50));
    simulator.run(1 + random.integer(9), drive, outputs);
    seen.push({ outputs: [...outputs], fired: [...simulator.fired()] });
  }
  return {
    seen,
    spikes: simulator.spikeCount,
    counts: [...simulator.spikeCounts()],
    states: network.populations.flatMap(({ name, model, ports }) => [
      ...Object.keys(model.state).map((state) => simulator.state(name, state)),
      ...Object.entries(ports).flatMap(([port, { model: of }]) =>
        Object.keys(of.state).map((state) => simulator.state(name, `${port}.${state}`)),
      ),
    ]),
    weights: simulator.weights(),
    concentration: simulator.concentration('DA'),
    released: simulator.concentration('NA'),
    variables: network.projections.flatMap(({ name, plasticity }) =>
      Object.keys({ ...plasticity?.rule.synapse, ...plasticity?.rule.traces }).map((of) =>
        simulator.synapses(name, of),
      ),
    ),
  };
}

const seeds = fc.integer({ min: 0, max: 1e9 }).map(String);

describe('engines', () => {
  it('agree to the bit in float64 where nothing is rescaled, on any network', () => {
    let spikes = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const network = randomNetwork(seed, { plastic: false });
        const expected = live(new ReferenceSimulator(network), seed);
        expect(live(new CompiledSimulator(network, { precision: 'f64' }), seed)).toEqual(expected);
        // Parameters that stay as they are save operations, and change nothing.
        const varies = network.projections.map(({ name }) => `${name}.delayMs`);
        const still = new CompiledSimulator(network, { precision: 'f64', varies, watches: true });
        expect(live(still, seed)).toEqual(expected);
        const reference = new ReferenceSimulator(network);
        live(reference, seed);
        expect(still.intervals()).toEqual(reference.intervals());
        spikes += expected.spikes;
      }),
      { seed: 1, numRuns: 40 },
    );
    // Silent networks would agree about anything.
    expect(spikes).toBeGreaterThan(2000);
  });

  it('agree to rounding in float64 where weights learn, bounds and punishments included', () => {
    let changed = 0;
    let variables = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const network = randomNetwork(seed);
        const expected = live(new ReferenceSimulator(network), seed);
        const found = live(new CompiledSimulator(network, { precision: 'f64' }), seed);
        expect(found.counts).toEqual(expected.counts);
        expected.weights.forEach((weight, s) => {
          expect(Math.abs(found.weights[s]! - weight)).toBeLessThan(1e-11);
        });
        expect(found.released).toBe(expected.released);
        expected.variables.forEach((values, v) => {
          values.forEach((value, s) => {
            expect(Math.abs(found.variables[v]![s]! - value)).toBeLessThan(1e-11 * (1 + Math.abs(value)));
          });
          variables += values.length;
        });
        const before = live(new ReferenceSimulator(randomNetwork(seed)), seed, 0).weights;
        changed += expected.weights.filter((weight, s) => weight !== before[s]).length;
      }),
      { seed: 2, numRuns: 40 },
    );
    expect(changed).toBeGreaterThan(200);
    expect(variables).toBeGreaterThan(1000);
  });

  it('agree within rounding in float32 before spikes can drift apart', () => {
    let far = 0;
    let values = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const network = randomNetwork(seed);
        const expected = live(new ReferenceSimulator(network), seed, 2);
        const found = live(new CompiledSimulator(network), seed, 2);
        [...expected.states, expected.weights, ...expected.variables].forEach((ofOne, i) => {
          const own = [...found.states, found.weights, ...found.variables][i]!;
          ofOne.forEach((value, k) => {
            values += 1;
            if (Math.abs(own[k]! - value) > 2e-3 * (1 + Math.abs(value))) far += 1;
          });
        });
      }),
      { seed: 3, numRuns: 40 },
    );
    expect(values).toBeGreaterThan(10_000);
    // A potential that shoots up to its spike multiplies any rounding.
    expect(far).toBeLessThan(values / 2000);
  });

  it.each(['f32', 'f64'] as const)('live a life the same whatever was lived before, in %s', (precision) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const network: Network = randomNetwork(seed);
        const simulator = new CompiledSimulator(network, { precision });
        const first = live(simulator, seed);
        live(simulator, `${seed} other`);
        simulator.load({ parameters: { 'a.fast.tau': 1.5 } });
        expect(live(simulator, seed)).toEqual(first);
        expect(live(new CompiledSimulator(network, { precision }), seed)).toEqual(first);
      }),
      { seed: 4, numRuns: 10 },
    );
  });

  it('refuse a delay longer than may be', () => {
    const network = randomNetwork('7', { plastic: false });
    const [first, ...rest] = network.projections.filter(({ port }) => port !== 'gaps');
    const flexible = { ...network, projections: [{ ...first!, delayMs: 1, longestDelayMs: 4 }, ...rest] };
    for (const simulator of [new ReferenceSimulator(flexible), new CompiledSimulator(flexible)]) {
      const load = (delayMs: number) => () =>
        simulator.load({ parameters: { [`${first!.name}.delayMs`]: delayMs } });
      expect(load(4)).not.toThrow();
      expect(load(4.6)).toThrow(/expected 0 to 4 ms, found 4.6/);
    }
  });

  it('take parameters of one life in place of the network’s', () => {
    const network = randomNetwork('7', { plastic: false });
    const run = (simulator: Simulator, tau: number) => {
      simulator.load({ parameters: { 'a.fast.tau': tau }, seed: deriveSeed('x') });
      simulator.run(40, [1, 1], new Float64Array(2));
      return simulator.state('a', 'v');
    };
    const [reference, compiled] = [
      new ReferenceSimulator(network),
      new CompiledSimulator(network, { precision: 'f64' }),
    ];
    for (const tau of [2, 9]) expect(run(compiled, tau)).toEqual(run(reference, tau));
    expect(run(compiled, 2)).not.toEqual(run(compiled, 9));
    expect(() => compiled.load({ parameters: { 'a.fast.tao': 1 } })).toThrow(/Did you mean "a.fast.tau"/);
  });

  it('agree on the worm, whatever its weights', async () => {
    const { habitat } = await resolveRun({ set: ['task.patterns=square,triangle,hexagon'] });
    const compiled = await runnerIn({ ...habitat.setup, engine: 'f64' });
    const reference = await runnerIn({ ...habitat.setup, engine: 'reference' });
    const random = RandomStream.from('engines');
    for (let i = 0; i < 12; i++) {
      const genome = Float64Array.from(habitat.space.start);
      for (const gene of random.sample(genome.length, i * 60)) genome[gene] = random.uniformIn(-20, 20);
      expect(compiled.live(genome, 'life', 1)).toEqual(reference.live(genome, 'life', 1));
    }
  });

  it('fire trains of spikes as they are listed', () => {
    const network = randomNetwork('trains');
    const { name, train } = network.populations.at(-1)!;
    expect(name).toBe('train');
    for (const simulator of [new ReferenceSimulator(network), new CompiledSimulator(network)]) {
      for (let life = 0; life < 2; life++) {
        simulator.load();
        simulator.run(40, [], new Float64Array(2));
        const counts = [0, 0, 0, 0, 0];
        train!.steps.forEach((step, i) => {
          if (step < 40) counts[train!.cells[i]!]! += 1;
        });
        expect([...simulator.spikeCounts().slice(-5)]).toEqual(counts);
      }
    }
  });

  it('fire spikes that are listed in a life in place of the others, until the next life', () => {
    const network = randomNetwork('trains');
    const { name, train, ...population } = network.populations.at(-1)!;
    const roomy = {
      ...network,
      populations: [
        ...network.populations.slice(0, -1),
        { ...population, name, train: { ...train!, room: 90 } },
      ],
    };
    const played = { steps: Int32Array.of(0, 0, 1, 17), cells: Int32Array.of(1, 4, 2, 1) };
    for (const simulator of [new ReferenceSimulator(roomy), new CompiledSimulator(roomy)]) {
      const first = roomy.populations.slice(0, -1).reduce((sum, { count }) => sum + count, 0);
      const firing = () => [...simulator.fired()].flatMap((cell) => (cell < first ? [] : [cell - first]));
      const live = (steps: number) => simulator.run(steps, [], new Float64Array(2));
      live(40);
      const usual = [...simulator.spikeCounts()];
      simulator.load();
      live(23);
      simulator.play(name, played);
      const fired = Array.from({ length: 18 }, () => {
        live(1);
        return firing();
      });
      expect(fired).toEqual([[1, 4], [2], ...Array(15).fill([]), [1]]);
      simulator.play(name, { steps: new Int32Array(0), cells: new Int32Array(0) });
      live(50);
      expect(firing()).toEqual([]);
      simulator.load();
      live(40);
      expect([...simulator.spikeCounts()]).toEqual(usual);
      const many = new Int32Array(91);
      expect(() => simulator.play(name, { steps: many, cells: many })).toThrow(
        /room for 90 spikes, found 91/,
      );
      expect(() => simulator.play('a', played)).toThrow(/"a" has no train/);
    }
  });

  it('refuse to change a parameter that was said to stay', () => {
    const simulator = new CompiledSimulator(randomNetwork('7'), { varies: ['a.fast.tau'] });
    simulator.load({ parameters: { 'a.fast.tau': 3 } });
    expect(() => simulator.load({ parameters: { 'a.noise.sd': 3 } })).toThrow(
      /"a.noise.sd" was not said to vary/,
    );
  });

  it('refuse the wrong number of weights', () => {
    const network = randomNetwork('9');
    const weights = new Float64Array(network.weights.length + 1);
    expect(() => new ReferenceSimulator(network).load({ weights })).toThrow(RangeError);
    expect(() => new CompiledSimulator(network).load({ weights })).toThrow(RangeError);
  });
});
