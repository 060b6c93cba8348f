import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeGenome, encodeGenome } from '../../src/store/genome-record.js';

const value = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, Number.MIN_VALUE, -Number.MAX_VALUE, 2 ** -1074),
);

/** A start and a genome that differs from it in some of its genes. */
const pair = fc
  .array(fc.tuple(value, value, fc.nat({ max: 99 })), { maxLength: 40, size: 'max' })
  .chain((genes) =>
    fc.nat({ max: 100 }).map((share) => ({
      start: Float64Array.from(genes, ([from]) => from),
      genome: Float64Array.from(genes, ([from, to, luck]) => (luck < share ? to : from)),
    })),
  );

describe('genome record', () => {
  it('gives back every genome, to the bit, in whichever form is smaller', () => {
    const forms = [0, 0];
    fc.assert(
      fc.property(pair, ({ start, genome }) => {
        const record = encodeGenome(genome, start);
        expect(decodeGenome(record, start)).toStrictEqual(genome);
        const changes = genome.filter((x, gene) => !Object.is(x, start[gene])).length;
        const sparse = 8 * changes + 8 * Math.ceil(changes / 2);
        const dense = 8 * genome.length;
        expect(record).toHaveLength(8 + Math.min(sparse, dense));
        const kind = record.readUInt32LE(0);
        if (sparse !== dense) expect(kind).toBe(sparse < dense ? 1 : 0);
        forms[kind]! += 1;
      }),
      { seed: 81, numRuns: 1000 },
    );
    expect(Math.min(...forms)).toBeGreaterThan(100);
  });

  it('tells -0 from 0', () => {
    const start = new Float64Array(9);
    const genome = Float64Array.from(start);
    genome[4] = -0;
    const record = encodeGenome(genome, start);
    expect(record.readUInt32LE(0)).toBe(1);
    expect(Object.is(decodeGenome(record, start)[4], -0)).toBe(true);
    expect(decodeGenome(encodeGenome(start, genome), genome)).toStrictEqual(start);
  });

  it('of the start itself is a header', () => {
    const start = Float64Array.of(1, 2, 3);
    expect(encodeGenome(start, start)).toHaveLength(8);
    expect(decodeGenome(encodeGenome(start, start), start)).toStrictEqual(start);
    expect(decodeGenome(encodeGenome(start, start), start)).not.toBe(start);
  });

  it('changes neither the genome nor the start', () => {
    const start = Float64Array.of(1, 2, 3, 4);
    const genome = Float64Array.of(1, 9, 3, 4);
    decodeGenome(encodeGenome(genome, start), start).fill(0);
    expect([...start, ...genome]).toEqual([1, 2, 3, 4, 1, 9, 3, 4]);
  });

  it('lies in the file as it is documented', () => {
    const start = new Float64Array(10);
    const genome = Float64Array.from(start);
    genome[3] = 1.5;
    genome[9] = -2;
    genome[5] = 4;
    const record = encodeGenome(genome, start);
    expect([0, 4, 8, 12, 16].map((at) => record.readUInt32LE(at))).toEqual([1, 3, 3, 5, 9]);
    expect([24, 32, 40].map((at) => record.readDoubleLE(at))).toEqual([1.5, 4, -2]);
    const dense = encodeGenome(Float64Array.of(7, 8), Float64Array.of(1, 2));
    expect([0, 4].map((at) => dense.readUInt32LE(at))).toEqual([0, 2]);
    expect([8, 16].map((at) => dense.readDoubleLE(at))).toEqual([7, 8]);
  });
});
