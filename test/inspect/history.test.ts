import { describe, expect, it } from 'vitest';
import { type HistoryPoint, thinHistory } from '../../src/inspect/history.js';
import { UserError } from '../../src/spec/errors.js';

const point = (step: number, best: number): HistoryPoint => ({
  evaluations: step * 10,
  best,
  median: best - 2,
  q25: best - 3,
  q75: best - 1,
});
const historyOf = (bests: readonly number[]) => bests.map((best, i) => point(i + 1, best));

describe('thinHistory', () => {
  it('leaves a short history as it is, but makes the best the best so far', () => {
    const thinned = thinHistory(historyOf([1, 5, 3, 6]));
    expect(thinned.map(({ best }) => best)).toEqual([1, 5, 5, 6]);
    expect(thinned.map(({ median }) => median)).toEqual([-1, 3, 1, 4]);
  });

  it('keeps the first, the last and every rise of a long one', () => {
    const rises = [0, 17, 4_321, 54_321, 99_998];
    const bests = Array.from({ length: 100_000 }, (_, i) => rises.filter((rise) => rise <= i).length);
    const thinned = thinHistory(historyOf(bests));
    const kept = new Set(thinned.map(({ evaluations }) => evaluations / 10 - 1));
    expect(thinned.length).toBeLessThanOrEqual(1000);
    expect(thinned.length).toBeGreaterThan(950);
    for (const step of [...rises, 99_999]) expect(kept).toContain(step);
    expect(thinned.every(({ evaluations }, i) => i === 0 || evaluations > thinned[i - 1]!.evaluations)).toBe(
      true,
    );
  });

  it('chooses among the rises where they alone are too many', () => {
    const thinned = thinHistory(historyOf(Array.from({ length: 5_000 }, (_, i) => i)));
    expect(thinned).toHaveLength(1000);
    expect(thinned[0]!.best).toBe(0);
    expect(thinned.at(-1)!.best).toBe(4_999);
  });

  it('steps over scores that are not finite', () => {
    const thinned = thinHistory(historyOf([Number.NaN, 2, Number.NEGATIVE_INFINITY, Number.NaN, 3]));
    expect(thinned.map(({ best }) => best)).toEqual([Number.NaN, 2, 2, 2, 3]);
  });

  it('says why there is nothing to draw', () => {
    expect(() => thinHistory([])).toThrow(UserError);
    expect(() => thinHistory([])).toThrow(/history is empty/);
    expect(() => thinHistory(historyOf([Number.NaN, Number.NaN]))).toThrow(/no step .* finite score/i);
  });
});
