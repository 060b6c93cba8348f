import { describe, expect, it } from 'vitest';
import type { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { genomeSpace } from '../../src/genome/space.js';
import { loadGenomeSpec } from '../../src/genome/spec.js';
import { deriveSeed } from '../../src/math/seed.js';
import { kindValues, spreadKinds } from '../../src/network/model/kinds.js';
import { sharedParameters } from '../../src/network/model/named-parameters.js';
import { distalRewardNetwork } from '../../src/tasks/distal-reward/circuit.js';
import { runnerIn } from '../evaluate/runner-in.js';

const embodied = distalRewardNetwork({
  cells: 50,
  targets: 5,
  weight: 1,
  bound: 4,
  inhibition: 1,
  longestDelayMs: 1,
  tauDopamineMs: 200,
  excitatory: { RS: 0.75, CH: 0.25 },
  inhibitory: { FS: 1, AC: 0 },
  regularD: 8,
  structure: 1,
});
const ground = {
  synapseNames: [],
  weights: embodied.start,
  parameters: sharedParameters(embodied),
  populations: embodied.network.populations,
};
const group = { scale: 'linear', step: 1, start: 'network' } as const;
const spec = (genes: object[]) =>
  loadGenomeSpec({ format: 'genome-spec/1', name: 'kinds', about: '', genes }, 'test');
const shares = {
  ...group,
  quantity: 'kind-share',
  population: 'excitatory',
  kinds: ['RS', 'CH'],
  range: [0, 1],
  prior: [0, 1],
};
const ofKinds = (names: unknown[]) => ({
  ...group,
  quantity: 'parameter',
  names,
  unit: 'mV',
  range: [-80, 20],
  prior: [-70, -50],
});

describe('kinds of cells', () => {
  it('are spread evenly by their shares', () => {
    expect([...spreadKinds([0.5, 0.25, 0.25], 8)].toSorted()).toEqual([0, 0, 0, 0, 1, 1, 2, 2]);
    const many = spreadKinds([3, 1], 1000);
    for (let from = 0; from < 1000; from += 100) {
      expect(many.subarray(from, from + 100).filter((kind) => kind === 1).length).toBe(25);
    }
    expect(spreadKinds([1, 0], 9).every((kind) => kind === 0)).toBe(true);
    expect([...kindValues({ parameters: { A: { x: 1 }, B: { x: 2 } }, of: Int32Array.of(1, 0) }).x!]).toEqual(
      [2, 1],
    );
  });

  it('evolve: shares decide which cells are which, and kinds what they are', () => {
    const space = genomeSpace(spec([shares, ofKinds(['excitatory[CH].c'])]), ground);
    expect([...space.start]).toEqual([0.75, 0.25, -50]);
    expect(space.nameOf(1)).toBe('excitatory[CH] share');
    const values = space.parametersOf(Float64Array.of(0.5, 0.5, -48));
    const c = values['excitatory.c'] as Float64Array;
    expect(c.length).toBe(40);
    expect(c.filter((value) => value === -48).length).toBe(20);
    expect(c.filter((value) => value === -65).length).toBe(20);
    const d = values['excitatory.d'] as Float64Array;
    expect(c.every((value, cell) => (value === -48) === (d[cell] === 2))).toBe(true);
  });

  it('leave alone what no gene changes', () => {
    const space = genomeSpace(spec([ofKinds(['excitatory[RS].c'])]), ground);
    expect(Object.keys(space.parametersOf(Float64Array.of(-60)))).toEqual(['excitatory.c']);
  });

  it.each([
    [[{ ...shares, kinds: ['RS', 'IB'] }], /no kind "IB" in "excitatory"/],
    [[{ ...shares, population: 'excitatori' }], /Did you mean "excitatory"/],
    [[ofKinds(['excitatory[RS].q'])], /"excitatory\[RS\]\.q" is not a parameter/],
    [[ofKinds([['excitatory[RS].c', 'excitatory[CH].c']])], /one gene for .* start at -65, -50/],
  ])('%# are refused where the network has no such', (genes, message) => {
    expect(() => genomeSpace(spec(genes), ground)).toThrow(message);
  });

  it('share a gene where several names are listed together', () => {
    const space = genomeSpace(
      spec([{ ...ofKinds([['E->E.aPlus', 'E->I.aPlus']]), range: [0, 1], prior: [0, 1] }]),
      ground,
    );
    expect(space.genes).toBe(1);
    expect(space.parametersOf(Float64Array.of(0.3))).toEqual({ 'E->E.aPlus': 0.3, 'E->I.aPlus': 0.3 });
  });

  it('and one parameter is never set by two genes', () => {
    expect(() => spec([ofKinds(['excitatory[RS].c']), ofKinds(['excitatory[RS].c'])])).toThrow(
      /excitatory\[RS\]\.c/,
    );
  });
});

describe('parameters of single synapses', () => {
  const abcd = '{"rule":"abcd","parameters":{"wMax":3},"perSynapse":["A"]}';
  const resolved = (...set: string[]) =>
    resolveRun({
      task: 'patch-foraging',
      connectome: 'c-elegans-cook-2019',
      set: ['network.cell=izhikevich', 'task.steps=6', ...set],
      file: {
        path: 'test',
        value: {
          genome: {
            format: 'genome-spec/1',
            name: 'each',
            about: '',
            genes: [
              {
                quantity: 'synapse-parameter',
                name: 'inhibition of neurons.A',
                unit: '1',
                range: [-2, 2],
                step: 0.1,
                prior: [-1, 1],
              },
            ],
          },
        },
      },
    });

  it('evolve, one gene each, and reach the synapses that they name', async () => {
    const { habitat } = await resolved(`network.plasticity=${abcd}`);
    const { space, embodied, setup } = habitat;
    const projection = embodied.network.projections.find(({ name }) => name === 'inhibition of neurons')!;
    expect(space.genes).toBe(projection.post.length);
    expect(space.start.every((value) => value === 1)).toBe(true);
    const genome = space.start.map((_, gene) => gene / space.genes);
    const values = space.parametersOf(genome)['inhibition of neurons.A'] as Float64Array;
    expect([...values]).toEqual([...genome]);
    const [compiled, reference] = [
      await runnerIn({ ...setup, engine: 'f64' }),
      await runnerIn({ ...setup, engine: 'reference' }),
    ].map((runner) => runner.live(genome, deriveSeed('each'), 1));
    expect(compiled!.score).toBeCloseTo(reference!.score, 6);
  });

  it('are refused where the rule has one value for all', async () => {
    const refused = (setting: string) => expect(resolved(setting)).rejects;
    await refused('network.plasticity={"rule":"abcd"}').toThrow(/see network\.plasticity\.perSynapse/);
    await refused('network.plasticity={"rule":"abcd","perSynapse":["a"]}').toThrow(/no parameter "a"/);
    await refused('network.plasticity={"rule":"abcd","perSynapse":["A","wMax"]}').toThrow(
      /"wMax" is one value for all synapses/,
    );
  });
});

describe('delays', () => {
  it('evolve where a network says how long they may become', async () => {
    const { habitat } = await resolveRun({
      task: 'patch-foraging',
      connectome: 'c-elegans-cook-2019',
      genome: 'worm-delays',
      set: [
        'network.cell=izhikevich',
        'network.longestDelayMs=20',
        'network.plasticity={"rule":"pair-stdp","parameters":{"wMax":5}}',
        'task.steps=6',
      ],
    });
    const runner = await runnerIn({ ...habitat.setup, engine: 'f64' });
    const reference = await runnerIn({ ...habitat.setup, engine: 'reference' });
    const spikes = (of: LifetimeRunner, ...genome: number[]) => {
      const controller = of.embody(Float64Array.from(genome));
      const { task } = of.habitat;
      task.live(task.scenarios[0]!, deriveSeed('delays'), controller);
      return [...controller.network!.spikeCounts()];
    };
    expect(spikes(runner, 0, 0, 0)).not.toEqual(spikes(runner, 7, 3, 0));
    expect(spikes(runner, 7, 3, 0)).toEqual(spikes(reference, 7, 3, 0));
    expect(() => runner.embody(Float64Array.of(7, Number.NaN, 0))).toThrow(/delayMs is NaN/);
  });
});
