import { z } from 'zod';
import { type RandomState, RandomStream } from '../math/random.js';
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
  private asked: Candidate[] | undefined;

  constructor(
    private readonly problem: Problem,
    private readonly settings: Options,
    private readonly stream: RandomStream,
  ) {}

  ask(): readonly Candidate[] {
    this.asked ??= Array.from({ length: this.settings.batch }, () => ({ genome: this.draw(), fidelity: 1 }));
    return this.asked;
  }

  private draw(): Float64Array {
    const { genes, start } = this.problem;
    const genome = start.slice();
    const redraw = (gene: number) => {
      genome[gene] = drawnFromPrior(this.problem, gene, this.stream);
    };
    const some = this.settings.genes;
    if (some === null || some >= genes) for (let gene = 0; gene < genes; gene++) redraw(gene);
    else for (const gene of this.stream.sample(genes, some)) redraw(gene);
    return genome;
  }

  tell(): void {
    this.asked = undefined;
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
  takes: { integers: true, objectives: Number.POSITIVE_INFINITY, constraints: true },
  branching: { options: ['batch', 'genes'], withoutScores: (state) => state },
  create: (problem, settings, seed): Strategy => new RandomSearch(problem, settings, RandomStream.from(seed)),
  restore: (problem, settings, snapshot): Strategy =>
    new RandomSearch(problem, settings, RandomStream.restore(snapshot.random as unknown as RandomState)),
} satisfies StrategyModule<typeof options>;
