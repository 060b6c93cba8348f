import { describe, expect, it } from 'vitest';
import { loadAssembler } from '../../src/kernel/assemble.js';
import { CompiledSimulator } from '../../src/kernel/compiled.js';
import { ReferenceSimulator } from '../../src/kernel/reference.js';
import { ablate, ablationsOf } from '../../src/network/build/ablate.js';
import { checkNetwork } from '../../src/network/check/network.js';
import { plasticityRules } from '../../src/network/plasticity/table.js';
import { busyRule } from '../kernel/busy-rule.js';
import { none, pairOf } from '../kernel/one-synapse.js';
import { randomNetwork } from '../kernel/random-network.js';

const free = { wMin: -10, wMax: 10 };
const weightOf = (
  network: ReturnType<typeof pairOf>,
  act: (simulator: ReferenceSimulator) => void = () => {},
) => {
  const simulator = new ReferenceSimulator(network);
  act(simulator);
  simulator.run(2000, [], none);
  return simulator.weights()[0]!;
};

await loadAssembler();

describe('ablations', () => {
  it('are everything that a network has, and leave one that runs', () => {
    const network = randomNetwork('7');
    const plastic = {
      ...network,
      projections: network.projections.map((projection) =>
        projection.port === 'fast' && projection.from !== 'train'
          ? { ...projection, plasticity: { rule: busyRule, parameters: {} } }
          : projection,
      ),
    };
    const all = ablationsOf(plastic);
    expect(all.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'plasticity',
        'modulator DA',
        'c -= aPlus * share * y on presynaptic spikes (busy)',
        'd = 0 on the event "trial" (busy)',
        'w += 0.02 * (goal - incoming.w) at regular times (busy)',
      ]),
    );
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const { ablation } of all) {
      const without = ablate(plastic, ablation);
      checkNetwork(without);
      new ReferenceSimulator(without).run(5, [0, 0], new Float64Array(2));
    }
  });

  it('of plasticity keep weights as they are, within their bounds', () => {
    const network = ablate(pairOf(plasticityRules.hebb, { wMin: 0, wMax: 1 }, [20], [30], 3), {
      what: 'plasticity',
    });
    expect(weightOf(network)).toBe(1);
  });

  it('of the plasticity of some projections let the others learn', () => {
    const learning = pairOf(plasticityRules.hebb, free, [20], [30], 1);
    const [synapse] = learning.projections;
    const named = (name: string, weight: number) => ({
      ...synapse!,
      name,
      weight: Int32Array.of(weight),
    });
    const network = {
      ...learning,
      projections: [named('a', 0), named('b', 1), named('c', 2)],
      weights: Float64Array.of(1, 1, 1),
    };
    const names = ['a', 'b', 'c'];
    const found = ablationsOf(network).filter(({ ablation }) => ablation.what === 'plasticity');
    const changed = found.map(({ name, ablation }) => {
      const simulator = new ReferenceSimulator(ablate(network, ablation));
      simulator.run(2000, [], none);
      return [name, names.filter((_, i) => simulator.weights()[i] !== 1).join('')];
    });
    expect(changed).toEqual([
      ['plasticity', ''],
      ['plasticity of a', 'bc'],
      ['plasticity of b', 'ac'],
      ['plasticity of c', 'ab'],
      ['plasticity of all but a', 'a'],
      ['plasticity of all but b', 'b'],
      ['plasticity of all but c', 'c'],
    ]);
    const two = { ...network, projections: network.projections.slice(0, 2) };
    expect(ablationsOf(two).filter(({ ablation }) => ablation.what === 'plasticity')).toHaveLength(3);
  });

  it('of a statement take out that one alone', () => {
    const network = pairOf(
      plasticityRules['six-number-pair'],
      { ...free, eta: 1, alpha: 0.1, beta: 0.3 },
      [20],
      [30],
      1,
    );
    const both = weightOf(network);
    const rule = 'six-number-pair';
    const withoutPre = weightOf(ablate(network, { what: 'statement', rule, part: 'onPre', index: 0 }));
    const withoutPost = weightOf(ablate(network, { what: 'statement', rule, part: 'onPost', index: 0 }));
    expect(withoutPost - 1).toBeCloseTo(0.1, 12);
    expect(withoutPre - 1 + (withoutPost - 1)).toBeCloseTo(both - 1, 12);
  });

  it('of a modulator hold it at its baseline, whatever is released', () => {
    const network = pairOf(plasticityRules['gated-hebb'], free, [20], [30], 1);
    const released = (of: typeof network) => weightOf(of, (simulator) => simulator.release('ACh', 1));
    expect(released(network)).toBeGreaterThan(1);
    expect(released(ablate(network, { what: 'modulator', name: 'ACh' }))).toBe(1);
    expect(released(ablate(network, { what: 'modulator', name: 'NA' }))).toBe(released(network));
  });

  it('of a modulator reach drives, events and receptors, whatever the baseline of the life', () => {
    const dopamine = pairOf(plasticityRules['pair-stdp-dopamine'], { ...free, tonic: 0 }, [20], [30], 1);
    const without = ablate(dopamine, { what: 'modulator', name: 'DA' });
    const run = (network: typeof dopamine) => {
      const simulator = new ReferenceSimulator(network);
      simulator.load({ parameters: { 'modulators.DA.baseline': 0.5 } });
      simulator.release('DA', 1);
      simulator.run(2000, [], none);
      return { weight: simulator.weights()[0]!, level: simulator.concentration('DA') };
    };
    expect(run(dopamine).weight).toBeGreaterThan(1);
    expect(run(without)).toEqual({ weight: 1, level: 0 });
    const network = randomNetwork('7');
    const [first] = network.populations;
    const received = {
      ...network,
      populations: [
        {
          ...first!,
          receptors: { here: { target: 'I', acts: 'shifts' as const, level: 'm.ACh', gain: 40 } },
        },
        ...network.populations.slice(1),
      ],
    };
    const spikes = (of: typeof network) => {
      const simulator = new ReferenceSimulator(of);
      simulator.release('ACh', 5);
      simulator.run(60, [0, 0], new Float64Array(2));
      return simulator.spikeCount;
    };
    const bare = spikes(ablate(received, { what: 'receptor', population: first!.name, name: 'here' }));
    expect(spikes(received)).toBeGreaterThan(bare);
    expect(spikes(ablate(received, { what: 'modulator', name: 'ACh' }))).toBeLessThan(spikes(received));
  });

  it('of a drive keep its eligibility from becoming weight', () => {
    const network = pairOf(plasticityRules['pair-stdp-dopamine'], free, [20], [30], 1);
    const without = ablate(network, { what: 'drive', rule: 'pair-stdp-dopamine', variable: 'c' });
    const simulator = new ReferenceSimulator(without);
    simulator.release('DA', 10);
    simulator.run(1000, [], none);
    expect(simulator.weights()[0]).toBe(1);
    expect(simulator.synapses('synapse', 'c')[0]).toBeGreaterThan(0);
  });

  it('of a cell leave no synapse to it or from it, release nothing, and let no body read it', () => {
    const network = randomNetwork('7');
    const cells = network.populations.reduce((sum, { count }) => sum + count, 0);
    const read = { ...network, outputs: [{ ...network.outputs[0]!, cells: Int32Array.of(0, 1) }] };
    let [lost, first] = [0, 0];
    for (const { name, count } of network.populations) {
      const without = ablate(read, { what: 'cell', cell: first });
      checkNetwork(without);
      for (const [i, projection] of without.projections.entries()) {
        const { from, to, rowStart, post, weight, delayMs } = projection;
        const all = network.projections[i]!;
        lost += all.post.length - post.length;
        if (from === name) expect(rowStart[1]).toBe(0);
        if (to === name) expect([...post]).not.toContain(0);
        expect([rowStart.length, rowStart.at(-1), weight.length]).toEqual([
          all.rowStart.length,
          post.length,
          post.length,
        ]);
        if (typeof delayMs !== 'number') expect(delayMs.length).toBe(post.length);
        // What is left is in the order in which it was.
        expect([...all.weight].filter((of) => weight.includes(of))).toEqual([...weight]);
      }
      expect(without.outputs[0]!.cells.includes(first)).toBe(false);
      for (const { releasedBy = [] } of Object.values(without.modulators)) {
        for (const { population, cells: sources } of releasedBy) {
          if (population === name) expect([...sources!]).not.toContain(0);
        }
      }
      for (const Engine of [ReferenceSimulator, CompiledSimulator]) {
        new Engine(without).run(20, [0, 0], new Float64Array(without.outputs.length));
      }
      first += count;
    }
    expect(lost).toBeGreaterThan(0);
    expect(() => ablate(network, { what: 'cell', cell: cells })).toThrow(/the network has/);
  });
});
