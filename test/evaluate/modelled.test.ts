import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LifetimeRunner, type LifetimeSetup } from '../../src/evaluate/lifetime.js';
import { inProcessEvaluator, type Life } from '../../src/evolve/evaluator.js';
import { poolEvaluator } from '../../src/evolve/pool.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { setupOf } from '../../src/evolve/run-spec.js';
import { RandomStream } from '../../src/math/random.js';
import { cellModels } from '../../src/network/cells/table.js';
import { formatModelFile } from '../../src/network/files/model-file.js';

/** Foraging on cells of a model, for a few steps of the world. */
function setupFor(set: readonly string[], genome = 'weights-and-scales'): LifetimeSetup {
  const { spec, connectome } = resolveRun({ connectome: 'c-elegans-cook-2019', genome, set });
  return setupOf(spec, connectome);
}

const kinds = {
  leaky: ['network.cell=leaky-integrate-and-fire', 'network.synapseScale=0.06'],
  izhikevich: ['network.cell=izhikevich'],
  graded: ['network.cell=graded', 'network.parameters={"vHalf":-40,"rise":0.02}'],
} as const;

/** Neighbours of the animal, the animal first. */
function genomesOf(setup: LifetimeSetup, count: number): Float64Array[] {
  const { space } = new LifetimeRunner(setup);
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
  it.each(Object.entries(kinds))('live the same in the reference simulator: %s', (_, set) => {
    const setup = setupFor([...set, 'task.steps=12', 'network.controlMs=10', 'network.precision=f64']);
    const [genome, other] = genomesOf(setup, 2);
    const compiled = new LifetimeRunner(setup);
    const reference = new LifetimeRunner({ ...setup, engine: 'reference' });
    for (const one of [genome!, other!])
      expect(compiled.live(one, 'ab', 1)).toEqual(reference.live(one, 'ab', 1));
  });

  it.each(
    Object.entries(kinds),
  )('live a life the same first, last and on another worker: %s', async (_, set) => {
    const setup = setupFor([...set, 'task.steps=150', 'network.controlMs=20']);
    const lives: Life[] = genomesOf(setup, 7).map((genome, i) => ({ genome, seed: `seed ${i}`, repeats: 1 }));
    const own = inProcessEvaluator(setup);
    const expected = await own.evaluate(lives);
    expect(await own.evaluate([...lives].reverse())).toEqual([...expected].reverse());
    const pool = poolEvaluator(setup, { workers: 2 });
    close.push(() => pool.close());
    expect(await pool.evaluate(lives)).toEqual(expected);
    // Lives that are all alike would agree about anything.
    expect(new Set(expected.map(({ score }) => score)).size).toBeGreaterThan(2);
  });

  it('move with what a genome says of the network and of the body', () => {
    const setup = setupFor(kinds.izhikevich);
    const runner = new LifetimeRunner(setup);
    const names = Array.from({ length: runner.space.genes }, (_, gene) => runner.space.nameOf(gene));
    const score = (change: Record<string, number>) => {
      const genome = Float64Array.from(runner.space.start);
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

  it('give groups of cells parameters of their own', () => {
    const { network } = new LifetimeRunner(
      setupFor([
        'network.cell=izhikevich',
        'network.groups=[{"classes":["AVA"],"type":"FS"},{"roles":"m","parameters":{"d":3}}]',
      ]),
    ).embodied;
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
  ])('refuses %s', (set, message) => {
    expect(() => setupFor([set])).toThrow(message);
  });

  it('names what a model does not have', () => {
    const refused = (set: string) => () => setupFor(['network.cell=izhikevich', set]);
    expect(refused('network.type=FT')).toThrow(/network\.type: "izhikevich" has no type "FT"/);
    expect(refused('network.parameters={"e":1}')).toThrow(
      /network\.parameters: "izhikevich" has no parameter "e"/,
    );
    expect(refused('network.groups=[{"roles":"s","type":"FT"}]')).toThrow(/network\.groups\[0\]\.type/);
  });

  it('may be of a model of one’s own, which the run then holds in full', () => {
    const folder = mkdtempSync(join(tmpdir(), 'own-cell-'));
    const file = join(folder, 'mine.json');
    const own = { ...cellModels['leaky-integrate-and-fire'], name: 'mine', protocols: {} };
    writeFileSync(file, formatModelFile(own, 'cell'));
    const set = ['network.synapseScale=0.06', 'task.steps=40'];
    const mine = setupFor([`network.cell=${file}`, ...set]);
    rmSync(folder, { recursive: true });
    expect(mine.network).toMatchObject({ cell: 'own', model: { name: 'mine' } });
    const known = setupFor(['network.cell=leaky-integrate-and-fire', ...set]);
    const [genome] = genomesOf(known, 1);
    const life = (setup: LifetimeSetup) => new LifetimeRunner(setup).live(genome!, 'ab', 1);
    expect(life(mine)).toEqual(life(known));
  });

  it('fail where the network broke down, and are not scored', () => {
    const setup = setupFor([
      'network.cell=izhikevich',
      'network.dtMs=5',
      'network.synapseScale=50',
      'task.steps=150',
    ]);
    const [genome] = genomesOf(setup, 1);
    expect(new LifetimeRunner(setup).live(genome!, 'ab', 1)).toMatchObject({ status: 'failed' });
  });

  it('refuse parameters outside the range of the model', () => {
    expect(() => setupFor(['network.cell=izhikevich', 'network.parameters={"a":-5}'])).toThrow(
      /network\.parameters\.a: expected 1\/ms in \[.*found -5/,
    );
  });
});
