import { z } from 'zod';
import { type RandomState, RandomStream } from '../math/random.js';
import { drawnGenome } from './ga/first-generation.js';
import { drawnFromPrior } from './problem.js';
import type { Candidate, Problem, Snapshot, Strategy, StrategyModule } from './strategy.js';

const options = z.strictObject({
  batch: z.int().min(1).max(1_000_000).default(64).describe('genomes a step'),
  genes: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('how many genes of the start are drawn anew in each genome; null: all of them'),
});

type Options = z.output<typeof options>;

class RandomSearch implements Strategy {
  private readonly candidates: readonly (Candidate & { genome: Float64Array })[];
  private drawn = false;

  constructor(
    private readonly problem: Problem,
    private readonly settings: Options,
    private readonly stream: RandomStream,
  ) {
    this.candidates = Array.from({ length: settings.batch }, () => ({
      genome: new Float64Array(problem.genes),
      fidelity: 1,
    }));
  }

  ask(): readonly Candidate[] {
    if (!this.drawn) for (const { genome } of this.candidates) this.draw(genome);
    this.drawn = true;
    return this.candidates;
  }

  private draw(genome: Float64Array): void {
    const { problem, stream } = this;
    const some = this.settings.genes;
    if (some === null || some >= problem.genes) {
      drawnGenome(problem, stream, genome);
      return;
    }
    genome.set(problem.start);
    for (const gene of stream.sample(problem.genes, some))
      genome[gene] = drawnFromPrior(problem, gene, stream);
  }

  tell(): void {
    this.drawn = false;
  }

  snapshot(): Snapshot {
    return { random: { ...this.stream.state() } };
  }
}

/** Draws genomes from the prior and learns nothing: the baseline that every search must beat. */
export const random = {
  summary: 'draws every genome anew and learns nothing: the baseline',
  source: 'none needed',
  options,
  // It learns nothing, so it may be told anything.
  takes: { integers: true, objectives: Number.POSITIVE_INFINITY, constraints: true, injected: true },
  branching: { options: ['batch', 'genes'], withoutScores: (state) => state },
  create: (problem, settings, seed): Strategy => new RandomSearch(problem, settings, RandomStream.from(seed)),
  restore: (problem, settings, snapshot): Strategy =>
    new RandomSearch(problem, settings, RandomStream.restore(snapshot.random as unknown as RandomState)),
} satisfies StrategyModule<typeof options>;
