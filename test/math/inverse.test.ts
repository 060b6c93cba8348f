import { describe, expect, it } from 'vitest';
import { invertInPlace } from '../../src/math/inverse.js';
import { RandomStream } from '../../src/math/random.js';

describe('inverse of a matrix', () => {
  it('gives the identity when multiplied by the matrix, zero pivots included', () => {
    for (const n of [1, 2, 5, 20]) {
      const stream = RandomStream.from(`inverse ${n}`);
      const a = Float64Array.from({ length: n * n }, () => stream.normal());
      // Without exchanges of rows, these would divide by zero.
      if (n > 1) for (let i = 0; i < n; i++) a[i * n + i] = 0;
      const inverse = Float64Array.from(a);
      expect(invertInPlace(inverse, n)).toBe(true);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          let sum = 0;
          for (let k = 0; k < n; k++) sum += a[i * n + k]! * inverse[k * n + j]!;
          expect(sum).toBeCloseTo(i === j ? 1 : 0, 9);
        }
      }
    }
  });

  it('says where there is none', () => {
    expect(invertInPlace(Float64Array.of(1, 2, 2, 4), 2)).toBe(false);
    expect(invertInPlace(new Float64Array(9), 3)).toBe(false);
    expect(invertInPlace(Float64Array.of(Number.NaN), 1)).toBe(false);
  });
});
