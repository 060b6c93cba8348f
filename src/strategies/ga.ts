import { z } from 'zod';
import { type RandomState, RandomStream } from '../math/random.js';
import { crossover, crossoverOptions } from './ga/crossover.js';
import { drawnGenome, firstGeneration } from './ga/first-generation.js';
import { mutate, mutationOptions } from './ga/mutation.js';
import { drawPair, parentPool, selectionOptions } from './ga/selection.js';
import { bestFirst, fitness } from './ranking.js';
import type { Candidate, Outcome, Problem, Snapshot, Strategy, StrategyModule } from './strategy.js';

const options = z
  .strictObject({
    population: z.int().min(2).max(1_000_000).default(64).describe('genomes a generation'),
    elites: z.int().min(0).default(1).describe('best genomes carried over unchanged (and evaluated again)'),
    initial: z
      .enum(['start', 'prior'])
      .default('prior')
      .describe('the first generation beside the start itself: copies of it, or draws from the prior'),
    selection: selectionOptions.prefault({ kind: 'proportional' }),
    crossover: crossoverOptions.prefault({ kind: 'biased' }),
    mutation: mutationOptions.prefault({ kind: 'reset' }),
  })
  .refine(({ elites, population }) => elites < population, {
    path: ['elites'],
    message: 'there must be fewer elites than genomes in the population',
  });

type Options = z.output<typeof options>;

class GeneticAlgorithm implements Strategy {
  private readonly candidates: Candidate[];

  /** @param population `[population, genes]` row-major */
  constructor(
    private readonly problem: Problem,
    private readonly settings: Options,
    private readonly stream: RandomStream,
    private population: Float64Array,
    private spare: Float64Array = new Float64Array(population.length),
  ) {
    this.candidates = Array.from({ length: settings.population }, () => ({
      genome: population,
      fidelity: 1,
    }));
  }

  private row(population: Float64Array, index: number): Float64Array {
    const { genes } = this.problem;
    return population.subarray(index * genes, (index + 1) * genes);
  }

  ask(): readonly Candidate[] {
    for (let i = 0; i < this.candidates.length; i++)
      this.candidates[i]!.genome = this.row(this.population, i);
    return this.candidates;
  }

  tell(outcomes: readonly Outcome[]): void {
    const { settings, problem, stream } = this;
    const scores = outcomes.map(fitness);
    if (!scores.some(Number.isFinite)) {
      this.drawAnew();
      return;
    }
    const order = bestFirst(scores);
    const pool = parentPool(settings.selection, scores, order);
    const next = this.spare;
    const children = settings.population - settings.elites;
    for (let made = 0; made < children; ) {
      const [first, second] = drawPair(pool, stream);
      const firstChild = this.row(next, made++);
      const secondChild =
        settings.crossover.kind === 'sbx' && made < children ? this.row(next, made++) : undefined;
      crossover(settings.crossover, problem, stream, {
        first: this.row(this.population, first.index),
        second: this.row(this.population, second.index),
        firstShare: first.weight + second.weight > 0 ? first.weight / (first.weight + second.weight) : 0.5,
        child: firstChild,
        twin: secondChild,
      });
      mutate(settings.mutation, problem, stream, firstChild);
      if (secondChild) mutate(settings.mutation, problem, stream, secondChild);
    }
    for (let elite = 0; elite < settings.elites; elite++) {
      this.row(next, children + elite).set(this.row(this.population, order[elite]!));
    }
    this.spare = this.population;
    this.population = next;
  }

  /** A generation of which every genome failed says nothing of where to go: all but the elites in it are drawn anew. */
  private drawAnew(): void {
    const { settings, problem, stream } = this;
    for (let i = 0; i < settings.population - settings.elites; i++) {
      this.row(this.spare, i).set(drawnGenome(problem, stream));
    }
    for (let i = settings.population - settings.elites; i < settings.population; i++) {
      this.row(this.spare, i).set(this.row(this.population, i));
    }
    [this.spare, this.population] = [this.population, this.spare];
  }

  snapshot(): Snapshot {
    return { population: Float64Array.from(this.population), random: { ...this.stream.state() } };
  }
}

/**
 * A generational genetic algorithm. Its defaults are the plain evolutionary algorithm that ENOMAD is compared with:
 * the best half are parents, drawn in proportion to their fitness; a child takes each gene from its first parent with
 * probability (f1 / (f1 + f2))^1.2; five genes of each child are reset; the best genome is carried over.
 */
export const ga = {
  summary: 'genetic algorithm; the defaults are the plain evolutionary algorithm of the ENOMAD study',
  source: 'Churchland and Garcia-Ojalvo 2025, arXiv 2508.09618; Deb and Agrawal 1995 (SBX)',
  options,
  takes: { integers: true, objectives: 1, constraints: false },
  // A generation is all that it keeps: how the next is made of it may change, how large it is may not.
  branching: { options: ['elites', 'selection', 'crossover', 'mutation'], withoutScores: (state) => state },
  create: (problem, settings, seed): Strategy => {
    const stream = RandomStream.from(seed);
    const population = new Float64Array(settings.population * problem.genes);
    firstGeneration(problem, settings, stream).forEach((genome, i) => {
      population.set(genome, i * problem.genes);
    });
    return new GeneticAlgorithm(problem, settings, stream, population);
  },
  restore: (problem, settings, snapshot): Strategy =>
    new GeneticAlgorithm(
      problem,
      settings,
      RandomStream.restore(snapshot.random as unknown as RandomState),
      Float64Array.from(snapshot.population as Float64Array),
    ),
} satisfies StrategyModule<typeof options>;
