import { z } from 'zod';
import { pow } from '../math/power.js';
import { type RandomState, RandomStream } from '../math/random.js';
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

  /**
   * @param centre `[genes]` in the genes' own units
   * @param first `[genes]` Adam's mean gradient, or the momentum
   * @param second `[genes]` Adam's mean square
   */
  constructor(
    private readonly problem: Problem,
    private readonly settings: Options,
    private readonly stream: RandomStream,
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
    const { noise, settings } = this;
    const { genes } = this.problem;
    this.stream.normals(noise);
    const sigma = this.current(settings.sigma);
    return Array.from({ length: 2 * settings.pairs }, (_, i) => {
      const z = noise.subarray((i >> 1) * genes, ((i >> 1) + 1) * genes);
      return { genome: this.moved(i % 2 === 0 ? sigma : -sigma, z), fidelity: 1 };
    });
  }

  /** The centre moved by `factor` steps along a direction, and put back within the bounds. */
  private moved(factor: number, direction: Readonly<Float64Array>): Float64Array {
    const { step, low, high } = this.problem;
    const moved = this.centre.slice();
    for (let gene = 0; gene < moved.length; gene++) {
      const value = moved[gene]! + factor * step[gene]! * direction[gene]!;
      moved[gene] = Math.min(high[gene]!, Math.max(low[gene]!, value));
    }
    return moved;
  }

  private current({ start, decay, floor }: Options['sigma']): number {
    return Math.max(floor, start * pow(decay, this.step));
  }

  tell(outcomes: readonly Outcome[]): void {
    this.candidates = undefined;
    const gradient = this.gradient(centredRanks(outcomes.map(fitness)));
    const rate = this.current(this.settings.learningRate);
    this.step += 1;
    this.centre.set(this.moved(rate, this.direction(gradient)));
  }

  private gradient(ranks: Readonly<Float64Array>): Float64Array {
    const { pairs, sigma } = this.settings;
    const { genes } = this.problem;
    const gradient = new Float64Array(genes);
    const share = 1 / (2 * pairs * this.current(sigma));
    for (let pair = 0; pair < pairs; pair++) {
      const weight = share * (ranks[2 * pair]! - ranks[2 * pair + 1]!);
      for (let gene = 0; gene < genes; gene++) gradient[gene]! += weight * this.noise[pair * genes + gene]!;
    }
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
    return new OpenAiEs(problem, settings, stream, centre, zeros(), zeros(), 0);
  },
  restore: (problem, settings, { random, centre, first, second, step }): Strategy => {
    const copy = (array: unknown) => Float64Array.from(array as Float64Array);
    const stream = RandomStream.restore(random as unknown as RandomState);
    return new OpenAiEs(problem, settings, stream, copy(centre), copy(first), copy(second), step as number);
  },
} satisfies StrategyModule<typeof options>;
