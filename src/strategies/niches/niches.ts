import { type RandomState, RandomStream } from '../../math/random.js';
import { drawnGenome } from '../ga/first-generation.js';
import { fitness } from '../ranking.js';
import type { Candidate, Outcome, Problem, Snapshot, Strategy, StrategyModule } from '../strategy.js';
import { Breeding } from './breeding.js';
import { type Options, options } from './options.js';
import { genesChanged, type Member, Population } from './population.js';
import { populationAfter, type Stage, stageAfter } from './stages.js';

/** The first genomes are given up after so many evaluations for each place in the population: few scores may differ. */
const firstEvaluations = 5;

/** What of a search changes. */
interface State {
  stream: RandomStream;
  population: Population;
  /** What islands kept that are over. */
  reserve: readonly Member[];
  /** Outcomes that it was told, and how many before the stage under way. */
  told: number;
  began: number;
  /** Whether genomes near the start are still to fill the population. */
  founding: boolean;
}

class Niches implements Strategy {
  private readonly breeding: Breeding;
  private stage: Stage;
  private asked: Candidate[] | undefined;

  constructor(
    private readonly problem: Problem,
    private readonly settings: Options,
    private readonly state: State,
  ) {
    this.breeding = new Breeding(problem, settings, state.stream);
    this.stage = stageAfter(settings, state.told);
  }

  ask(): readonly Candidate[] {
    this.asked ??= Array.from({ length: this.settings.batch }, (_, i) => ({
      genome: this.genome(i),
      fidelity: 1,
    }));
    return this.asked;
  }

  private genome(index: number): Float64Array {
    const { breeding, problem } = this;
    const { told, began, founding, population, stream } = this.state;
    if (founding && told === began && index === 0) return Float64Array.from(problem.start);
    if (population.members.length === 0 && !(founding && told === began)) return drawnGenome(problem, stream);
    return founding ? breeding.nearStart() : breeding.child(population);
  }

  tell(outcomes: readonly Outcome[]): void {
    const { state, problem, settings } = this;
    outcomes.forEach((outcome, i) => {
      const score = fitness(outcome);
      if (!Number.isFinite(score)) return;
      const genome = Float64Array.from(this.asked![i]!.genome);
      state.population.take({ genome, score, changed: genesChanged(genome, problem.start) });
    });
    this.asked = undefined;
    state.told += outcomes.length;
    const stage = stageAfter(settings, state.told);
    if (stage.index !== this.stage.index) {
      this.begin(stage);
      return;
    }
    state.population.resize(populationAfter(stage, state.told));
    const founded = state.told - state.began >= firstEvaluations * stage.first;
    state.founding &&= !state.population.full && !founded;
  }

  private begin(stage: Stage): void {
    const { state } = this;
    const kept = [...state.reserve, ...state.population.members];
    state.population = new Population(populationAfter(stage, state.told), stage.merged ? kept : []);
    state.reserve = stage.merged ? [] : kept;
    state.began = state.told;
    state.founding = !stage.merged;
    this.stage = stage;
  }

  snapshot(): Snapshot {
    const { stream, population, reserve, told, began, founding } = this.state;
    const { genes } = this.problem;
    return {
      members: stored(population.members, genes),
      reserve: stored(reserve, genes),
      ...{ told, began, founding },
      random: { ...stream.state() },
    };
  }
}

/** Members as arrays: their scores, and their genomes `[members, genes]` row-major. */
function stored(members: readonly Member[], genes: number): Snapshot {
  const genomes = new Float64Array(members.length * genes);
  members.forEach(({ genome }, i) => {
    genomes.set(genome, i * genes);
  });
  return { genomes, scores: Float64Array.from(members, ({ score }) => score) };
}

function membersIn(snapshot: Snapshot, { genes, start }: Problem): Member[] {
  const genomes = snapshot.genomes as Float64Array;
  return Array.from(snapshot.scores as Float64Array, (score, i) => {
    const genome = genomes.slice(i * genes, (i + 1) * genes);
    return { genome, score, changed: genesChanged(genome, start) };
  });
}

function restored(problem: Problem, settings: Options, snapshot: Snapshot): Strategy {
  const told = snapshot.told as number;
  const capacity = populationAfter(stageAfter(settings, told), told);
  return new Niches(problem, settings, {
    stream: RandomStream.restore(snapshot.random as unknown as RandomState),
    population: new Population(capacity, membersIn(snapshot.members as Snapshot, problem)),
    reserve: membersIn(snapshot.reserve as Snapshot, problem),
    told,
    began: snapshot.began as number,
    founding: snapshot.founding as boolean,
  });
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
  // Members keep their scores, and stages follow what is planned. How children are made may change.
  branching: {
    options: ['batch', 'firstGenes', 'exchange', 'decades', 'alsoMutate', 'largest', 'tail', 'contestants'],
  },
  plannedBy: 'evaluations',
  create: (problem, settings, seed): Strategy =>
    new Niches(problem, settings, {
      stream: RandomStream.from(seed),
      population: new Population(stageAfter(settings, 0).first),
      reserve: [],
      told: 0,
      began: 0,
      founding: true,
    }),
  restore: restored,
} satisfies StrategyModule<typeof options>;
