import { pow } from '../../math/power.js';
import { cos } from '../../math/trigonometric.js';
import { along, dot, type Point } from '../vectors.js';
import type { Family } from './instance.js';
import { asymmetric, less, oscillating, penalty, stretched, sumOver, vector } from './transformations.js';

/** 10 (D - sum of cos(2 pi z_i)) + |z|^2 */
export const ripples = (z: Point) =>
  10 * (z.length - sumOver(z.length, (i) => cos(2 * Math.PI * z[i]!))) + dot(z, z);

/** Sum of 10^(6 (i - 1) / (D - 1)) z_i^2 */
export const ellipsoid = (z: Point) =>
  sumOver(z.length, (i) => pow(10, 6 * along(i, z.length)) * z[i]! * z[i]!);

/** Functions 1 to 5: each gene can be searched by itself. */
export const separable: readonly Family[] = [
  {
    name: 'sphere',
    summary: 'a bowl',
    of: (drawn) => {
      const optimum = drawn.point(4);
      return { optimum, f: (x) => sumOver(x.length, (i) => (x[i]! - optimum[i]!) ** 2) };
    },
  },
  {
    name: 'ellipsoid-separable',
    summary: 'axes from 1 to 1000, bumpy, along the genes',
    of: (drawn) => {
      const optimum = drawn.point(4);
      return { optimum, f: (x) => ellipsoid(oscillating(less(x, optimum))) };
    },
  },
  {
    name: 'rastrigin-separable',
    summary: 'about 10^D local optima in a grid',
    of: (drawn) => {
      const optimum = drawn.point(4);
      const f = (x: Point) => ripples(stretched(asymmetric(oscillating(less(x, optimum)), 0.2), 10));
      return { optimum, f };
    },
  },
  {
    name: 'bueche-rastrigin',
    summary: 'about 10^D local optima, skewed, with a misleading slope',
    of: (drawn) => {
      const optimum = drawn.point(4).map((value, i) => (i % 2 === 0 ? Math.abs(value) : value));
      const f = (x: Point) => {
        const z = oscillating(less(x, optimum)).map((value, i) => {
          const skew = value > 0 && i % 2 === 0 ? 10 : 1;
          return value * skew * pow(10, along(i, x.length) / 2);
        });
        return ripples(z) + 100 * penalty(x);
      };
      return { optimum, f };
    },
  },
  {
    name: 'linear-slope',
    summary: 'a slope to a corner of the box',
    of: (drawn) => {
      const optimum = drawn.signs().map((sign) => 5 * sign);
      const slopes = vector(drawn.genes, (i) => Math.sign(optimum[i]!) * pow(10, along(i, drawn.genes)));
      const f = (x: Point) =>
        sumOver(x.length, (i) => {
          const z = optimum[i]! * x[i]! < 25 ? x[i]! : optimum[i]!;
          return 5 * Math.abs(slopes[i]!) - slopes[i]! * z;
        });
      return { optimum, f };
    },
  },
];
