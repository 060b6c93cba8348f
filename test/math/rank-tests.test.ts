import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holm } from '../../src/math/corrections.js';
import { equivalencePaired, equivalenceUnpaired } from '../../src/math/equivalence.js';
import { rankSumTest, varghaDelaney } from '../../src/math/rank-sum.js';
import { midranks } from '../../src/math/ranks.js';
import { signedRankTest } from '../../src/math/signed-rank.js';

/** Small whole numbers, so that ties and zeros are many. */
const coarse = (least: number, most: number, low = -4, high = 4) =>
  fc.array(fc.integer({ min: low, max: high }), { minLength: least, maxLength: most });

describe('midranks', () => {
  it('are shared by equal values and count ties', () => {
    const { doubled, ties } = midranks([30, 10, 20, 20, Infinity, Infinity, Infinity]);
    expect([...doubled]).toEqual([8, 2, 5, 5, 12, 12, 12]);
    expect(ties).toBe(6 + 24);
    expect(() => midranks([1, NaN])).toThrow('NaN has no rank');
  });
});

/** All choices of signs, one by one. */
function signedByEnumeration(differences: readonly number[]) {
  const ranks = [...midranks(differences.map(Math.abs)).doubled].filter((_, i) => differences[i] !== 0);
  const seen = [...midranks(differences.map(Math.abs)).doubled].reduce(
    (sum, rank, i) => sum + (differences[i]! > 0 ? rank : 0),
    0,
  );
  let [less, greater] = [0, 0];
  const all = 2 ** ranks.length;
  for (let signs = 0; signs < all; signs++) {
    const sum = ranks.reduce((total, rank, i) => total + ((signs >> i) & 1 ? rank : 0), 0);
    if (sum <= seen) less += 1;
    if (sum >= seen) greater += 1;
  }
  return { less: less / all, greater: greater / all };
}

describe("Wilcoxon's signed-rank test", () => {
  it('gives the values of published examples', () => {
    // Cushny and Peebles' sleep data, as in R's documentation of sleep: a zero and a tie. Exact by hand: with Pratt's
    // ranks 2 to 10 all nine differences are positive, so only one of 2^9 choices of signs goes so far.
    const sleep = [1.2, 2.4, 1.3, 1.3, 0, 1.0, 1.8, 0.8, 4.6, 1.4];
    expect(signedRankTest(sleep)).toMatchObject({
      twoSided: 2 / 512,
      greater: 1 / 512,
      statistic: 54,
      n: 10,
    });
    // Darwin's cross- and self-fertilised maize, 15 pairs in eighths of an inch (as in scipy's documentation of
    // wilcoxon): W+ = 96, two-sided p 0.041259765625.
    const maize = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75];
    const test = signedRankTest(maize);
    expect(test.statistic).toBe(96);
    expect(test.twoSided).toBe(0.041259765625);
    expect(test.greater).toBe(0.0206298828125);
    expect(test.exact).toBe(true);
  });

  it('has the critical values of the tables', () => {
    // Two-sided 0.05: W <= 8 at n = 10, <= 25 at n = 15, <= 52 at n = 20 (Wilcoxon & Wilcox 1964).
    for (const [n, critical] of [
      [10, 8],
      [15, 25],
      [20, 52],
    ] as const) {
      const withSum = (sum: number) => {
        let left = sum;
        const differences = Array.from({ length: n }, (_, i) => -(n - i)).map((value) => {
          if (-value > left) return value;
          left += value;
          return -value;
        });
        expect(left).toBe(0);
        return signedRankTest(differences).twoSided;
      };
      expect(withSum(critical)).toBeLessThanOrEqual(0.05);
      expect(withSum(critical + 1)).toBeGreaterThan(0.05);
    }
  });

  it('agrees with all choices of signs, with ties and zeros', () => {
    fc.assert(
      fc.property(coarse(1, 9), (differences) => {
        const test = signedRankTest(differences);
        const { less, greater } = signedByEnumeration(differences);
        expect(test.less).toBeCloseTo(less, 14);
        expect(test.greater).toBeCloseTo(greater, 14);
        expect(test.twoSided).toBeCloseTo(Math.min(1, 2 * Math.min(less, greater)), 14);
        const turned = signedRankTest(differences.map((value) => -value));
        expect([turned.less, turned.greater]).toEqual([test.greater, test.less]);
      }),
    );
  });

  it('comes near to its own distribution where it approximates', () => {
    const differences = Array.from({ length: 101 }, (_, i) => ((i * 37) % 101) - 40);
    const approximate = signedRankTest(differences);
    const exact = signedRankTest(differences.slice(0, 100));
    expect([approximate.exact, exact.exact]).toEqual([false, true]);
    expect(approximate.twoSided).toBeGreaterThan(0.001);
    expect(Math.abs(approximate.twoSided - exact.twoSided)).toBeLessThan(0.01);
  });

  it('keeps shares between 0 and 1 however far out the statistic lies', () => {
    const { greater, less, twoSided } = signedRankTest(Float64Array.from({ length: 101 }, (_, i) => i + 1));
    for (const share of [greater, less, twoSided]) {
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
    }
    expect(greater).toBeLessThan(1e-12);
  });

  it('says that nothing differs, and what cannot be told', () => {
    expect(signedRankTest([0, 0, 0])).toMatchObject({ twoSided: 1, greater: 1, less: 1 });
    expect(signedRankTest(new Float64Array(150))).toMatchObject({ twoSided: 1, exact: false });
    expect(signedRankTest([])).toMatchObject({ twoSided: NaN, n: 0 });
    expect(() => signedRankTest([1, NaN])).toThrow(RangeError);
  });
});

/** All ways to part the values, one by one. */
function sumsByEnumeration(first: readonly number[], second: readonly number[]) {
  const { doubled } = midranks([...first, ...second]);
  const seen = first.reduce((sum, _, i) => sum + doubled[i]!, 0);
  let [less, greater, all] = [0, 0, 0];
  for (let chosen = 0; chosen < 2 ** doubled.length; chosen++) {
    let [sum, many] = [0, 0];
    doubled.forEach((rank, i) => {
      if (((chosen >> i) & 1) === 0) return;
      sum += rank;
      many += 1;
    });
    if (many !== first.length) continue;
    all += 1;
    if (sum <= seen) less += 1;
    if (sum >= seen) greater += 1;
  }
  return { less: less / all, greater: greater / all };
}

describe('the rank-sum test', () => {
  it('gives the values of published examples', () => {
    // Ages at diagnosis of diabetes, as in scipy's documentation of mannwhitneyu: U = 17 of 5 * 4, p 0.1111.
    const males = [19, 22, 16, 29, 24];
    const females = [20, 11, 17, 12];
    const test = rankSumTest(males, females);
    expect(test.statistic).toBe(17);
    expect(test.twoSided).toBeCloseTo(1 / 9, 14);
    expect(test.exact).toBe(true);
    // Hollander and Wolfe 1973, p. 69, permeability of membranes, as in R's documentation of wilcox.test: W = 35,
    // one-sided p 0.1272.
    const term = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    const early = [1.15, 0.88, 0.9, 0.74, 1.21];
    expect(rankSumTest(term, early).statistic).toBe(35);
    expect(rankSumTest(term, early).greater).toBeCloseTo(0.1272, 4);
  });

  it('agrees with all ways to part the values, with ties', () => {
    fc.assert(
      fc.property(coarse(1, 6), coarse(1, 5), (first, second) => {
        const test = rankSumTest(first, second);
        const { less, greater } = sumsByEnumeration(first, second);
        expect(test.less).toBeCloseTo(less, 13);
        expect(test.greater).toBeCloseTo(greater, 13);
        const turned = rankSumTest(second, first);
        expect(turned.less).toBeCloseTo(test.greater, 13);
        expect(turned.statistic).toBe(first.length * second.length - test.statistic);
        expect(test.statistic / (first.length * second.length)).toBeCloseTo(varghaDelaney(first, second), 14);
      }),
      { numRuns: 60 },
    );
  });

  it('comes near to its own distribution where it approximates, ties or none', () => {
    for (const grain of [1, 7]) {
      const values = (from: number, more: number) =>
        Array.from({ length: 30 }, (_, i) => Math.floor(((i * 29 + from) % 61) / grain) + more);
      const [first, second] = [values(0, 0), values(3, 12 / grain)];
      const exact = rankSumTest(first, second);
      // One value more in the middle of each sample changes little but the way.
      const approximate = rankSumTest([...first, 35 / grain], [...second, 35 / grain]);
      expect([exact.exact, approximate.exact]).toEqual([true, false]);
      expect(approximate.twoSided).toBeGreaterThan(0.01);
      expect(Math.abs(exact.twoSided - approximate.twoSided)).toBeLessThan(0.01);
    }
  });

  it('says that nothing differs, and what cannot be told', () => {
    expect(rankSumTest([2, 2], [2, 2, 2])).toMatchObject({ twoSided: 1, statistic: 3 });
    expect(rankSumTest(new Float64Array(40), new Float64Array(40))).toMatchObject({
      twoSided: 1,
      exact: false,
    });
    expect(rankSumTest([], [1])).toMatchObject({ twoSided: NaN, statistic: NaN });
  });
});

describe("Vargha and Delaney's A", () => {
  it('is the share of pairs that the first sample wins', () => {
    expect(varghaDelaney([3, 4], [1, 2])).toBe(1);
    expect(varghaDelaney([1, 2], [2, 3])).toBe(0.125);
    expect(varghaDelaney([5], [5])).toBe(0.5);
    expect(varghaDelaney([], [5])).toBe(NaN);
  });
});

describe("Holm's correction", () => {
  it('steps down through the table, in the order given', () => {
    // Worked by hand; R: p.adjust(c(.01, .04, .03, .005), 'holm')
    expect(holm([0.01, 0.04, 0.03, 0.005]).map((p) => Number(p.toFixed(12)))).toEqual([
      0.03, 0.06, 0.06, 0.02,
    ]);
    expect(holm([0.5, 0.9])).toEqual([1, 1]);
    expect(holm([0.04])).toEqual([0.04]);
    expect(holm([])).toEqual([]);
  });
});

describe('the two one-sided tests', () => {
  it('find pairs equivalent that differ by less than the margin, and no others', () => {
    const small = [0.1, -0.2, 0.3, -0.1, 0.2, 0.05, -0.3, 0.15, -0.05, 0.25];
    // All ten shifted differences lie on one side: one choice of signs of 2^10.
    expect(equivalencePaired(small, 1)).toBe(1 / 1024);
    expect(equivalencePaired(small, 0.1)).toBeGreaterThan(0.05);
    expect(
      equivalencePaired(
        small.map((value) => value + 2),
        1,
      ),
    ).toBe(1);
    expect(equivalencePaired(small.slice(0, 4), 1)).toBe(1 / 16);
  });

  it('and independent samples likewise', () => {
    const first = [1, 2, 3, 4, 5];
    const second = [1.5, 2.5, 3.5, 4.5, 2.2];
    // Parted wholly by the shift: one way of C(10, 5).
    expect(equivalenceUnpaired(first, second, 10)).toBeCloseTo(1 / 252, 14);
    expect(equivalenceUnpaired(first, second, 0.5)).toBeGreaterThan(0.05);
    expect(
      equivalenceUnpaired(
        first.map((v) => v + 20),
        second,
        10,
      ),
    ).toBeCloseTo(1, 12);
  });
});
