import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/math/random.js';
import { constrainedStep } from '../../src/strategies/mads/constrained-step.js';
import { Interpolation } from '../../src/strategies/mads/interpolation.js';
import { InterpolationSystem } from '../../src/strategies/mads/interpolation-system.js';
import { madsOptions } from '../../src/strategies/mads/options.js';
import { madsSearch } from '../../src/strategies/mads/search.js';
import { norm, type Quadratic, trustRegionStep, valueAt } from '../../src/strategies/mads/trust-region.js';

const n = 4;
const quadratic = (stream: RandomStream, shift = 0): Quadratic => {
  const hessian = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) hessian[i * n + j] = hessian[j * n + i] = stream.normal();
    hessian[i * n + i]! += shift;
  }
  return {
    value: stream.normal(),
    gradient: Float64Array.from({ length: n }, () => stream.normal()),
    hessian,
  };
};
const all = (value: number) => new Float64Array(n).fill(value);

describe('trust-region step', () => {
  it('is lower than any other step in the ball, convex or not', () => {
    for (let round = 0; round < 60; round++) {
      const stream = RandomStream.from(`ball ${round}`);
      const model = quadratic(stream, (round % 3) * 3 - 2);
      const radius = [0.1, 1, 10][round % 3]!;
      const step = trustRegionStep(model, radius, all(-1e9), all(1e9));
      expect(norm(step)).toBeLessThanOrEqual(radius * (1 + 1e-9));
      const least = valueAt(model, step);
      for (let trial = 0; trial < 300; trial++) {
        const other = all(0).map(() => stream.normal());
        const length = (radius * stream.uniform()) / norm(other);
        const scaled =
          trial % 2 ? other.map((x) => x * length) : other.map((x) => (x * radius) / norm(other));
        expect(valueAt(model, scaled)).toBeGreaterThanOrEqual(least - 1e-7 * Math.abs(least));
      }
    }
  });

  it('finds the lowest direction where the gradient has none (the hard case)', () => {
    const hessian = new Float64Array(n * n);
    for (let i = 0; i < n; i++) hessian[i * n + i] = i === 2 ? -1 : 1;
    const step = trustRegionStep({ value: 0, gradient: all(0), hessian }, 2, all(-9), all(9));
    expect(Math.abs(step[2]!)).toBeCloseTo(2, 6);
  });

  it('stays in its bounds', () => {
    for (let round = 0; round < 40; round++) {
      const stream = RandomStream.from(`box ${round}`);
      const model = quadratic(stream);
      const low = all(0).map(() => -stream.uniform() * 0.3);
      const high = all(0).map(() => stream.uniform() * 0.3);
      const step = trustRegionStep(model, 1, low, high);
      step.forEach((x, i) => {
        expect(x).toBeGreaterThanOrEqual(low[i]!);
        expect(x).toBeLessThanOrEqual(high[i]!);
      });
    }
  });
});

describe('trust-region step of numbers beyond use', () => {
  it.each([0, Infinity, Number.NaN, 1e-300])('is no step where the coefficients are %s', (value) => {
    const model = { value: 0, gradient: all(value), hessian: new Float64Array(n * n).fill(value) };
    expect([...trustRegionStep(model, 1, all(-1), all(1))]).toEqual([0, 0, 0, 0]);
  });
});

describe('interpolation', () => {
  it('passes through every point of the set, before and after points are replaced', () => {
    const stream = RandomStream.from('through');
    const set = new Interpolation(n, 2 * n + 1);
    const centre = all(0.1);
    const f = (u: Float64Array) => u.reduce((sum, x, i) => sum + Math.sqrt(1 + (i + 1) * x * x) + x, 0);
    const offer = (u: Float64Array, wanted: boolean) =>
      set.offer({ u, values: Float64Array.of(f(u)) }, centre, 1, wanted);
    offer(centre, true);
    for (let round = 0; round < 60; round++) {
      offer(
        centre.map((x) => x + stream.uniformIn(-1, 1)),
        round % 4 === 0,
      );
      if (!set.ready) continue;
      const [model] = set.modelsFrom(centre);
      for (const { u, values } of set.nodes) {
        expect(
          valueAt(
            model!,
            u.map((x, i) => x - centre[i]!),
          ),
        ).toBeCloseTo(values[0]!, 7);
      }
    }
    expect(set.nodes).toHaveLength(2 * n + 1);
    expect(set.nodes.some(({ u }) => u.every((x, i) => x === centre[i]))).toBe(true);
  });

  it('finds a quadratic exactly once it has as many points as that has coefficients', () => {
    const stream = RandomStream.from('exact');
    const truth = [quadratic(stream), quadratic(stream)];
    const size = ((n + 1) * (n + 2)) / 2;
    const set = new Interpolation(n, size);
    const origin = all(0);
    for (let tries = 0; set.nodes.length < size && tries < 200; tries++) {
      const u = tries === 0 ? origin : origin.map(() => stream.uniformIn(-1, 1));
      set.offer({ u, values: Float64Array.from(truth, (model) => valueAt(model, u)) }, origin, 1, true);
    }
    set.modelsFrom(origin).forEach((model, k) => {
      model.hessian.forEach((x, i) => {
        expect(x).toBeCloseTo(truth[k]!.hessian[i]!, 5);
      });
    });
  });

  it('gives Lagrange functions that are 1 at their own point and 0 at the others', () => {
    const stream = RandomStream.from('lagrange');
    const set = new Interpolation(n, 2 * n + 1);
    const origin = all(0);
    for (let k = 0; k < 40; k++) {
      const u = k === 0 ? origin : origin.map(() => stream.uniformIn(-1, 1));
      set.offer({ u, values: Float64Array.of(stream.normal()) }, origin, 1, false);
    }
    const from = all(0.3);
    set.nodes.forEach((_, t) => {
      const lagrange = set.lagrangeFrom(from, t);
      set.nodes.forEach(({ u }, other) => {
        expect(
          valueAt(
            lagrange,
            u.map((x, i) => x - from[i]!),
          ),
        ).toBeCloseTo(t === other ? 1 : 0, 7);
      });
    });
  });
});

describe('interpolation system', () => {
  it('brought up to date for other points and for more is the one made anew', () => {
    const stream = RandomStream.from('system');
    const drawn = () => all(0).map(() => stream.uniformIn(-1, 1));
    const origin = all(0.2);
    const points = Array.from({ length: n + 2 }, drawn);
    const system = InterpolationSystem.of(points, origin, 0.5)!;
    const seen = { replaced: 0, added: 0 };
    for (let round = 0; round < 40; round++) {
      const u = drawn();
      const standing = system.standing(u);
      const adds = round % 8 === 0;
      const place = adds ? points.length : round % points.length;
      // What the update divides by: near 0 the new set is degenerate.
      const divisor =
        system.inverse[place * system.size + place]! * standing.fresh + standing.solved[place]! ** 2;
      if (!adds && Math.abs(divisor) < 0.05) continue;
      expect(system.take(place, u, standing)).toBe(true);
      points[place] = u;
      seen[adds ? 'added' : 'replaced'] += 1;
      const anew = InterpolationSystem.of(points, origin, 0.5)!;
      expect(system.size).toBe(anew.size);
      const largest = Math.max(...anew.inverse.map(Math.abs));
      system.inverse.forEach((value, k) => {
        expect(Math.abs(value - anew.inverse[k]!)).toBeLessThan(1e-7 * largest);
      });
    }
    expect(seen.added).toBe(5);
    expect(seen.replaced).toBeGreaterThan(20);
  });

  it('refuses an update by a point that the set cannot tell from another', () => {
    const points = [all(0), ...Array.from({ length: n }, (_, i) => all(0).map((_v, j) => (i === j ? 1 : 0)))];
    const system = InterpolationSystem.of(points, all(0), 1)!;
    const before = system.inverse.slice();
    expect(system.take(1, points[2]!, system.standing(points[2]!))).toBe(false);
    expect(system.inverse).toEqual(before);
  });
});

describe('models of more than thirty variables', () => {
  it('bring an ill-conditioned bowl down in some evaluations a variable', () => {
    const many = 36;
    const filled = (value: number) => new Float64Array(many).fill(value);
    const space = { start: filled(1), low: filled(-5), high: filled(5), step: filled(1) };
    const least = (modelVariables: number) => {
      const search = madsSearch(space, madsOptions.parse({ modelVariables }), 'bowl', 700);
      let best = Number.POSITIVE_INFINITY;
      for (let step = search.next(); !step.done; ) {
        const trials = step.value.map((x) => {
          const f = x.reduce((sum, value, i) => sum + (i === 0 ? 1 : 100) * (value - 0.3) * (value - 0.3), 0);
          best = Math.min(best, f);
          return { f, constraints: [] };
        });
        step = search.next(trials);
      }
      return best;
    };
    expect(least(100)).toBeLessThan(1e-6);
    expect(least(0)).toBeGreaterThan(1e-2);
  });
});

describe('constrained step', () => {
  it('comes to the point of a ball that lies farthest down', () => {
    const objective = { value: 0, gradient: Float64Array.of(0, 0, 0, 1), hessian: new Float64Array(n * n) };
    const hessian = new Float64Array(n * n);
    for (let i = 0; i < n; i++) hessian[i * n + i] = 2;
    const ball = { value: -4, gradient: all(0), hessian };
    const { step, multipliers } = constrainedStep([objective, ball], 10, all(-9), all(9));
    [0, 0, 0, -2].forEach((x, i) => {
      expect(step[i]).toBeCloseTo(x, 5);
    });
    expect(multipliers[0]).toBeCloseTo(0.25, 4);
  });
});
