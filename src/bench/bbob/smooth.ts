import { pow } from '../../math/power.js';
import { along, dot, type Point, turned, turnedBack } from '../vectors.js';
import type { Drawn, Family, Instance } from './instance.js';
import { ellipsoid } from './separable.js';
import { asymmetric, less, oscillated, oscillating, penalty, stretched, sumOver } from './transformations.js';

/** Sum of 100 (z_i^2 - z_{i+1})^2 + (z_i - 1)^2 */
const valley = (z: Point) =>
  sumOver(z.length - 1, (i) => 100 * (z[i]! * z[i]! - z[i + 1]!) ** 2 + (z[i]! - 1) ** 2);

const widened = (genes: number) => Math.max(1, Math.sqrt(genes) / 8);

/** max(1, sqrt(D) / 8) R x + 1/2, and the x whose components are all 1 there. */
export function turnedValley({ genes }: Drawn, rotation: Float64Array) {
  const factor = widened(genes);
  return {
    z: (x: Point) => turned(rotation, x).map((value) => factor * value + 0.5),
    optimum: turnedBack(rotation, new Float64Array(genes).fill(0.5 / factor)),
  };
}

/** g(M Lambda^alpha R (x - optimum)), M and R rotations */
function twiceTurned(drawn: Drawn, half: number, alpha: number, g: (z: Point, x: Point) => number): Instance {
  const optimum = drawn.point(half);
  const [first, second] = [drawn.rotation(), drawn.rotation()];
  return {
    optimum,
    f: (x) => g(turned(second, stretched(turned(first, less(x, optimum)), alpha)), x),
  };
}

/** g(R (x - optimum)) */
function onceTurned(drawn: Drawn, g: (z: Point, rotation: Float64Array) => number): Instance {
  const optimum = drawn.point(4);
  const rotation = drawn.rotation();
  return { optimum, f: (x) => g(turned(rotation, less(x, optimum)), rotation) };
}

/** Functions 6 to 9: not separable, with a low or moderate condition. */
export const moderate: readonly Family[] = [
  {
    name: 'attractive-sector',
    summary: 'a thin sector of low values, steep all about it',
    of: (drawn) => {
      const instance = twiceTurned(drawn, 4, 10, (z) => {
        const sum = sumOver(z.length, (i) => {
          const weight = z[i]! * instance.optimum[i]! > 0 ? 100 : 1;
          return (weight * z[i]!) ** 2;
        });
        return pow(oscillated(sum), 0.9);
      });
      return instance;
    },
  },
  {
    name: 'step-ellipsoid',
    summary: 'plateaus of many sizes, without a slope on them',
    of: (drawn) => {
      const optimum = drawn.point(4);
      const [first, second] = [drawn.rotation(), drawn.rotation()];
      const f = (x: Point) => {
        const before = stretched(turned(first, less(x, optimum)), 10);
        const steps = before.map((value) =>
          Math.abs(value) > 0.5 ? Math.floor(0.5 + value) : Math.floor(0.5 + 10 * value) / 10,
        );
        const z = turned(second, steps);
        const sum = sumOver(x.length, (i) => pow(10, 2 * along(i, x.length)) * z[i]! * z[i]!);
        return 0.1 * Math.max(Math.abs(before[0]!) / 1e4, sum) + penalty(x);
      };
      return { optimum, f };
    },
  },
  {
    name: 'rosenbrock',
    summary: 'a bent valley, with a local optimum from four genes on',
    of: (drawn) => {
      const optimum = drawn.point(3);
      const factor = widened(drawn.genes);
      return { optimum, f: (x) => valley(less(x, optimum).map((value) => factor * value + 1)) };
    },
  },
  {
    name: 'rosenbrock-rotated',
    summary: 'the same, turned',
    of: (drawn) => {
      const { z, optimum } = turnedValley(drawn, drawn.rotation());
      return { optimum, f: (x) => valley(z(x)) };
    },
  },
];

/** Functions 10 to 14: one valley, with a condition of 10^6 or so. */
export const illConditioned: readonly Family[] = [
  {
    name: 'ellipsoid',
    summary: 'axes from 1 to 1000, bumpy, turned',
    of: (drawn) => onceTurned(drawn, (z) => ellipsoid(oscillating(z))),
  },
  {
    name: 'discus',
    summary: 'one axis a thousand times as steep as all others',
    of: (drawn) =>
      onceTurned(drawn, (turnedPoint) => {
        const z = oscillating(turnedPoint);
        return dot(z, z) + (1e6 - 1) * z[0]! * z[0]!;
      }),
  },
  {
    name: 'bent-cigar',
    summary: 'one axis a thousand times as flat as all others, and bent',
    of: (drawn) =>
      onceTurned(drawn, (turnedPoint, rotation) => {
        const z = turned(rotation, asymmetric(turnedPoint, 0.5));
        return 1e6 * dot(z, z) - (1e6 - 1) * z[0]! * z[0]!;
      }),
  },
  {
    name: 'sharp-ridge',
    summary: 'a ridge with a sharp edge, along which the optimum lies',
    of: (drawn) =>
      twiceTurned(drawn, 4, 10, (z) => {
        const across = Math.sqrt(sumOver(z.length - 1, (i) => z[i + 1]! * z[i + 1]!));
        return z[0]! * z[0]! + 100 * across;
      }),
  },
  {
    name: 'different-powers',
    summary: 'ever flatter towards the optimum, to another degree in each direction',
    of: (drawn) =>
      onceTurned(drawn, (z) =>
        Math.sqrt(sumOver(z.length, (i) => pow(Math.abs(z[i]!), 2 + 4 * along(i, z.length)))),
      ),
  },
];
