import { beforeAll, describe, expect, it } from 'vitest';
import { type Connectome, signedWeights } from '../../src/connectome/connectome.js';
import { connectomeFromTable, loadConnectome } from '../../src/connectome/load.js';
import { classPairs } from '../../src/genome/class-pairs.js';
import { type GenomeSpace, genomeSpace } from '../../src/genome/space.js';
import { loadGenomeSpec } from '../../src/genome/spec.js';
import { RandomStream } from '../../src/math/random.js';
import { smallTable } from '../connectome/small-table.js';
import { runnerIn } from '../evaluate/runner-in.js';
import { type SpecChange, specOf } from './spec-of.js';

const byClass: SpecChange = {
  grouping: 'class-pair',
  unit: "animal's weight",
  range: [-10, 10],
  prior: [-5, 5],
};

let worm: Connectome;
let animal: Float64Array;
let space: GenomeSpace;

beforeAll(() => {
  worm = loadConnectome('c-elegans-openworm');
  animal = signedWeights(worm);
  space = genomeSpace(loadGenomeSpec('weights-by-class', 'test'), { connectome: worm, weights: animal });
});

const synapse = (pre: string, post: string) =>
  worm.chemical.pre.findIndex(
    (from, k) => worm.cells.ids[from] === pre && worm.cells.ids[worm.chemical.post[k]!] === post,
  );
const nameOf = (pre: string, post: string) => space.nameOf(space.geneOf(synapse(pre, post))!);

describe('weights by class pair', () => {
  it('starts at exactly the weights of the animal', async () => {
    expect([...space.decode(space.start)]).toEqual([...animal]);
    expect(new Set(space.start)).toEqual(new Set([1]));
    const runner = await runnerIn({
      connectome: worm,
      genome: loadGenomeSpec('weights-by-class', 'test'),
      network: { cell: 'accumulate-and-fire', threshold: 30 },
      task: { name: 'foraging', patterns: 'square' },
    } as never);
    expect(runner.live(runner.habitat.space.start, 'any', 1).score).toBeCloseTo(153.742, 3);
  });

  it('has far fewer genes than synapses, each with a name of its own and at least one synapse', () => {
    expect(space.genes).toBe(1834);
    const names = Array.from({ length: space.genes }, (_, gene) => space.nameOf(gene));
    expect(new Set(names).size).toBe(space.genes);
    expect(new Set(Array.from(animal, (_, k) => space.geneOf(k))).size).toBe(space.genes);
  });

  it('ties mirror images, and keeps one side and across apart', () => {
    expect(nameOf('AVAL', 'AVAR')).toBe('AVA->AVA across');
    const mirror = (id: string) => id.replace(/[LR](?=\d*$)/, (side) => (side === 'L' ? 'R' : 'L'));
    let mirrored = 0;
    for (let k = 0; k < animal.length; k++) {
      const ends = [worm.chemical.pre[k]!, worm.chemical.post[k]!].map((cell) => worm.cells.ids[cell]!);
      const [pre, post] = ends.map(mirror);
      if (pre === ends[0] || post === ends[1]) continue;
      const other = synapse(pre!, post!);
      if (other < 0) continue;
      mirrored += 1;
      expect(space.geneOf(other), ends.join()).toBe(space.geneOf(k));
    }
    expect(mirrored).toBeGreaterThan(500);
  });

  it('ties a muscle with its mirror image alone', () => {
    const members = new Map<string, Set<string>>();
    for (let k = 0; k < animal.length; k++) {
      const post = worm.chemical.post[k]!;
      if (worm.cells.kinds[post] !== 'm') continue;
      const target = space.nameOf(space.geneOf(k)!).split('->')[1]!.split(' ')[0]!;
      members.set(target, (members.get(target) ?? new Set()).add(worm.cells.ids[post]!));
    }
    expect([...members.get('MD07')!].sort()).toEqual(['MDL07', 'MDR07']);
    for (const ids of members.values()) expect(ids.size).toBeLessThanOrEqual(2);
  });

  it('multiplies each weight by its gene', () => {
    const stream = RandomStream.from('class pairs');
    const genome = space.start.map(() => stream.uniformIn(-5, 5));
    const network = space.decode(genome);
    animal.forEach((weight, k) => {
      expect(network[k]! - genome[space.geneOf(k)!]! * weight).toBe(0);
    });
  });

  it('locks the sign of the factors', () => {
    const locked = genomeSpace(specOf({ ...byClass, signLock: true }), { connectome: worm, weights: animal });
    expect(Math.min(...locked.low)).toBe(0);
    const logarithmic = genomeSpace(specOf({ ...byClass, range: [0.1, 10], prior: [0.5, 2], scale: 'log' }), {
      connectome: worm,
      weights: animal,
    });
    expect(new Set(logarithmic.start)).toEqual(new Set([0]));
    expect([...logarithmic.decode(logarithmic.start)]).toEqual([...animal]);
  });

  it('gives cells without a side one gene, and those on a side two', () => {
    expect(classPairs(connectomeFromTable(smallTable(), 'small')).names).toEqual([
      'A->A across',
      'A->B',
      'B->M1',
    ]);
  });
});
