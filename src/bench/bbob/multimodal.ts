import { exp } from '../../math/exponential.js';
import { pow } from '../../math/power.js';
import { cos, sin } from '../../math/trigonometric.js';
import { along, type Point, turned } from '../vectors.js';
import type { Drawn, Family } from './instance.js';
import { ripples } from './separable.js';
import { turnedValley } from './smooth.js';
import { asymmetric, less, oscillated, oscillating, penalty, stretched, sumOver } from './transformations.js';

const tau = 2 * Math.PI;

/** Functions 15 to 19: many optima, with a structure over all of them. */
export const structured: readonly Family[] = [
  {
    name: 'rastrigin',
    summary: 'about 10^D local optima in a grid that is turned and skewed',
    of: (drawn) => {
      const optimum = drawn.point(4);
      const [r, q] = [drawn.rotation(), drawn.rotation()];
      const f = (x: Point) => {
        const skewed = asymmetric(oscillating(turned(r, less(x, optimum))), 0.2);
        return ripples(turned(r, stretched(turned(q, skewed), 10)));
      };
      return { optimum, f };
    },
  },
  {
    name: 'weierstrass',
    summary: 'rugged at every scale, with several optima that repeat',
    of: (drawn) => {
      const optimum = drawn.point(4);
      const [r, q] = [drawn.rotation(), drawn.rotation()];
      const { genes } = drawn;
      const wave = (value: number) => sumOver(12, (k) => pow(0.5, k) * cos(tau * pow(3, k) * (value + 0.5)));
      const least = wave(0);
      const f = (x: Point) => {
        const bumpy = oscillating(turned(r, less(x, optimum)));
        const z = turned(r, stretched(turned(q, bumpy), 0.01));
        const mean = sumOver(genes, (i) => wave(z[i]!)) / genes;
        return 10 * (mean - least) ** 3 + (10 / genes) * penalty(x);
      };
      return { optimum, f };
    },
  },
  ...(['schaffers', 'schaffers-ill-conditioned'] as const).map((name, i) =>
    schaffers(name, i === 0 ? 10 : 1000),
  ),
  {
    name: 'griewank-rosenbrock',
    summary: 'ripples on a bent valley',
    of: (drawn) => {
      const { z: valleyOf, optimum } = turnedValley(drawn, drawn.rotation());
      const f = (x: Point) => {
        const z = valleyOf(x);
        const sum = sumOver(z.length - 1, (i) => {
          const s = 100 * (z[i]! * z[i]! - z[i + 1]!) ** 2 + (z[i]! - 1) ** 2;
          return s / 4000 - cos(s);
        });
        return (10 * sum) / Math.max(1, z.length - 1) + 10;
      };
      return { optimum, f };
    },
  },
];

function schaffers(name: string, alpha: number): Family {
  return {
    name,
    summary: `ripples whose height and frequency change, of condition ${alpha}`,
    of: (drawn) => {
      const optimum = drawn.point(4);
      const [r, q] = [drawn.rotation(), drawn.rotation()];
      const pairs = Math.max(1, drawn.genes - 1);
      const f = (x: Point) => {
        const z = stretched(turned(q, asymmetric(turned(r, less(x, optimum)), 0.5)), alpha);
        const mean =
          sumOver(z.length - 1, (i) => {
            const s = Math.sqrt(z[i]! * z[i]! + z[i + 1]! * z[i + 1]!);
            const ripple = sin(50 * pow(s, 0.2));
            return Math.sqrt(s) * (1 + ripple * ripple);
          }) / pairs;
        return mean * mean + 10 * penalty(x);
      };
      return { optimum, f };
    },
  };
}

/** Functions 20 to 24: many optima, with next to no structure over them. */
export const weak: readonly Family[] = [
  {
    name: 'schwefel',
    summary: 'the best optimum is at a corner, far from the next',
    of: (drawn) => {
      const signs = drawn.signs();
      const size = 4.2096874633;
      const optimum = signs.map((sign) => (sign * size) / 2);
      const { genes } = drawn;
      const f = (x: Point) => {
        const folded = x.map((value, i) => 2 * signs[i]! * value);
        const leant = folded.map((value, i) => (i === 0 ? value : value + 0.25 * (folded[i - 1]! - size)));
        const z = stretched(
          leant.map((value) => value - size),
          10,
        ).map((value) => 100 * (value + size));
        const sum = sumOver(genes, (i) => z[i]! * sin(Math.sqrt(Math.abs(z[i]!))));
        const beyond = penalty(z.map((value) => value / 100));
        return Math.max(0, 4.189828872724339 - sum / (100 * genes) + 100 * beyond);
      };
      return { optimum, f };
    },
  },
  gallagher('gallagher-101', { peaks: 101, widest: 1000, best: 4, others: 5 }),
  gallagher('gallagher-21', { peaks: 21, widest: 1000 * 1000, best: 3.92, others: 4.9 }),
  {
    name: 'katsuura',
    summary: 'more than 10^D optima, rugged everywhere and nowhere smooth',
    of: (drawn) => {
      const optimum = drawn.point(4);
      const [r, q] = [drawn.rotation(), drawn.rotation()];
      const { genes } = drawn;
      const f = (x: Point) => {
        const z = turned(q, stretched(turned(r, less(x, optimum)), 100));
        let product = 1;
        for (let i = 0; i < genes; i++) {
          const rough = sumOver(32, (j) => {
            const scaled = 2 ** (j + 1) * z[i]!;
            return Math.abs(scaled - Math.floor(scaled + 0.5)) / 2 ** (j + 1);
          });
          product *= pow(1 + (i + 1) * rough, 10 / pow(genes, 1.2));
        }
        return (10 / (genes * genes)) * (product - 1) + penalty(x);
      };
      return { optimum, f };
    },
  },
  {
    name: 'lunacek',
    summary: 'two funnels: the wider one is the wrong one',
    of: (drawn) => {
      const { genes } = drawn;
      const signs = drawn.signs();
      const [r, q] = [drawn.rotation(), drawn.rotation()];
      const [right, depth] = [2.5, 1];
      const narrow = 1 - 1 / (2 * Math.sqrt(genes + 20) - 8.2);
      const wrong = -Math.sqrt((right * right - depth) / narrow);
      const f = (x: Point) => {
        const folded = x.map((value, i) => 2 * signs[i]! * value);
        const shifted = folded.map((value) => value - right);
        const z = turned(q, stretched(turned(r, shifted), 100));
        const funnel = Math.min(
          sumOver(genes, (i) => shifted[i]! * shifted[i]!),
          depth * genes + narrow * sumOver(genes, (i) => (folded[i]! - wrong) ** 2),
        );
        const rippling = 10 * (genes - sumOver(genes, (i) => cos(tau * z[i]!)));
        return funnel + rippling + 1e4 * penalty(x);
      };
      return { optimum: signs.map((sign) => (sign * right) / 2), f };
    },
  },
];

/** Peaks at random places, of random shapes and heights; the best of them is 0. */
function gallagher(
  name: string,
  { peaks, widest, best, others }: { peaks: number; widest: number; best: number; others: number },
): Family {
  return {
    name,
    summary: `${peaks} peaks at random places, of random shapes`,
    of: (drawn) => {
      const { genes } = drawn;
      const rotation = drawn.rotation();
      const optimum = drawn.point(best);
      const shapes = [widest, ...drawn.order(peaks - 1).map((j) => pow(1000, (2 * j) / (peaks - 2)))];
      const hills = shapes.map((alpha, peak) =>
        hill(drawn, alpha, peak === 0 ? optimum : drawn.point(others)),
      );
      const heights = hills.map((_, peak) => (peak === 0 ? 10 : 1.1 + (8 * (peak - 1)) / (peaks - 2)));
      const centres = hills.map(({ centre }) => turned(rotation, centre));
      const f = (x: Point) => {
        const z = turned(rotation, x);
        const highest = hills.reduce((most, { weights }, peak) => {
          const square = sumOver(genes, (i) => weights[i]! * (z[i]! - centres[peak]![i]!) ** 2);
          return Math.max(most, heights[peak]! * exp(-square / (2 * genes)));
        }, 0);
        return oscillated(10 - highest) ** 2 + penalty(x);
      };
      return { optimum, f };
    },
  };
}

/** A peak's place, and the weights of its axes: Lambda^alpha / alpha^(1/4), with the axes in any order. */
function hill(drawn: Drawn, alpha: number, centre: Float64Array) {
  const order = drawn.order(drawn.genes);
  const weights = centre.map((_, i) => pow(alpha, along(order[i]!, drawn.genes) / 2 - 0.25));
  return { centre, weights };
}
