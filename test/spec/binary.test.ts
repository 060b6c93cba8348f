import { describe, expect, it } from 'vitest';
import { decodeFrame, encodeFrame, Rows } from '../../src/spec/binary.js';

const forms = [{ sealed: true }, { sealed: false }] as const;

describe.each(forms)('frames, %j', (form) => {
  const back = (value: unknown) => decodeFrame(encodeFrame(value, form), form);

  it('give back numbers that JSON lacks, and arrays of each kind', () => {
    const value = {
      numbers: [Number.NaN, Infinity, -Infinity, -0, 0, 1e-320],
      arrays: [Float64Array.of(-0, Number.NaN), Int32Array.of(-7), Uint8Array.of(9), Int8Array.of(-1, 0, 1)],
      nothing: null,
      text: 'größer',
    };
    expect(back(value)).toStrictEqual(value);
  });

  it('give back any value, not objects alone', () => {
    for (const value of [[], [1, [2]], 'text', 7, Number.NaN, null, true, Int8Array.of(1)])
      expect(back(value)).toStrictEqual(value);
  });

  it('give back objects with keys that the header has a meaning for', () => {
    const value = {
      $array: 'f64',
      inner: { $number: '-0', at: Float64Array.of(1) },
      $entries: [{ $array: 1 }],
    };
    expect(back(value)).toStrictEqual(value);
    expect(back({ $number: undefined, a: 1 })).toStrictEqual({ a: 1 });
  });

  it('write rows as the array that they are together', () => {
    const large = Float64Array.of(1, 2, 3, 4);
    const rows = new Rows([large.subarray(2), large.subarray(0, 2)]);
    expect(encodeFrame({ rows }, form)).toEqual(encodeFrame({ rows: Float64Array.of(3, 4, 1, 2) }, form));
    expect(back({ rows: new Rows([]) })).toStrictEqual({ rows: new Float64Array() });
  });

  it('refuse what would come back as something else, by its key', () => {
    const odd = [new Map(), new Date(0), Float32Array.of(1), 10n, Symbol('x'), () => 1, new Set([1])];
    for (const item of odd) expect(() => encodeFrame({ odd: item }, form)).toThrow(/"odd": expected numbers/);
    expect(() => encodeFrame([undefined], form)).toThrow(/"0": expected/);
  });

  it('are read wherever they lie in memory', () => {
    const value = { a: Float64Array.of(1.5, -2), b: Int32Array.of(3), c: Int8Array.of(-4) };
    const bytes = encodeFrame(value, form);
    for (let shift = 0; shift < 9; shift++) {
      const large = new Uint8Array(bytes.length + shift);
      large.set(bytes, shift);
      expect(decodeFrame(large.subarray(shift), form)).toStrictEqual(value);
    }
  });

  it('are refused cut short, too long, or in the other form', () => {
    const bytes = encodeFrame({ a: Float64Array.of(1, 2), b: 'text' }, form);
    for (let length = 0; length < bytes.length; length++)
      expect(decodeFrame(bytes.subarray(0, length), form)).toBeUndefined();
    expect(decodeFrame(Uint8Array.of(...bytes, 0), form)).toBeUndefined();
    expect(decodeFrame(bytes, { sealed: !form.sealed })).toBeUndefined();
  });
});

describe('memory of frames', () => {
  it('is shared by the arrays of a message, and not by those of a file', () => {
    for (const form of forms) {
      const bytes = encodeFrame(Float64Array.of(1), form);
      const array = decodeFrame(bytes, form) as Float64Array;
      expect(array.buffer === bytes.buffer).toBe(!form.sealed);
    }
  });
});
