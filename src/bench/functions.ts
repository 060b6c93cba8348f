import { pow } from '../math/power.js';
import { RandomStream } from '../math/random.js';
import { cos, sin } from '../math/trigonometric.js';
import { along, orthogonal, type Point, turned, turnedBack } from './vectors.js';

/** A function to be minimised, defined for any number of genes; its least value is 0. */
export interface TestFunction {
  summary: string;
  /** The function for a number of genes. */
  of(genes: number): (x: Point) => number;
  /** Where it is 0, and where a search begins: `[genes]`. */
  optimum(genes: number): Float64Array;
  start(genes: number): Float64Array;
  /** First deviation of every gene. */
  sigma0: number;
  /** Searches that begin anew begin somewhere in the cube of this half-width. */
  prior: number;
}

const all = (value: number) => (genes: number) => new Float64Array(genes).fill(value);

/** The setting of the reference table: x0 = 3, sigma0 = 2, restarts in [-5, 5]. */
const usual = { optimum: all(0), start: all(3), sigma0: 2, prior: 5 };

const weightedSquares = (weight: (i: number, genes: number) => number) => (genes: number) => {
  const weights = Float64Array.from({ length: genes }, (_, i) => weight(i, genes));
  return (x: Point) => {
    let sum = 0;
    for (let i = 0; i < genes; i++) sum += weights[i]! * x[i]! * x[i]!;
    return sum;
  };
};

const sphere: TestFunction = {
  ...usual,
  summary: 'sum of x_i^2',
  of: weightedSquares(() => 1),
};

const ellipsoid: TestFunction = {
  ...usual,
  summary: 'sum of 10^(6 i / (n - 1)) x_i^2: axes from 1 to 1000',
  of: weightedSquares((i, genes) => pow(10, 6 * along(i, genes))),
};

const discus: TestFunction = {
  ...usual,
  summary: '10^6 x_0^2 + sum of the other x_i^2: one short axis',
  of: weightedSquares((i) => (i === 0 ? 1e6 : 1)),
};

const cigar: TestFunction = {
  ...usual,
  summary: 'x_0^2 + 10^6 times the sum of the other x_i^2: one long axis',
  of: weightedSquares((i) => (i === 0 ? 1 : 1e6)),
};

const differentPowers: TestFunction = {
  ...usual,
  summary: 'sum of |x_i|^(2 + 10 i / (n - 1)): ever flatter towards the optimum',
  of: (genes) => {
    const powers = Float64Array.from({ length: genes }, (_, i) => 2 + 10 * along(i, genes));
    return (x) => {
      let sum = 0;
      for (let i = 0; i < genes; i++) sum += pow(Math.abs(x[i]!), powers[i]!);
      return sum;
    };
  },
};

const rosenbrock: TestFunction = {
  ...usual,
  summary:
    'sum of 100 (x_i^2 - x_{i+1})^2 + (1 - x_i)^2: a bent valley, and from 4 genes on a local optimum near 4',
  optimum: all(1),
  of: (genes) => (x) => {
    let sum = 0;
    for (let i = 0; i < genes - 1; i++) {
      const bend = x[i]! * x[i]! - x[i + 1]!;
      sum += 100 * bend * bend + (1 - x[i]!) * (1 - x[i]!);
    }
    return sum;
  },
};

const rastrigin: TestFunction = {
  ...usual,
  summary: '10 n + sum of x_i^2 - 10 cos(2 pi x_i): a local optimum at every grid point',
  of: (genes) => (x) => {
    let sum = 10 * genes;
    for (let i = 0; i < genes; i++) sum += x[i]! * x[i]! - 10 * cos(2 * Math.PI * x[i]!);
    return sum;
  },
};

const griewank: TestFunction = {
  ...usual,
  summary: '1 + sum of x_i^2 / 4000 - product of cos(x_i / sqrt(i + 1)), of 100 x: ripples on a wide bowl',
  of: (genes) => (x) => {
    let sum = 1;
    let product = 1;
    for (let i = 0; i < genes; i++) {
      const wide = 100 * x[i]!;
      sum += (wide * wide) / 4000;
      product *= cos(wide / Math.sqrt(i + 1));
    }
    return sum - product;
  },
};

/** Where x sin(sqrt(x)) is greatest below 500, and what it is there. */
const schwefelBest = 420.96874635998205;
const schwefelGain = schwefelBest * sin(Math.sqrt(schwefelBest));

const schwefel: TestFunction = {
  ...usual,
  summary:
    'sum of 418.98 - x_i sin(sqrt|x_i|), of 100 x, with a wall beyond 5: the best valley is far from the next',
  optimum: all(schwefelBest / 100),
  of: (genes) => (x) => {
    let sum = 0;
    for (let i = 0; i < genes; i++) {
      const wide = Math.min(500, Math.max(-500, 100 * x[i]!));
      const beyond = 100 * x[i]! - wide;
      sum += schwefelGain - wide * sin(Math.sqrt(Math.abs(wide))) + beyond * beyond;
    }
    return Math.max(0, sum);
  },
};

/** f(R x) from the point that R takes to f's own start: the same search in turned coordinates. */
function rotated(name: string, inner: TestFunction): TestFunction {
  const back = (point: (genes: number) => Float64Array) => (genes: number) =>
    turnedBack(rotation(genes), point(genes));
  return {
    ...inner,
    summary: `${name} of coordinates turned by a random rotation`,
    optimum: back(inner.optimum),
    start: back(inner.start),
    of: (genes) => {
      const matrix = rotation(genes);
      const f = inner.of(genes);
      return (x) => f(turned(matrix, x));
    },
  };
}

/** A rotation drawn by a fixed seed: `[genes, genes]` row-major. */
export const rotation = (genes: number): Float64Array =>
  orthogonal(genes, RandomStream.from(`rotation ${genes}`));

/** Every test function, by the name used on the command line. */
export const functions = {
  sphere,
  ellipsoid,
  rosenbrock,
  discus,
  cigar,
  diffpow10: differentPowers,
  rastrigin,
  griewank,
  schwefel,
  'ellipsoid-rotated': rotated('ellipsoid', ellipsoid),
  'rosenbrock-rotated': rotated('rosenbrock', rosenbrock),
  'discus-rotated': rotated('discus', discus),
  'cigar-rotated': rotated('cigar', cigar),
  'rastrigin-rotated': rotated('rastrigin', rastrigin),
} as const satisfies Record<string, TestFunction>;

export type FunctionName = keyof typeof functions;
