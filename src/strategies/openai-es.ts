import { z } from 'zod';
import { NormalSource } from '../math/loops/normals.js';
import { pow } from '../math/power.js';
import { type RandomState, RandomStream } from '../math/random.js';
import { addRows } from './cma-es/rows.js';
import { centredRanks, fitness } from './ranking.js';
import type { Candidate, Outcome, Problem, Snapshot, Strategy, StrategyModule } from './strategy.js';

const decaying = (start: number, about: string) => ({
  start: z.number().positive().default(start).describe(`${about}, in steps of each gene`),
  decay: z.number().positive().max(1).default(1).describe('multiplied by this after every step; 1: constant'),
  floor: z.number().positive().default(1e-3).describe('it does not fall below this'),
});

const options = z.strictObject({
  pairs: z.int().min(1).max(500_000).default(32).describe('mirrored pairs of genomes a step'),
  sigma: z.strictObject(decaying(0.5, 'deviation of the genomes from the centre')).prefault({}),
  learningRate: z.strictObject(decaying(0.1, 'how far the centre moves')).prefault({}),
  optimizer: z
    .discriminatedUnion('kind', [
      z
        .strictObject({
          kind: z.literal('adam'),
          beta1: z.number().min(0).lt(1).default(0.9).describe('memory of the mean gradient'),
          beta2: z.number().min(0).lt(1).default(0.999).describe('memory of its mean square'),
          epsilon: z.number().positive().default(1e-8).describe('keeps the division finite'),
        })
        .describe('steps of about the learning rate in every gene, whatever the gradient'),
      z
        .strictObject({
          kind: z.literal('sgd'),
          momentum: z.number().min(0).lt(1).default(0.9).describe('memory of the gradient'),
        })
        .describe('steps of the learning rate times the gradient'),
    ])
    .prefault({ kind: 'adam' }),
});

type Options = z.output<typeof options>;

/**
 * Evolution strategy as stochastic gradient ascent (Salimans et al. 2017, arXiv 1703.03864, Algorithm 2). Everything is
 * in steps of the genes: the candidates are c + sigma z and c - sigma z, and the gradient is estimated as
 * g = sum of (u+ - u-) z / (2 pairs sigma), u the ranks of the scores, centred to [-1/2, 1/2]. Equal scores share a
 * rank; failures share the last. Genes beyond a bound are put on it, in candidates and in the centre.
 */
class OpenAiEs implements Strategy {
  private candidates: readonly Candidate[] | undefined;
  /** `[pairs, genes]` standard normal deviates of the step */
  private readonly noise: Float64Array;
  /** Genomes of a step, written over by those of the next. */
  private readonly genomes: Float64Array[] = [];

  /**
   * @param centre `[genes]` in the genes' own units
   * @param first `[genes]` Adam's mean gradient, or the momentum
   * @param second `[genes]` Adam's mean square
   */
  constructor(
    private readonly problem: Problem,
    private readonly settings: Options,
    private readonly stream: RandomStream,
    private readonly normals: NormalSource,
    private readonly centre: Float64Array,
    private readonly first: Float64Array,
    private readonly second: Float64Array,
    private step: number,
  ) {
    this.noise = new Float64Array(settings.pairs * problem.genes);
  }

  ask(): readonly Candidate[] {
    this.candidates ??= this.draw();
    return this.candidates;
  }

  private draw(): Candidate[] {
    const { noise, settings, genomes } = this;
    const { genes } = this.problem;
    const sigma = this.current(settings.sigma);
    return Array.from({ length: settings.pairs }, (_, pair) => {
      const z = noise.subarray(pair * genes, (pair + 1) * genes);
      this.normals.fill(z);
      return [sigma, -sigma].map((factor, twin) => {
        genomes[2 * pair + twin] ??= new Float64Array(genes);
        const genome = genomes[2 * pair + twin]!;
        this.moved(factor, z, genome);
        return { genome, fidelity: 1 };
      });
    }).flat();
  }

  /** The centre moved by `factor` steps along a direction, and put back within the bounds. */
  private moved(factor: number, direction: Readonly<Float64Array>, into: Float64Array): void {
    const { centre } = this;
    const { step, low, high } = this.problem;
    for (let gene = 0; gene < into.length; gene++) {
      const value = centre[gene]! + factor * step[gene]! * direction[gene]!;
      into[gene] = Math.min(high[gene]!, Math.max(low[gene]!, value));
    }
  }

  private current({ start, decay, floor }: Options['sigma']): number {
    return Math.max(floor, start * pow(decay, this.step));
  }

  tell(outcomes: readonly Outcome[]): void {
    this.candidates = undefined;
    const gradient = this.gradient(centredRanks(outcomes.map(fitness)));
    const rate = this.current(this.settings.learningRate);
    this.step += 1;
    this.moved(rate, this.direction(gradient), this.centre);
  }

  private gradient(ranks: Readonly<Float64Array>): Float64Array {
    const { pairs, sigma } = this.settings;
    const { genes } = this.problem;
    const gradient = new Float64Array(genes);
    const share = 1 / (2 * pairs * this.current(sigma));
    const weights = Float64Array.from(
      { length: pairs },
      (_, pair) => share * (ranks[2 * pair]! - ranks[2 * pair + 1]!),
    );
    addRows(this.noise, weights, gradient);
    return gradient;
  }

  /** What the learning rate is multiplied by; Adam as in Kingma & Ba 2015 (arXiv 1412.6980), Algorithm 1. */
  private direction(gradient: Readonly<Float64Array>): Float64Array {
    const { first, second, step } = this;
    const { optimizer } = this.settings;
    if (optimizer.kind === 'sgd') {
      return first.map((mean, gene) => {
        first[gene] = optimizer.momentum * mean + gradient[gene]!;
        return first[gene]!;
      });
    }
    const { beta1, beta2, epsilon } = optimizer;
    const unbiased1 = 1 - pow(beta1, step);
    const unbiased2 = 1 - pow(beta2, step);
    return gradient.map((slope, gene) => {
      first[gene] = beta1 * first[gene]! + (1 - beta1) * slope;
      second[gene] = beta2 * second[gene]! + (1 - beta2) * slope * slope;
      return first[gene]! / unbiased1 / (Math.sqrt(second[gene]! / unbiased2) + epsilon);
    });
  }

  snapshot(): Snapshot {
    return {
      random: { ...this.stream.state() },
      normals: this.normals.state(),
      centre: this.centre.slice(),
      first: this.first.slice(),
      second: this.second.slice(),
      step: this.step,
    };
  }
}

/** Follows an estimate of the gradient of the expected score: for many genes and many evaluations. */
export const openaiEs = {
  summary: 'gradient ascent by mirrored random pairs and ranks (OpenAI-ES), with Adam or momentum',
  source: 'Salimans, Ho, Chen, Sidor and Sutskever 2017, arXiv 1703.03864',
  options,
  takes: { integers: false, objectives: 1, constraints: false },
  // Moments are of ranks, which know no scores; they are of one optimizer.
  branching: { options: ['pairs', 'sigma', 'learningRate'], withoutScores: (state) => state },
  create: (problem, settings, seed): Strategy => {
    const zeros = () => new Float64Array(problem.genes);
    const stream = RandomStream.from(seed);
    const centre = Float64Array.from(problem.start);
    return new OpenAiEs(problem, settings, stream, NormalSource.from(stream), centre, zeros(), zeros(), 0);
  },
  restore: (problem, settings, { random, normals, centre, first, second, step }): Strategy => {
    const copy = (array: unknown) => Float64Array.from(array as Float64Array);
    const stream = RandomStream.restore(random as unknown as RandomState);
    const source = NormalSource.restore(stream, normals as Int32Array);
    return new OpenAiEs(
      problem,
      settings,
      stream,
      source,
      copy(centre),
      copy(first),
      copy(second),
      step as number,
    );
  },
} satisfies StrategyModule<typeof options>;
