import { describe, expect, it } from 'vitest';
import { normalCumulative, normalQuantile } from '../../src/math/normal.js';

describe('the standard normal distribution', () => {
  it('has the shares that tables give', () => {
    // Abramowitz and Stegun 1964, table 26.1, to its 15 places.
    const table = [
      [0, 0.5],
      [0.5, 0.691462461274013],
      [1, 0.841344746068543],
      [2, 0.977249868051821],
      [3, 0.99865010196837],
    ] as const;
    for (const [x, share] of table) {
      expect(normalCumulative(x)).toBeCloseTo(share, 14);
      expect(normalCumulative(-x)).toBeCloseTo(1 - share, 14);
    }
    expect([normalCumulative(-9), normalCumulative(9)]).toEqual([0, 1]);
  });

  it('is inverted by the quantile', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    for (let share = 0.001; share < 1; share += 0.037) {
      expect(normalCumulative(normalQuantile(share))).toBeCloseTo(share, 13);
    }
  });
});
