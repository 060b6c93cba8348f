import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSnapshot, encodeSnapshot } from '../../src/store/binary.js';
import type { Snapshot } from '../../src/strategies/strategy.js';

const awkward = [0, -0, Number.NaN, Infinity, -Infinity, Number.MIN_VALUE, Number.MAX_VALUE, 0.1 + 0.2];

const number = fc.oneof(fc.double(), fc.constantFrom(...awkward));
const array = fc.oneof(
  fc.array(number, { maxLength: 9 }).map((values) => Float64Array.from(values)),
  fc.array(fc.integer(), { maxLength: 9 }).map((values) => Int32Array.from(values)),
  fc.uint8Array({ maxLength: 20 }).map((values) => Uint8Array.from(values)),
);
const leaf = fc.oneof(
  number,
  fc.string({ unit: 'binary' }),
  fc.boolean(),
  fc.constant(null),
  array,
  fc.constantFrom('Infinity', '-0', '$array', ''),
);
const key = fc.string({ unit: 'grapheme' }).filter((name) => name !== '__proto__' && !name.startsWith('$'));
const snapshot = fc.letrec<{ node: unknown; object: Snapshot }>((tie) => ({
  object: fc.dictionary(key, tie('node'), { noNullPrototype: true, maxKeys: 6 }) as fc.Arbitrary<Snapshot>,
  node: fc.oneof({ depthSize: 'small' }, leaf, tie('object'), fc.array(tie('node'), { maxLength: 4 })),
})).object;

const sample: Snapshot = {
  name: 'ga',
  step: 7,
  best: -Infinity,
  population: Float64Array.of(1, -0, Number.NaN, 1e-300),
  order: Int32Array.of(2, -1, 0),
  mask: Uint8Array.of(1, 0, 255),
  none: new Float64Array(),
  random: { c: 1, spare: null, lags: [0.25, 0.5] },
  searches: [{ mesh: Float64Array.of(3) }, { mesh: new Int32Array() }],
};

describe('snapshot bytes', () => {
  it('give back every value, to the bit', () => {
    fc.assert(
      fc.property(snapshot, (value) => {
        expect(decodeSnapshot(encodeSnapshot(value))).toStrictEqual(value);
      }),
      { seed: 71, numRuns: 500 },
    );
  });

  it('give back arrays of each kind, empty ones too', () => {
    expect(decodeSnapshot(encodeSnapshot(sample))).toStrictEqual(sample);
    const back = decodeSnapshot(encodeSnapshot(sample)) as typeof sample & { population: Float64Array };
    expect(Object.is(back.population[1], -0)).toBe(true);
    expect(decodeSnapshot(encodeSnapshot({}))).toStrictEqual({});
  });

  it('give back a view of a larger buffer as what it shows', () => {
    const large = Float64Array.of(1, 2, 3, 4, 5);
    const odd = new Uint8Array([9, 8, 7, 6, 5]).subarray(1, 4);
    const back = decodeSnapshot(encodeSnapshot({ view: large.subarray(2, 4), odd }));
    expect(back).toStrictEqual({ view: Float64Array.of(3, 4), odd: Uint8Array.of(8, 7, 6) });
  });

  it('are the same for the same value, and do not depend on where they lie in memory', () => {
    const bytes = encodeSnapshot(sample);
    expect(encodeSnapshot(decodeSnapshot(bytes)!).equals(bytes)).toBe(true);
    const shifted = Buffer.concat([Buffer.from('odd'), bytes]).subarray(3);
    expect(decodeSnapshot(shifted)).toStrictEqual(sample);
  });

  it('share no memory with what is read from them', () => {
    const bytes = encodeSnapshot(sample);
    const back = decodeSnapshot(bytes);
    bytes.fill(0);
    expect(back).toStrictEqual(sample);
  });

  it('are refused with any byte changed', () => {
    const bytes = encodeSnapshot(sample);
    for (let at = 0; at < bytes.length; at++) {
      for (const change of [1, 0x80, 0xff]) {
        const damaged = Buffer.from(bytes);
        damaged[at]! ^= change;
        if (decodeSnapshot(damaged) !== undefined)
          expect.fail(`byte ${at} changed by ${change} was accepted`);
      }
    }
  });

  it('are refused with any number of bytes cut off, or some too many', () => {
    const bytes = encodeSnapshot(sample);
    for (let length = 0; length < bytes.length; length++) {
      if (decodeSnapshot(bytes.subarray(0, length)) !== undefined)
        expect.fail(`${length} bytes were accepted`);
    }
    expect(decodeSnapshot(Buffer.concat([bytes, Buffer.alloc(1)]))).toBeUndefined();
    expect(decodeSnapshot(bytes.subarray(8))).toBeUndefined();
  });

  it('are refused where they are of another kind, even with a right digest', () => {
    const bytes = encodeSnapshot(sample);
    bytes.write('baldwin2', 0, 'latin1');
    const end = bytes.length - 32;
    createHash('sha256').update(bytes.subarray(0, end)).digest().copy(bytes, end);
    expect(decodeSnapshot(bytes)).toBeUndefined();
  });

  it('are those of runs that are stored already', () => {
    expect(createHash('sha256').update(encodeSnapshot(sample)).digest('hex')).toBe(
      'ad78fa2290d28d41f1f28fa68f5b403c59f33ca3e73dcdedec5c618a347be375',
    );
  });

  it('lie in the file as they are documented', () => {
    const bytes = encodeSnapshot({ a: Float64Array.of(1.5), b: Int32Array.of(-2) });
    const header = '{"a":{"$array":"f64","at":0,"length":1},"b":{"$array":"i32","at":8,"length":1}}';
    expect(bytes.toString('latin1', 0, 8)).toBe('baldwin1');
    expect(bytes.readUInt32LE(8)).toBe(header.length);
    expect(bytes.readUInt32LE(12)).toBe(16);
    expect(bytes.toString('utf8', 16, 16 + header.length)).toBe(header);
    const start = Math.ceil((16 + header.length) / 8) * 8;
    expect(bytes.readDoubleLE(start)).toBe(1.5);
    expect(bytes.readInt32LE(start + 8)).toBe(-2);
    expect(bytes).toHaveLength(start + 16 + 32);
  });
});
