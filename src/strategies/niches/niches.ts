import { type RandomState, RandomStream } from '../../math/random.js';
import { drawnGenome } from '../ga/first-generation.js';
import { fitness } from '../ranking.js';
import type { Candidate, Outcome, Problem, Snapshot, Strategy, StrategyModule } from '../strategy.js';
import { Breeding } from './breeding.js';
import { type Options, options } from './options.js';
import { genesChanged, Population } from './population.js';
import { firstPopulation, populationAfter } from './sizes.js';

/** The first genomes are given up after so many evaluations for each place in the population: few scores may differ. */
const firstEvaluations = 5;

class Niches implements Strategy {
  private readonly breeding: Breeding;
  private asked: Candidate[] | undefined;

  /** @param told outcomes that it was told */
  constructor(
    private readonly problem: Problem,
    private readonly settings: Options,
    private readonly stream: RandomStream,
    private readonly population: Population,
    private told: number,
    private founding: boolean,
  ) {
    this.breeding = new Breeding(problem, settings, stream);
  }

  ask(): readonly Candidate[] {
    this.asked ??= Array.from({ length: this.settings.batch }, (_, i) => ({
      genome: this.genome(i),
      fidelity: 1,
    }));
    return this.asked;
  }

  private genome(index: number): Float64Array {
    const { told, founding, population, breeding, problem, stream } = this;
    if (told === 0 && index === 0) return Float64Array.from(problem.start);
    if (told > 0 && population.members.length === 0) return drawnGenome(problem, stream);
    return founding ? breeding.nearStart() : breeding.child(population);
  }

  tell(outcomes: readonly Outcome[]): void {
    const { population, problem, settings } = this;
    outcomes.forEach((outcome, i) => {
      const score = fitness(outcome);
      if (!Number.isFinite(score)) return;
      const genome = Float64Array.from(this.asked![i]!.genome);
      population.take({ genome, score, changed: genesChanged(genome, problem.start) });
    });
    this.told += outcomes.length;
    population.resize(populationAfter(settings, this.told));
    this.founding &&= !population.full && this.told < firstEvaluations * firstPopulation(settings);
    this.asked = undefined;
  }

  snapshot(): Snapshot {
    const { members } = this.population;
    const genomes = new Float64Array(members.length * this.problem.genes);
    members.forEach(({ genome }, i) => {
      genomes.set(genome, i * this.problem.genes);
    });
    return {
      genomes,
      scores: Float64Array.from(members, ({ score }) => score),
      told: this.told,
      founding: this.founding,
      random: { ...this.stream.state() },
    };
  }
}

function restored(problem: Problem, settings: Options, snapshot: Snapshot): Strategy {
  const genomes = snapshot.genomes as Float64Array;
  const members = Array.from(snapshot.scores as Float64Array, (score, i) => {
    const genome = genomes.slice(i * problem.genes, (i + 1) * problem.genes);
    return { genome, score, changed: genesChanged(genome, problem.start) };
  });
  const told = snapshot.told as number;
  return new Niches(
    problem,
    settings,
    RandomStream.restore(snapshot.random as unknown as RandomState),
    new Population(populationAfter(settings, told), members),
    told,
    snapshot.founding as boolean,
  );
}

/**
 * A steady search for scores that are rugged and fixed by the genome: a population with one member a score, children that
 * take few genes from a second parent or have few drawn anew, and, of two that score the same, that with fewer changes.
 */
export const niches = {
  summary: 'one genome a score, few genes exchanged or drawn anew: for rugged scores that the genome fixes',
  source:
    'written for this program; of the family of crowding and restricted replacement (Mahfoud 1995) with heavy-tailed ' +
    'mutation (Doerr et al. 2017, doi:10.1145/3071178.3071301)',
  options,
  takes: { integers: true, objectives: 1, constraints: false },
  // Members keep their scores. How many there are, and how children are made of them, may change.
  branching: { options: Object.keys(options.shape) },
  plannedBy: 'evaluations',
  create: (problem, settings, seed): Strategy => {
    const population = new Population(firstPopulation(settings));
    return new Niches(problem, settings, RandomStream.from(seed), population, 0, true);
  },
  restore: restored,
} satisfies StrategyModule<typeof options>;
