import { type RandomState, RandomStream } from '../math/random.js';
import { Ageing } from './ga/ageing.js';
import { breed } from './ga/breeding.js';
import { drawnGenome, firstGeneration } from './ga/first-generation.js';
import { type GaOptions, gaOptions } from './ga/options.js';
import { parentPool } from './ga/selection.js';
import { bestFirst, fitness } from './ranking.js';
import type { Candidate, Outcome, Problem, Snapshot, Strategy, StrategyModule } from './strategy.js';

class GeneticAlgorithm implements Strategy {
  private readonly candidates: Candidate[];

  /** @param population `[population, genes]` row-major */
  constructor(
    private readonly problem: Problem,
    private readonly settings: GaOptions,
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
    breed(
      settings,
      problem,
      stream,
      pool,
      (parent) => this.row(this.population, parent),
      Array.from({ length: children }, (_, i) => this.row(next, i)),
    );
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
  source:
    'Churchland and Garcia-Ojalvo 2025, arXiv 2508.09618; Deb and Agrawal 1995 (SBX); Real, Aggarwal, Huang and Le 2019, doi:10.1609/aaai.v33i01.33014780 (ageing)',
  options: gaOptions,
  takes: { integers: true, objectives: 1, constraints: false, injected: true },
  // A generation is all that it keeps: how the next is made of it may change, how large it is may not. A population that
  // ages keeps scores, and is told anew without them.
  branching: {
    options: ['elites', 'selection', 'crossover', 'mutation'],
    withoutScores: ({ scores, ...state }) =>
      scores
        ? { ...state, scores: new Float64Array((scores as Float64Array).length).fill(Number.NaN) }
        : state,
  },
  create: (problem, settings, seed): Strategy => {
    if (settings.replacement?.kind === 'ageing')
      return Ageing.begin(problem, settings, settings.replacement.children, seed);
    const stream = RandomStream.from(seed);
    const population = new Float64Array(settings.population * problem.genes);
    firstGeneration(problem, settings, stream).forEach((genome, i) => {
      population.set(genome, i * problem.genes);
    });
    return new GeneticAlgorithm(problem, settings, stream, population);
  },
  restore: (problem, settings, snapshot): Strategy => {
    if (settings.replacement?.kind === 'ageing')
      return Ageing.resume(problem, settings, settings.replacement.children, snapshot);
    return new GeneticAlgorithm(
      problem,
      settings,
      RandomStream.restore(snapshot.random as unknown as RandomState),
      Float64Array.from(snapshot.population as Float64Array),
    );
  },
} satisfies StrategyModule<typeof gaOptions>;
