import { z } from 'zod';
import { exp } from '../math/exponential.js';
import { log } from '../math/logarithm.js';
import { NormalSource } from '../math/loops/normals.js';
import { type RandomState, RandomStream } from '../math/random.js';
import { defaultPopulation } from './cma-es/parameters.js';
import { addRows, addSquares } from './cma-es/rows.js';
import { Coordinates } from './coordinates.js';
import { commonOptions, rate } from './nes/options.js';
import { utilities } from './nes/utilities.js';
import { fitness } from './ranking.js';
import type { Candidate, Outcome, Problem, Snapshot, Strategy, StrategyModule } from './strategy.js';

const options = z.strictObject({
  ...commonOptions,
  deviationRate: rate('(3 + ln n) / (5 sqrt n)', 'how fast deviations follow their gradient'),
});

type Options = z.output<typeof options>;

/**
 * Separable natural evolution strategy: a normal distribution with a mean and a deviation for each gene, z ~ N(0, I):
 * m <- m + rate sigma z-gradient, sigma <- sigma exp(rate / 2 (z^2 - 1)-gradient), each gradient weighted by utilities.
 */
class Snes implements Strategy {
  private candidates: readonly Candidate[] | undefined;
  /** Genomes of a step, written over by those of the next. */
  private readonly genomes: Float64Array[] = [];
  private readonly population: number;
  private readonly deviationRate: number;
  /** `[population, genes]` standard normal deviates of the step */
  private readonly noise: Float64Array;

  /** @param mean `[genes]`, and `deviations`, in the coordinates' units */
  constructor(
    private readonly coordinates: Coordinates,
    private readonly settings: Options,
    private readonly stream: RandomStream,
    private readonly normals: NormalSource,
    private readonly mean: Float64Array,
    private readonly deviations: Float64Array,
  ) {
    const { genes } = coordinates;
    this.population = settings.population ?? Math.floor(defaultPopulation(Math.max(1, genes)));
    this.deviationRate = settings.deviationRate ?? (3 + log(Math.max(1, genes))) / (5 * Math.sqrt(genes));
    this.noise = new Float64Array(this.population * genes);
  }

  get stopped(): string | undefined {
    const { tolx } = this.settings;
    if (this.coordinates.genes === 0) return 'nothing to search: every gene has one value only';
    if (tolx === null || this.deviations.some((deviation) => deviation >= tolx)) return undefined;
    return `tolx: every deviation is below ${tolx} steps of its gene`;
  }

  ask(): readonly Candidate[] {
    this.candidates ??= this.draw();
    return this.candidates;
  }

  private draw(): Candidate[] {
    const point = new Float64Array(this.mean.length);
    return Array.from({ length: this.population }, (_, k) => {
      this.drawPoint(k, point);
      this.genomes[k] = this.coordinates.genomeAt(point, this.genomes[k]);
      return { genome: this.genomes[k]!, fidelity: 1 };
    });
  }

  private drawPoint(candidate: number, point: Float64Array): void {
    const { noise, mean, deviations } = this;
    const genes = mean.length;
    const from = candidate * genes;
    this.normals.fill(noise.subarray(from, from + genes));
    for (let i = 0; i < genes; i++) point[i] = mean[i]! + deviations[i]! * noise[from + i]!;
  }

  tell(outcomes: readonly Outcome[]): void {
    this.candidates = undefined;
    const { noise, mean, deviations, deviationRate } = this;
    const genes = mean.length;
    const shares = utilities(outcomes.map(fitness));
    const [along, wider] = [new Float64Array(genes), new Float64Array(genes)];
    addRows(noise, shares, along);
    // Shares sum to 0, so that the 1 of z^2 - 1 comes to nothing.
    addSquares(noise, shares, wider);
    for (let i = 0; i < genes; i++) {
      mean[i]! += this.settings.meanRate * deviations[i]! * along[i]!;
      deviations[i]! *= exp(0.5 * deviationRate * wider[i]!);
    }
  }

  snapshot(): Snapshot {
    return {
      random: { ...this.stream.state() },
      normals: this.normals.state(),
      mean: this.mean.slice(),
      deviations: this.deviations.slice(),
    };
  }
}

/** Learns a deviation for each gene: for many genes, in O(n) a candidate. */
export const snes = {
  summary: 'separable natural evolution strategy: a deviation for each gene',
  source: 'Schaul, Glasmachers and Schmidhuber 2011, doi:10.1145/2001576.2001692; Wierstra et al. 2014',
  options,
  takes: { integers: false, objectives: 1, constraints: false },
  branching: {
    options: ['meanRate', 'deviationRate', 'population', 'tolx'],
    withoutScores: (state) => state,
  },
  create: (problem: Problem, settings, seed): Strategy => {
    const coordinates = new Coordinates(problem, settings.sigma0);
    const mean = coordinates.pointOf(problem.start);
    const deviations = new Float64Array(mean.length).fill(settings.sigma0);
    const stream = RandomStream.from(seed);
    return new Snes(coordinates, settings, stream, NormalSource.from(stream), mean, deviations);
  },
  restore: (problem, settings, { random, normals, mean, deviations }): Strategy => {
    const copy = (array: unknown) => Float64Array.from(array as Float64Array);
    const stream = RandomStream.restore(random as unknown as RandomState);
    return new Snes(
      new Coordinates(problem, settings.sigma0),
      settings,
      stream,
      NormalSource.restore(stream, normals as Int32Array),
      copy(mean),
      copy(deviations),
    );
  },
} satisfies StrategyModule<typeof options>;
