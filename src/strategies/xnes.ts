import { z } from 'zod';
import { exp } from '../math/exponential.js';
import { log } from '../math/logarithm.js';
import { type RandomState, RandomStream } from '../math/random.js';
import { symmetricEigen } from '../math/symmetric-eigen.js';
import { defaultPopulation } from './cma-es/parameters.js';
import { addRows } from './cma-es/rows.js';
import { Coordinates } from './coordinates.js';
import { commonOptions, rate } from './nes/options.js';
import { utilities } from './nes/utilities.js';
import { fitness } from './ranking.js';
import type { Candidate, Outcome, Snapshot, Strategy, StrategyModule } from './strategy.js';

const formula = '(9 + 3 ln n) / (5 n sqrt n)';

const options = z.strictObject({
  ...commonOptions,
  sizeRate: rate(formula, 'how fast the size follows its gradient'),
  shapeRate: rate(formula, 'how fast the shape follows its gradient'),
});

type Options = z.output<typeof options>;

/** State of a search: x = mean + sigma B z. */
interface State {
  /** `[genes]` */
  mean: Float64Array;
  sigma: number;
  /** `[genes, genes]` row-major, B transposed: row k is what deviate k moves */
  shape: Float64Array;
}

/**
 * Exponential natural evolution strategy: the whole covariance, followed in the exponent, so that it stays positive
 * definite whatever the step. With G = sum of u z z^T, the trace of G / n scales sigma, and the rest of it turns B:
 * B <- B expm(rate / 2 (G - tr(G) / n I)), by the eigen-decomposition of the symmetric exponent.
 */
class Xnes implements Strategy {
  private candidates: readonly Candidate[] | undefined;
  private readonly population: number;
  private readonly rate: number;
  /** `[population, genes]` standard normal deviates of the step */
  private readonly noise: Float64Array;

  constructor(
    private readonly coordinates: Coordinates,
    private readonly settings: Options,
    private readonly stream: RandomStream,
    private readonly state: State,
  ) {
    const { genes } = coordinates;
    const n = Math.max(1, genes);
    this.population = settings.population ?? Math.floor(defaultPopulation(n));
    this.rate = (9 + 3 * log(n)) / (5 * n * Math.sqrt(n));
    this.noise = new Float64Array(this.population * genes);
  }

  get stopped(): string | undefined {
    const { tolx } = this.settings;
    const { genes } = this.coordinates;
    if (genes === 0) return 'nothing to search: every gene has one value only';
    if (tolx === null) return undefined;
    const { sigma, shape } = this.state;
    const variances = new Float64Array(genes);
    shape.forEach((value, at) => {
      variances[at % genes]! += value * value;
    });
    if (variances.some((variance) => sigma * Math.sqrt(variance) >= tolx)) return undefined;
    return `tolx: every deviation is below ${tolx} steps of its gene`;
  }

  ask(): readonly Candidate[] {
    this.candidates ??= this.draw();
    return this.candidates;
  }

  private draw(): Candidate[] {
    const { noise } = this;
    const { mean, sigma, shape } = this.state;
    const genes = mean.length;
    this.stream.normals(noise);
    return Array.from({ length: this.population }, (_, k) => {
      const moved = new Float64Array(genes);
      addRows(shape, noise.subarray(k * genes, (k + 1) * genes), moved);
      const point = mean.map((value, i) => value + sigma * moved[i]!);
      return { genome: this.coordinates.genomeAt(point), fidelity: 1 };
    });
  }

  tell(outcomes: readonly Outcome[]): void {
    this.candidates = undefined;
    const { noise, state, settings } = this;
    const genes = state.mean.length;
    const shares = utilities(outcomes.map(fitness));
    const along = new Float64Array(genes);
    const spread = new Float64Array(genes * genes);
    shares.forEach((share, k) => {
      const z = noise.subarray(k * genes, (k + 1) * genes);
      for (let i = 0; i < genes; i++) {
        along[i]! += share * z[i]!;
        // The utilities sum to 0, so that the identity that each term lacks comes to nothing.
        for (let j = 0; j <= i; j++) spread[i * genes + j]! += share * z[i]! * z[j]!;
      }
    });
    const moved = new Float64Array(genes);
    addRows(state.shape, along, moved);
    for (let i = 0; i < genes; i++) state.mean[i]! += settings.meanRate * state.sigma * moved[i]!;
    let trace = 0;
    for (let i = 0; i < genes; i++) trace += spread[i * genes + i]! / genes;
    for (let i = 0; i < genes; i++) spread[i * genes + i]! -= trace;
    state.sigma *= exp(0.5 * (settings.sizeRate ?? this.rate) * trace);
    turn(state.shape, spread, 0.5 * (settings.shapeRate ?? this.rate));
  }

  snapshot(): Snapshot {
    const { mean, sigma, shape } = this.state;
    return { random: { ...this.stream.state() }, mean: mean.slice(), sigma, shape: shape.slice() };
  }
}

/**
 * B <- B expm(rate G), in B's transposed form: B^T <- expm(rate G) B^T, since G is symmetric.
 *
 * @param shape `[n, n]` B^T
 * @param exponent `[n, n]` G, in its lower triangle; overwritten
 */
export function turn(shape: Float64Array, exponent: Float64Array, rate: number): void {
  const genes = Math.sqrt(exponent.length);
  const values = new Float64Array(genes);
  symmetricEigen(exponent, values);
  const before = shape.slice();
  shape.fill(0);
  const along = new Float64Array(genes);
  const row = (of: Float64Array, i: number) => of.subarray(i * genes, (i + 1) * genes);
  for (let k = 0; k < genes; k++) {
    const axis = row(exponent, k);
    along.fill(0);
    addRows(before, axis, along);
    const grown = exp(rate * values[k]!);
    for (let i = 0; i < genes; i++) {
      const share = grown * axis[i]!;
      for (let j = 0; j < genes; j++) shape[i * genes + j]! += share * along[j]!;
    }
  }
}

/** Learns the whole covariance, by the natural gradient. */
export const xnes = {
  summary: 'exponential natural evolution strategy: the whole covariance, by the natural gradient',
  source: 'Glasmachers, Schaul, Sun, Wierstra and Schmidhuber 2010, doi:10.1145/1830483.1830557',
  options,
  takes: { integers: false, objectives: 1, constraints: false, mostGenes: 400 },
  branching: {
    options: ['meanRate', 'sizeRate', 'shapeRate', 'population', 'tolx'],
    withoutScores: (state) => state,
  },
  create: (problem, settings, seed): Strategy => {
    const coordinates = new Coordinates(problem, settings.sigma0);
    const { genes } = coordinates;
    const shape = new Float64Array(genes * genes);
    for (let i = 0; i < genes; i++) shape[i * genes + i] = 1;
    const state = { mean: coordinates.pointOf(problem.start), sigma: settings.sigma0, shape };
    return new Xnes(coordinates, settings, RandomStream.from(seed), state);
  },
  restore: (problem, settings, { random, mean, sigma, shape }): Strategy => {
    const copy = (array: unknown) => Float64Array.from(array as Float64Array);
    const stream = RandomStream.restore(random as unknown as RandomState);
    const state = { mean: copy(mean), sigma: sigma as number, shape: copy(shape) };
    return new Xnes(new Coordinates(problem, settings.sigma0), settings, stream, state);
  },
} satisfies StrategyModule<typeof options>;
