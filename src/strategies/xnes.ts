import { z } from 'zod';
import { exp } from '../math/exponential.js';
import { log } from '../math/logarithm.js';
import { NormalSource } from '../math/loops/normals.js';
import { type RandomState, RandomStream } from '../math/random.js';
import { defaultPopulation } from './cma-es/parameters.js';
import { addRows, addSquares } from './cma-es/rows.js';
import { Coordinates } from './coordinates.js';
import { commonOptions, rate } from './nes/options.js';
import { turn } from './nes/turn.js';
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
 * B <- B expm(rate / 2 (G - tr(G) / n I)), in as many directions as there are candidates.
 */
class Xnes implements Strategy {
  private candidates: readonly Candidate[] | undefined;
  /** Genomes of a step, written over by those of the next. */
  private readonly genomes: Float64Array[] = [];
  private readonly population: number;
  private readonly rate: number;
  /** `[population, genes]` standard normal deviates of the step */
  private readonly noise: Float64Array;

  constructor(
    private readonly coordinates: Coordinates,
    private readonly settings: Options,
    private readonly stream: RandomStream,
    private readonly normals: NormalSource,
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
    addSquares(shape, new Float64Array(genes).fill(1), variances);
    if (variances.some((variance) => sigma * Math.sqrt(variance) >= tolx)) return undefined;
    return `tolx: every deviation is below ${tolx} steps of its gene`;
  }

  ask(): readonly Candidate[] {
    this.candidates ??= this.draw();
    return this.candidates;
  }

  private draw(): Candidate[] {
    const { noise, genomes, coordinates } = this;
    const { mean, sigma, shape } = this.state;
    const genes = mean.length;
    const moved = new Float64Array(genes);
    return Array.from({ length: this.population }, (_, k) => {
      const z = noise.subarray(k * genes, (k + 1) * genes);
      this.normals.fill(z);
      moved.fill(0);
      addRows(shape, z, moved);
      genomes[k] ??= coordinates.genomeAt(mean);
      coordinates.genomeBeside(mean, sigma, moved, 0, genomes[k]!);
      return { genome: genomes[k]!, fidelity: 1 };
    });
  }

  tell(outcomes: readonly Outcome[]): void {
    this.candidates = undefined;
    const { noise, state, settings } = this;
    const genes = state.mean.length;
    const shares = utilities(outcomes.map(fitness));
    const [along, spread] = [new Float64Array(genes), new Float64Array(genes)];
    addRows(noise, shares, along);
    // The shares sum to 0, so that the identity that each term of G lacks comes to nothing.
    addSquares(noise, shares, spread);
    const trace = spread.reduce((sum, value) => sum + value / genes, 0);
    const moved = new Float64Array(genes);
    addRows(state.shape, along, moved);
    for (let i = 0; i < genes; i++) state.mean[i]! += settings.meanRate * state.sigma * moved[i]!;
    state.sigma *= exp(0.5 * (settings.sizeRate ?? this.rate) * trace);
    turn(state.shape, noise, shares, trace, 0.5 * (settings.shapeRate ?? this.rate));
  }

  snapshot(): Snapshot {
    const { mean, sigma, shape } = this.state;
    return {
      random: { ...this.stream.state() },
      normals: this.normals.state(),
      mean: mean.slice(),
      sigma,
      shape: shape.slice(),
    };
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
    const stream = RandomStream.from(seed);
    return new Xnes(coordinates, settings, stream, NormalSource.from(stream), state);
  },
  restore: (problem, settings, { random, normals, mean, sigma, shape }): Strategy => {
    const copy = (array: unknown) => Float64Array.from(array as Float64Array);
    const stream = RandomStream.restore(random as unknown as RandomState);
    const state = { mean: copy(mean), sigma: sigma as number, shape: copy(shape) };
    const source = NormalSource.restore(stream, normals as Int32Array);
    return new Xnes(new Coordinates(problem, settings.sigma0), settings, stream, source, state);
  },
} satisfies StrategyModule<typeof options>;
