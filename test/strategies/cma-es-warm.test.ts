import { expect, it } from 'vitest';
import { minimize } from '../../src/index.js';
import { beginSearch } from '../../src/strategies/minimize.js';
import type { Snapshot } from '../../src/strategies/strategy.js';
import { create, minimise, problem, restore } from './cma-es-parts.js';

/** An ellipsoid whose long axes lie across the variables, about a place of its own. */
const ridge = (centre: number) => (x: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const beside = i === 0 ? 0 : x[i - 1]! - centre;
    sum += 10 ** (i / (x.length - 1)) * (x[i]! - centre - 0.5 * beside) ** 2;
  }
  return sum;
};

it('reaches a target with fewer evaluations from the solutions of a neighbouring problem than without', async () => {
  const setting = { low: -5, high: 5, target: 1e-2, evaluations: 20_000 };
  for (const seed of [1, 2, 3, 4]) {
    const solutions: { x: Float64Array; f: number }[] = [];
    const earlier = (x: Float64Array) => {
      const f = ridge(1.2)(x);
      solutions.push({ x, f });
      return f;
    };
    await minimize(earlier, new Array(6).fill(-3), { ...setting, target: 1, seed });
    const runs = { cold: {}, warm: { warmStart: { solutions } } };
    const [cold, warm] = await Promise.all(
      Object.values(runs).map((more) =>
        minimize(ridge(1), new Array(6).fill(-3), { ...setting, ...more, seed }),
      ),
    );
    expect([cold!.stopReason, warm!.stopReason]).toEqual(['target', 'target']);
    expect(warm!.evaluations).toBeLessThan(0.85 * cold!.evaluations);
  }
});

/** Of unbounded variables with a step of 2, so that a coordinate is half of its variable. */
const points = [
  [2, 0, 4],
  [4, 2, 4],
  [6, -2, 10],
  [8, 4, -2],
];
const warm = {
  ...problem(3),
  warmStart: {
    solutions: points.map((x, i) => ({ genome: Float64Array.from(x), score: -i })),
    spread: 0.4,
  },
};

/** Mean and covariances of the points as coordinates, with alpha^2 beside the variances. */
function expected(alpha: number) {
  const mean = [0, 1, 2].map((i) => points.reduce((sum, x) => sum + x[i]! / 2, 0) / points.length);
  const covariance = mean.map((a, i) =>
    mean.map(
      (b, j) =>
        points.reduce((sum, x) => sum + (x[i]! / 2 - a) * (x[j]! / 2 - b), 0) / points.length +
        (i === j ? alpha * alpha : 0),
    ),
  );
  return { mean, covariance };
}

it('begins with the mean and the covariance of the solutions, alpha^2 beside the variances, and a determinant of 1', () => {
  const { mean, covariance } = expected(0.2);
  const options = { sigma0: 0.5 };
  for (const kind of ['full', 'separable', 'vkd'] as const) {
    const { search } = create(warm, { ...options, covariance: kind }).snapshot() as { search: Snapshot };
    expect([...(search.mean as Float64Array)]).toEqual(mean);
    const sigma = search.sigma as number;
    const c = search.covariance as { lower?: Float64Array; variances?: Float64Array };
    const learned = kind === 'full' ? [...c.lower!] : [...c.variances!];
    const wanted =
      kind === 'full'
        ? [0, 1, 2].flatMap((i) => covariance[i]!.slice(0, i + 1))
        : covariance.map((row, i) => row[i]!);
    learned.forEach((value, i) => {
      expect(value * sigma * sigma).toBeCloseTo(wanted[i]!, 12);
    });
    const [[a, b, c2], [, d, e], [, , f]] = covariance as [number[], number[], number[]];
    const determinant =
      kind === 'full'
        ? a! * (d! * f! - e! * e!) - b! * (b! * f! - e! * c2!) + c2! * (b! * e! - d! * c2!)
        : a! * d! * f!;
    expect(sigma).toBeCloseTo(determinant ** (1 / 6), 12);
  }
});

it('goes on from a snapshot of a warm start, to the bit', () => {
  const whole = create(warm, {});
  const f = (x: Readonly<Float64Array>) => ridge(1)(x);
  minimise(whole, f, 2);
  const resumed = restore(warm, {}, structuredClone(whole.snapshot()) as Snapshot);
  expect(minimise(resumed, f, 5).asked).toEqual(minimise(whole, f, 5).asked);
});

it('refuses a warm start that does not fit, by its field', () => {
  const begin = (warmStart: unknown, strategy = 'cma-es') =>
    beginSearch([0, 0], { low: -1, high: 1, strategy, warmStart: warmStart as never });
  const solutions = Array.from({ length: 20 }, (_, i) => ({ x: [i / 20, 0], f: i }));
  begin({ solutions });
  expect(() => begin({ solutions: solutions.slice(1) })).toThrow(
    'search: warmStart.solutions: expected 20 or more, of which a share of 0.1 is two, found',
  );
  expect(() => begin({ solutions: [...solutions, { x: [0, 2], f: 1 }] })).toThrow(
    'warmStart.solutions[20].x[1]: expected a number in [-1, 1], found 2',
  );
  expect(() => begin({ solutions: [...solutions, { x: [0], f: 1 }] })).toThrow(
    'solutions[20].x: expected 2 numbers',
  );
  expect(() => begin({ solutions: [...solutions, { x: [0, 0], f: Number.NaN }] })).toThrow(
    'solutions[20].f: expected',
  );
  expect(() => begin({ solutions, share: 0 })).toThrow('warmStart.share: expected a number above 0');
  expect(() => begin({ solutions }, 'ga')).toThrow(
    'the strategy "ga" takes no warm start from solutions of an earlier search. Use cma-es.',
  );
});
