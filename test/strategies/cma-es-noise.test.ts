import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/math/random.js';
import { evaluatedTwice, quiet, rankChange, treated } from '../../src/strategies/cma-es/noise.js';
import { create, ellipsoid, endless, minimise, problem, restore } from './cma-es-parts.js';

describe('noise', () => {
  it('is told by ranks that change, and not by values that do', () => {
    const first = Array.from({ length: 20 }, (_, i) => i);
    expect(rankChange(first, [0.1, 1.1, 2.1])).toBeLessThan(0);
    expect(rankChange(first, [15, 12, 19])).toBeGreaterThan(0);
    expect(evaluatedTwice(10)).toBe(2);
    expect(evaluatedTwice(45)).toBe(4);
  });

  it('asks for more evaluations first, then for a larger sigma, and for fewer where it is gone', () => {
    let state: ReturnType<typeof treated> = { ...quiet, sigmaGrowth: 1 };
    const seen: number[] = [];
    for (let step = 0; step < 30 && state.sigmaGrowth === 1; step++) {
      state = treated(state, 5, 10, 3);
      seen.push(state.repeats);
    }
    expect(seen.every((repeats, i) => i === 0 || repeats >= seen[i - 1]!)).toBe(true);
    expect(state).toMatchObject({ repeats: 3, sigmaGrowth: 1.1 });
    for (let step = 0; step < 100; step++) state = treated(state, -5, 10, 3);
    expect(state).toMatchObject({ repeats: 1, sigmaGrowth: 1 });
  });

  it('is averaged over all evaluations of a candidate, and a resume goes on', () => {
    const noisy = () => {
      const stream = RandomStream.from('noise');
      return (x: Readonly<Float64Array>) =>
        x.reduce((sum, value) => sum + value * value, 0) + 100 * stream.normal();
    };
    const options = { noise: 'rank-change', mostRepeats: 4, stop: endless } as const;
    const unbroken = create(problem(4), options);
    const f = noisy();
    const { asked } = minimise(unbroken, f, 40);
    expect(asked[0]).toHaveLength(8 + 2);
    expect(asked.at(-1)!).toHaveLength(4 * (8 + 2));
    expect(asked.at(-1)![10]).toEqual(asked.at(-1)![0]);
    expect(asked[0]![8]).toEqual(asked[0]![0]);
    const resumed = restore(problem(4), options, unbroken.snapshot());
    expect(minimise(resumed, noisy(), 20).asked).toStrictEqual(minimise(unbroken, noisy(), 20).asked);
  });

  it('does not come between a search and its optimum where there is none', () => {
    const strategy = create(problem(5), { noise: 'rank-change' });
    expect(minimise(strategy, ellipsoid, 1500).best).toBeLessThan(1e-9);
  });
});
