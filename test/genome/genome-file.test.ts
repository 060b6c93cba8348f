import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedWeights } from '../../src/connectome/connectome.js';
import { connectomeFromTable, loadConnectome } from '../../src/connectome/load.js';
import {
  formatGenomeFile,
  type GenomeFile,
  genomeHash,
  genomeOf,
  readGenomeFile,
} from '../../src/genome/genome-file.js';
import { quantities } from '../../src/genome/quantities/table.js';
import { genomeSpace, spaceOf } from '../../src/genome/space.js';
import { pairStdp } from '../../src/network/plasticity/pair-stdp.js';
import { UsageError } from '../../src/spec/errors.js';
import { smallTable } from '../connectome/small-table.js';
import { integerGenes } from './integer-genes.js';
import { specOf } from './spec-of.js';

const connectome = connectomeFromTable(smallTable(), 'small');
const spec = specOf();
const space = genomeSpace(spec, { connectome, weights: signedWeights(connectome) });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'genome-file-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function read(text: string): GenomeFile {
  const path = join(folder, 'genome.json');
  writeFileSync(path, text);
  return readGenomeFile(path);
}

const made = { network: { cell: 'accumulate-and-fire', threshold: 30 }, task: { name: 'foraging' } };
const format = (genome: Float64Array) =>
  formatGenomeFile(genome, space, { genome: spec, ...made }, connectome);

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  return 'accepted';
}

describe('genomeHash', () => {
  it('is SHA-256 of little-endian float64 values, for ever', () => {
    expect(genomeHash(Float64Array.of(0, 1, -2.5, 1e-300))).toBe(
      'fca36ebb29073d5154f438cc8e8f3c04d1e73826d12b6fe306d0c1757bf8dd5b',
    );
    expect(genomeHash(new Float64Array())).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  it('sees the last bit and the order, but not the sign of zero', () => {
    const hash = genomeHash(Float64Array.of(1, 2));
    expect(genomeHash(Float64Array.of(1, 2 + 2 ** -51))).not.toBe(hash);
    expect(genomeHash(Float64Array.of(2, 1))).not.toBe(hash);
    expect(genomeHash(Float64Array.of(-0))).toBe(genomeHash(Float64Array.of(0)));
  });
});

describe('genome file', () => {
  const changed = Float64Array.of(2, -7.25, -3, 0.1);

  it('holds what differs from the start, one gene a line', () => {
    const text = format(changed);
    expect(text).toContain('\n    ["AL->B",0,-7.25],\n    ["B->M1",0,0.1]\n');
    expect(JSON.parse(text)).toEqual({
      format: 'baldwin-genome/1',
      connectome: { id: 'small', hash: connectome.hash },
      genomeSpec: spec,
      ...made,
      genes: 4,
      unit: 'connections',
      hash: genomeHash(changed),
      changes: [
        ['AL->B', 0, -7.25],
        ['B->M1', 0, 0.1],
      ],
      values: [
        ['AL->B', -7.25],
        ['B->M1', 0.1],
      ],
    });
  });

  it('gives back every genome, to the bit', () => {
    const gene = fc.oneof(
      fc.double({ min: -40, max: 40, noNaN: true }),
      fc.constantFrom(0, -0, -40, 40, Number.MIN_VALUE, 0.1 + 0.2),
    );
    fc.assert(
      fc.property(fc.array(gene, { minLength: 4, maxLength: 4 }), (values) => {
        const genome = Float64Array.from(values);
        const again = genomeOf(read(format(genome)), space, connectome, 'file');
        expect([...again].map((value) => value + 0)).toStrictEqual(values.map((value) => value + 0));
        expect(format(again)).toBe(format(genome));
      }),
      { seed: 61, numRuns: 200 },
    );
  });

  it('of the start holds no changes', () => {
    const file = read(format(space.start));
    expect(file.changes).toEqual([]);
    expect(genomeOf(file, space, connectome, 'file')).toStrictEqual(space.start);
    expect(genomeOf(file, space, connectome, 'file')).not.toBe(space.start);
  });

  it('gives back a genome of the whole worm on a log scale', () => {
    const worm = loadConnectome('c-elegans-openworm');
    const weights = signedWeights(worm).map((weight) => Math.abs(weight) + 0.5);
    const logSpec = specOf({ scale: 'log', range: [0.1, 90], prior: [1, 20] });
    const large = genomeSpace(logSpec, { connectome: worm, weights });
    const genome = large.start.map((value, gene) =>
      gene % 7 === 0 ? (value + large.low[gene]!) / 2 : value,
    );
    const again = genomeOf(
      read(formatGenomeFile(genome, large, { genome: logSpec, ...made }, worm)),
      large,
      worm,
      'file',
    );
    expect(again).toStrictEqual(genome);
  });

  let file: GenomeFile;
  beforeAll(() => {
    file = read(format(changed));
  });
  const refused = (change: Partial<GenomeFile>) => {
    const { values: _, ...older } = file;
    return refusal(() => genomeOf({ ...older, ...change } as GenomeFile, space, connectome, 'my.json'));
  };

  it('is refused on another connectome', () => {
    const message = refused({ connectome: { id: 'small', hash: 'f'.repeat(64) } });
    expect(message).toBe(
      `my.json: connectome.hash: expected ${'f'.repeat(64)}, found ${connectome.hash}. ` +
        'The genome was made on another connectome.',
    );
  });

  it('is refused with another number of genes', () => {
    expect(refused({ genes: 5 })).toBe(
      'my.json: genes: expected 4, found 5. The genome was made with another genome spec.',
    );
  });

  it('is refused with an unknown gene, and the nearest are named', () => {
    expect(refused({ changes: [file.changes[0]!, ['B->M', 0, 1]] })).toMatch(
      /^my\.json: changes\[1\]: unknown gene "B->M"\. Did you mean "B->M1"/,
    );
    // A name that every object has is no gene either.
    expect(refused({ changes: [['constructor', 0, 1]] })).toContain('unknown gene "constructor"');
  });

  it('is refused with another start', () => {
    expect(refused({ changes: [['AL->AR', 3, 1]] })).toBe(
      'my.json: changes[0][1]: expected 2, found 3. The genome was made with a genome spec that starts elsewhere.',
    );
  });

  it.each([-40.001, 40.001])('is refused with a value out of range: %d', (value) => {
    expect(refused({ changes: [['AL->AR', 2, value]] })).toBe(
      `my.json: changes[0][2]: expected a value in [-40, 40], found ${value}. ` +
        'Widen the range of the genome spec or correct the value.',
    );
  });

  it('is refused when its hash is not that of its values', () => {
    const hash = genomeHash(Float64Array.of(2, -7.25, -3, 0.2));
    const edited: GenomeFile['changes'] = [file.changes[0]!, ['B->M1', 0, 0.2]];
    const message = refused({ changes: edited });
    expect(message).toContain(`my.json: hash: expected ${hash}, found ${file.hash}.`);
    expect(refused({ changes: edited, hash })).toBe('accepted');
    expect(refused({ changes: [file.changes[0]!] })).toContain('my.json: hash: expected');
  });

  it.each([
    [
      'format',
      { format: 'baldwin-genome/3' },
      'format: expected one of "baldwin-genome/1", "baldwin-genome/2", found "baldwin-genome/3"',
    ],
    ['hash', { hash: undefined }, 'hash: expected a string, found nothing'],
    ['genes', { genes: 0 }, 'genes: expected a number of at least 1, found 0'],
    ['changes', { changes: [['AL->AR', 2, null]] }, 'changes[0][2]: expected a number, found null'],
    ['changes', { changes: [['AL->AR', 2]] }, 'changes[0]'],
    ['spec', { genomeSpec: { ...spec, genes: [] } }, 'genomeSpec.genes: expected at least 1 item(s)'],
    ['champion', { champion: 1 }, 'champion: unknown field.'],
  ])('is refused with a fault in %s', (_, change, expected) => {
    const message = refusal(() => read(JSON.stringify({ ...file, ...change })));
    expect(message).toContain(`${join(folder, 'genome.json')}: not a valid genome file.`);
    expect(message).toContain(expected);
  });
});

describe('values in a genome file', () => {
  const weights = signedWeights(connectome).map((weight) => Math.abs(weight) + 0.5);
  const logSpec = specOf({ scale: 'log', range: [0.1, 90], prior: [1, 20] });
  const logSpace = genomeSpace(logSpec, { connectome, weights });
  const genome = Float64Array.from(logSpace.start);
  genome[1] = Math.log(4);
  const written = () => read(formatGenomeFile(genome, logSpace, { genome: logSpec, ...made }, connectome));
  const refused = (values: GenomeFile['values']) =>
    refusal(() => genomeOf({ ...written(), values } as GenomeFile, logSpace, connectome, 'my.json'));

  it('are in the unit of the gene, beside coordinates that are logarithms', () => {
    const [[name, value]] = written().values as [[string, number]];
    expect(name).toBe('AL->B');
    expect(value).toBeCloseTo(4, 12);
    expect(written().changes[0]![2]).toBe(genome[1]);
  });

  it('may be rounded, or left out as in older files', () => {
    expect(refused([['AL->B', 4]])).toBe('accepted');
    expect(refused(undefined)).toBe('accepted');
  });

  it('are refused where they contradict the changes', () => {
    expect(refused([['AL->B', 4.1]])).toMatch(
      /^my\.json: values\[0\]\[1\]: expected 4, which changes\[0\] means, found 4\.1\. Correct one/,
    );
    expect(refused([['AL->AR', 4]])).toContain(
      'values[0][0]: expected "AL->B", as in changes[0], found "AL->AR"',
    );
    expect(refused([])).toContain('values: expected one of each of the 1 changes, found 0');
  });
});

describe('genome file of whole numbers and rules', () => {
  const [weightGenes] = specOf().genes;
  const ground = { connectome, weights: signedWeights(connectome) };
  const rules = (genome: Readonly<Float64Array>, first: number) => ({
    learn: { ...pairStdp, name: `rule ${genome[first]} ${genome[first + 1]}` },
  });
  const mixed = spaceOf(
    [
      quantities['synapse-weight'].lay(weightGenes as never, ground, 'test'),
      integerGenes('form', [3, 5], rules),
    ],
    ground,
  );
  const genome = Float64Array.from(mixed.start);
  genome[1] = -7.25;
  genome[5] = 4;
  const text = () => formatGenomeFile(genome, mixed, { genome: spec, ...made }, connectome);
  type Second = Extract<GenomeFile, { format: 'baldwin-genome/2' }>;
  const refused = (change: object) =>
    refusal(() => genomeOf({ ...read(text()), ...change } as GenomeFile, mixed, connectome, 'my.json'));

  it('says so by its format, and holds levels and rules', () => {
    const file = read(text()) as Second;
    expect(file.format).toBe('baldwin-genome/2');
    expect(file.levels).toEqual([
      ['form 0', 3],
      ['form 1', 5],
    ]);
    expect(file.rules).toEqual({ learn: { format: 'plasticity-rule/1', ...pairStdp, name: 'rule 0 4' } });
    expect(genomeOf(file, mixed, connectome, 'file')).toEqual(genome);
  });

  it('is refused with part of a level, or one that there is not', () => {
    const change = (level: number) => ({ changes: [['form 1', 0, level]], values: undefined });
    expect(refused(change(2.5))).toContain('changes[0][2]: expected a whole number in [0, 4], found 2.5');
    expect(refused(change(5))).toContain('changes[0][2]: expected a whole number in [0, 4], found 5');
  });

  it('is refused where levels or rules are not those of its genome', () => {
    expect(refused({ levels: [['form 0', 3]] })).toContain(
      'my.json: levels: expected [["form 0",3],["form 1",5]]',
    );
    const { rules } = read(text()) as Second;
    const learn = { ...rules.learn!, onPost: ['w += 2*aPlus*x'] };
    expect(refused({ rules: { learn } })).toContain('my.json: rules: expected {"learn":');
    const broken = { ...JSON.parse(text()), rules: { learn: { ...rules.learn, bounds: 3 } } };
    expect(refusal(() => read(JSON.stringify(broken)))).toContain('rules.learn.bounds: expected an object');
  });

  it('is refused as the first format, and a genome without such genes as the second', () => {
    expect(refused({ format: 'baldwin-genome/1' })).toContain(
      'my.json: format: expected "baldwin-genome/2", found "baldwin-genome/1"',
    );
    const plain = read(format(space.start));
    const second = { ...plain, format: 'baldwin-genome/2', levels: [], rules: {} } as GenomeFile;
    expect(refusal(() => genomeOf(second, space, connectome, 'my.json'))).toContain(
      'my.json: format: expected "baldwin-genome/1", found "baldwin-genome/2"',
    );
  });
});
