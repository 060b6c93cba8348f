import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Habitat } from '../../src/evaluate/habitat.js';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import type { Life } from '../../src/evolve/evaluators/evaluator.js';
import { inProcessEvaluator } from '../../src/evolve/evaluators/in-process.js';
import { poolHost } from '../../src/evolve/evaluators/pool.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { RandomStream } from '../../src/math/random.js';
import { cellModels } from '../../src/network/cells/table.js';
import { formatModelFile } from '../../src/network/files/model-file.js';
import { runnerIn } from './runner-in.js';

/** Foraging on cells of a model, for a few steps of the world. */
async function habitatFor(set: readonly string[], genome = 'weights-and-scales'): Promise<Habitat> {
  return (await resolveRun({ connectome: 'c-elegans-cook-2019', genome, set })).habitat;
}

const kinds = {
  leaky: ['network.cell=leaky-integrate-and-fire', 'network.synapseScale=0.06'],
  izhikevich: ['network.cell=izhikevich'],
  graded: ['network.cell=graded', 'network.parameters={"vHalf":-40,"rise":0.02}'],
} as const;

/** Neighbours of the animal, the animal first. */
function genomesOf({ space }: Habitat, count: number): Float64Array[] {
  const random = RandomStream.from('modelled');
  return Array.from({ length: count }, (_, i) => {
    const genome = Float64Array.from(space.start);
    if (i === 0) return genome;
    for (const gene of random.sample(space.genes, 300)) {
      genome[gene] = random.uniformIn(space.priorLow[gene]!, space.priorHigh[gene]!);
    }
    return genome;
  });
}

const close: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of close) await end();
});

describe('cells of any model on a connectome', () => {
  it.each(Object.entries(kinds))('live the same in the reference simulator: %s', async (_, set) => {
    const habitat = await habitatFor([
      ...set,
      'task.steps=12',
      'network.controlMs=10',
      'network.precision=f64',
    ]);
    const [genome, other] = genomesOf(habitat, 2);
    const compiled = new LifetimeRunner(habitat);
    const reference = await runnerIn({ ...habitat.setup, engine: 'reference' });
    for (const one of [genome!, other!])
      expect(compiled.live(one, 'ab', 1)).toEqual(reference.live(one, 'ab', 1));
  });

  it.each(
    Object.entries(kinds),
  )('live a life the same first, last and on another worker: %s', async (_, set) => {
    const habitat = await habitatFor([...set, 'task.steps=150', 'network.controlMs=20']);
    const lives: Life[] = genomesOf(habitat, 7).map((genome, i) => ({
      genome,
      seed: `seed ${i}`,
      repeats: 1,
    }));
    const own = inProcessEvaluator(habitat);
    const expected = await own.evaluate(lives);
    expect(await own.evaluate([...lives].reverse())).toEqual([...expected].reverse());
    const host = poolHost({ workers: 2 });
    close.push(() => host.close());
    expect(await host.evaluatorOf(habitat).evaluate(lives)).toEqual(expected);
    // Lives that are all alike would agree about anything.
    expect(new Set(expected.map(({ score }) => score)).size).toBeGreaterThan(2);
  });

  it('move with what a genome says of the network and of the body', async () => {
    const habitat = await habitatFor(kinds.izhikevich);
    const { space } = habitat;
    const runner = new LifetimeRunner(habitat);
    const names = Array.from({ length: space.genes }, (_, gene) => space.nameOf(gene));
    const score = (change: Record<string, number>) => {
      const genome = Float64Array.from(space.start);
      for (const [name, factor] of Object.entries(change)) genome[names.indexOf(name)]! += Math.log(factor);
      return runner.live(genome, 'ab', 1).score;
    };
    const before = score({});
    for (const name of names.slice(-6)) {
      // The network is silent where its senses are, so speed alone shows that gap junctions and gains were heard.
      expect(score({ [name]: 20 }), name).not.toBe(before);
    }
    expect(score({})).toBe(before);
  });

  it('give groups of cells parameters of their own', async () => {
    const { embodied } = await habitatFor([
      'network.cell=izhikevich',
      'network.groups=[{"classes":["AVA"],"type":"FS"},{"roles":"m","parameters":{"d":3}}]',
    ]);
    const { network } = embodied;
    const [neurons] = network.populations;
    const { d, a } = neurons!.parameters as { d: Float64Array; a: Float64Array };
    const fast = [...a.keys()].filter((cell) => a[cell] === 0.1);
    expect(fast).toHaveLength(2);
    expect(new Set(d)).toEqual(new Set([8, 3, 2]));
  });

  it.each([
    ['network.cell=izhikevitch', /Unknown cell model "izhikevitch".*Did you mean "izhikevich"/],
    ['network.cell=own', /network\.model: the description of a cell goes with network\.cell "own"/],
    ['network.cell=muscle', /network\.cell: "muscle" neither fires nor has a state s/],
    ['network.threshold=-1', /network\.threshold: expected a number of at least 0/],
  ])('refuses %s', async (set, message) => {
    await expect(habitatFor([set])).rejects.toThrow(message);
  });

  it('names what a model does not have', async () => {
    const refused = (set: string) => expect(habitatFor(['network.cell=izhikevich', set])).rejects;
    await refused('network.type=FT').toThrow(/network\.type: "izhikevich" has no type "FT"/);
    await refused('network.parameters={"e":1}').toThrow(
      /network\.parameters: "izhikevich" has no parameter "e"/,
    );
    await refused('network.groups=[{"roles":"s","type":"FT"}]').toThrow(/network\.groups\[0\]\.type/);
  });

  it('may be of a model of one’s own, which the run then holds in full', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'own-cell-'));
    const file = join(folder, 'mine.json');
    const own = { ...cellModels['leaky-integrate-and-fire'], name: 'mine', protocols: {} };
    writeFileSync(file, formatModelFile(own, 'cell'));
    const set = ['network.synapseScale=0.06', 'task.steps=40'];
    const mine = await habitatFor([`network.cell=${file}`, ...set]);
    rmSync(folder, { recursive: true });
    expect(mine.setup.network).toMatchObject({ cell: 'own', model: { name: 'mine' } });
    const known = await habitatFor(['network.cell=leaky-integrate-and-fire', ...set]);
    const [genome] = genomesOf(known, 1);
    const life = (habitat: Habitat) => new LifetimeRunner(habitat).live(genome!, 'ab', 1);
    expect(life(mine)).toEqual(life(known));
  });

  it('fail where the network broke down, and are not scored', async () => {
    const habitat = await habitatFor(['network.cell=hodgkin-huxley', 'network.dtMs=1', 'task.steps=150']);
    const [genome] = genomesOf(habitat, 1);
    expect(new LifetimeRunner(habitat).live(genome!, 'ab', 1)).toMatchObject({ status: 'failed' });
  });

  it.each(
    'hebb bcm abcd nearest-stdp symmetric-stdp triplet-stdp six-number-pair inhibitory-stdp td-stdp exploratory-hebb'.split(
      ' ',
    ),
  )('live at the default step where they learn by %s', async (rule) => {
    const habitat = await habitatFor(
      [
        'network.cell=izhikevich',
        `network.plasticity={"rule":"${rule}"}`,
        'network.modulation={}',
        'task.steps=60',
      ],
      'weights-log',
    );
    expect(new LifetimeRunner(habitat).live(habitat.space.start, 'ab', 1).status).toBe('ok');
  });

  it('refuse parameters outside the range of the model', async () => {
    await expect(habitatFor(['network.cell=izhikevich', 'network.parameters={"a":-5}'])).rejects.toThrow(
      /network\.parameters\.a: expected 1\/ms in \[.*found -5/,
    );
  });
});
