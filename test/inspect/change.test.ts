import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellChange, changeMagnitudes, weightChange } from '../../src/inspect/change.js';
import { UserError } from '../../src/spec/errors.js';

describe('weightChange', () => {
  it('counts, measures and takes the median over the changed weights alone', () => {
    expect(weightChange([1, 2, 3, -4, 5], [1, 5, 3, -8, 5])).toEqual({
      changed: 2,
      total: 5,
      l2: 5,
      largest: 4,
      medianMagnitude: 3.5,
    });
    expect(weightChange([0, 0, 0], [1, -2, 7]).medianMagnitude).toBe(2);
  });

  it('is all zeros where nothing changed, also between the two zeros', () => {
    const none = { changed: 0, l2: 0, largest: 0, medianMagnitude: 0 };
    expect(weightChange([1, 2], [1, 2])).toEqual({ ...none, total: 2 });
    expect(weightChange([0], [-0])).toEqual({ ...none, total: 1 });
    expect(weightChange([], [])).toEqual({ ...none, total: 0 });
  });

  it('does not lose changes whose squares would vanish', () => {
    expect(weightChange([0, 0], [3e-200, 4e-200]).l2).toBeCloseTo(5e-200, 210);
  });

  it('names a weight that is not finite, and lengths that differ', () => {
    expect(() => weightChange([1, 2, 3], [1, 2, Number.NaN])).toThrow(/Weight 2 is not a finite number/);
    expect(() => weightChange([1, Number.POSITIVE_INFINITY], [1, 2])).toThrow(UserError);
    expect(() => weightChange([1], [1, 2])).toThrow(/1 at the start and 2 evolved/);
  });
});

describe('changeMagnitudes', () => {
  it('lists the changed weights by size, largest first', () => {
    expect([...changeMagnitudes([0, 0, 0, 9], [2, -3, 10, 9])]).toEqual([10, 3, 2]);
  });
});

describe('cellChange', () => {
  const wiring = { cells: 3, pre: [0, 0, 1, 2], post: [1, 2, 1, 0] };

  it('sums |change| where a cell sends and where it receives', () => {
    const { outgoing, incoming } = cellChange({ ...wiring, start: [0, 0, 0, 0], evolved: [3, -4, 2, 0] });
    expect([...outgoing]).toEqual([7, 2, 0]);
    expect([...incoming]).toEqual([0, 5, 4]);
  });

  it('takes the Euclidean length on request', () => {
    const { outgoing } = cellChange({ ...wiring, start: [0, 0, 0, 0], evolved: [3, -4, 2, 0], norm: 'l2' });
    expect([...outgoing]).toEqual([5, 2, 0]);
  });

  it('gives both sides the same total, and in squares that of the whole change', () => {
    const weight = fc.double({ min: -50, max: 50, noNaN: true });
    const cell = fc.nat(4);
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, weight, weight), { maxLength: 40 }), (rows) => {
        const column = <T>(at: number) => rows.map((row) => row[at]) as T[];
        const start = column<number>(2);
        const evolved = column<number>(3);
        const input = { cells: 5, pre: column<number>(0), post: column<number>(1), start, evolved };
        const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
        const plain = cellChange(input);
        expect(sum(plain.outgoing)).toBeCloseTo(sum(plain.incoming), 8);
        const squared = cellChange({ ...input, norm: 'l2' });
        const { l2 } = weightChange(start, evolved);
        expect(sum(squared.incoming.map((part) => part * part))).toBeCloseTo(l2 * l2, 6);
      }),
    );
  });

  it('refuses a weight between cells that do not exist', () => {
    const input = { cells: 2, pre: [0], post: [2], start: [1], evolved: [2] };
    expect(() => cellChange(input)).toThrow(/joins cells 0 and 2, but the cells are 0 to 1/);
    expect(() => cellChange({ ...input, post: [] })).toThrow(/needs its two cells/);
  });
});
