import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { setupOf } from '../../src/evolve/run-spec.js';
import { CompiledSimulator } from '../../src/kernel/compiled.js';
import { ReferenceSimulator } from '../../src/kernel/reference.js';
import { RandomStream } from '../../src/math/random.js';
import type { Network, Projection } from '../../src/network/network.js';

/** Any network: cells of any threshold, several projections of either phase, synapses in any direction, repeats too. */
const networks = fc
  .record({ cells: fc.integer({ min: 1, max: 40 }), seed: fc.string() })
  .map(({ cells, seed }) => {
    const random = RandomStream.from(seed);
    let weights = 0;
    const projection = (name: string, acts: Projection['acts']): Projection => {
      const rowStart = new Int32Array(cells + 1);
      const post: number[] = [];
      for (let cell = 0; cell < cells; cell++) {
        const synapses = random.integer(6);
        for (let s = 0; s < synapses; s++) post.push(random.integer(cells));
        rowStart[cell + 1] = post.length;
      }
      const first = weights;
      weights += post.length;
      return {
        name,
        acts,
        rowStart,
        post: Int32Array.from(post),
        weight: Int32Array.from(post, (_, i) => first + i),
      };
    };
    const projections = [
      projection('a', 'beforeReset'),
      projection('b', 'afterReset'),
      projection('c', 'beforeReset'),
    ];
    const some = () => Int32Array.from({ length: random.integer(5) }, () => random.integer(cells));
    const network: Network = {
      cells: {
        ids: Array.from({ length: cells }, (_, i) => `c${i}`),
        type: Uint8Array.from({ length: cells }, () => random.integer(3)),
      },
      types: [5, 1, Number.POSITIVE_INFINITY].map((threshold, i) => ({
        name: `t${i}`,
        model: 'accumulate-and-fire',
        parameters: { threshold },
      })),
      projections,
      inputs: [some(), some()].map((of, i) => ({ name: `in${i}`, cells: of })),
      outputs: [some(), some()].map((of, i) => ({ name: `out${i}`, cells: of })),
      weights: Float64Array.from({ length: weights }, () => random.uniformIn(-8, 8)),
    };
    return { network, random };
  });

describe('engines', () => {
  it('agree to the bit in charges, outputs and spikes on any network', () => {
    fc.assert(
      fc.property(networks, ({ network, random }) => {
        const reference = new ReferenceSimulator(network);
        const compiled = new CompiledSimulator(network);
        const [a, b] = [new Float64Array(2), new Float64Array(2)];
        for (let life = 0; life < 3; life++) {
          const weights = network.weights.map((weight) => weight * random.uniformIn(0, 2));
          reference.load(weights);
          compiled.load(weights);
          for (let step = 0; step < 30; step++) {
            const active = [0, 1].filter(() => random.uniform() < 0.5);
            reference.step(active, a);
            compiled.step(active, b);
            expect(b).toEqual(a);
            expect([...compiled.charges]).toEqual([...reference.charges]);
            expect(compiled.spikeCount).toBe(reference.spikeCount);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('agree on the worm, whatever its weights', () => {
    const { spec, connectome } = resolveRun({ set: ['task.patterns=square,triangle,hexagon'] });
    const setup = setupOf(spec, connectome);
    const [compiled, reference] = (['compiled', 'reference'] as const).map(
      (engine) => new LifetimeRunner({ ...setup, engine }),
    );
    const random = RandomStream.from('engines');
    for (let i = 0; i < 12; i++) {
      const genome = Float64Array.from(compiled!.space.start);
      for (const gene of random.sample(genome.length, i * 60)) genome[gene] = random.uniformIn(-20, 20);
      expect(compiled!.live(genome, 'life', 1)).toEqual(reference!.live(genome, 'life', 1));
    }
  });

  it('refuse the wrong number of weights', () => {
    fc.assert(
      fc.property(networks, ({ network }) => {
        const wrong = new Float64Array(network.weights.length + 1);
        for (const Simulator of [ReferenceSimulator, CompiledSimulator]) {
          expect(() => new Simulator(network).load(wrong)).toThrow(RangeError);
        }
      }),
      { numRuns: 5 },
    );
  });
});
