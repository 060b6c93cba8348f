import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deriveSeed } from '../../src/math/seed.js';

test('a seed is 32 hex digits and never changes', () => {
  expect(deriveSeed('run-1', 'episode', 3, 14, 0)).toMatchInlineSnapshot(
    `"264677120d8a2d0aa1855a5bdc54aa3b"`,
  );
  expect(deriveSeed()).toBe('e3b0c44298fc1c149afbf4c8996fb924'); // SHA-256 of nothing, published with the standard.
});

test('parts are told apart by type, border and order', () => {
  const seeds = [
    deriveSeed('a', 'bc'),
    deriveSeed('ab', 'c'),
    deriveSeed('abc'),
    deriveSeed('abc', ''),
    deriveSeed('c', 'ab'),
    deriveSeed(1),
    deriveSeed('1'),
    deriveSeed(1, 2),
    deriveSeed(2, 1),
    deriveSeed(12),
    deriveSeed(1 + 2 ** -52),
    deriveSeed('\ud800'),
    deriveSeed('\ud801'),
  ];
  expect(new Set(seeds).size).toBe(seeds.length);
  expect(deriveSeed(-0)).toBe(deriveSeed(0));
});

test('different parts give different seeds', () => {
  const part = fc.oneof(fc.string({ unit: 'binary', maxLength: 4 }), fc.integer({ min: -9, max: 9 }));
  fc.assert(
    fc.property(fc.array(part, { maxLength: 3 }), fc.array(part, { maxLength: 3 }), (a, b) => {
      expect(deriveSeed(...a) === deriveSeed(...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
    { numRuns: 1000, seed: 3 },
  );
});

test.each([NaN, Infinity, -Infinity])('%d is refused', (x) => {
  expect(() => deriveSeed('run', x)).toThrow(RangeError);
});
