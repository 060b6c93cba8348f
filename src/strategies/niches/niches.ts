import { type RandomState, RandomStream } from '../../math/random.js';
import { drawnGenome } from '../ga/first-generation.js';
import { fitness } from '../ranking.js';
import type { Candidate, Outcome, Problem, Snapshot, Strategy, StrategyModule } from '../strategy.js';
import { Breeding } from './breeding.js';
import { type NicheOf, nicheFault, nicheOf } from './niche.js';
import { type Options, options } from './options.js';
import { genesChanged, type Member, Population } from './population.js';
import { firstSize, sizeAfter, sizeFault } from './size.js';

/** The first genomes are given up after so many evaluations for each place in the population: few scores may differ. */
const firstEvaluations = 5;

/** What of a search changes. */
interface State {
  stream: RandomStream;
  population: Population;
  /** Outcomes that it was told. */
  told: number;
  /** Whether genomes near the start are still to fill the population. */
  founding: boolean;
}

class Niches implements Strategy {
  private readonly breeding: Breeding;
  private readonly nicheOf: NicheOf | undefined;
  private asked: Candidate[] | undefined;

  constructor(
    private readonly problem: Problem,
    private readonly settings: Options,
    private readonly state: State,
  ) {
    this.nicheOf = nicheOf(problem, settings);
    this.breeding = new Breeding(problem, settings, state.stream);
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
    const { told, founding, population, stream } = this.state;
    if (told === 0 && index === 0) return Float64Array.from(problem.start);
    if (told > 0 && population.members.length === 0) return drawnGenome(problem, stream);
    return founding ? breeding.nearStart() : breeding.child(population);
  }

  tell(outcomes: readonly Outcome[]): void {
    const { state, problem, settings } = this;
    outcomes.forEach((outcome, i) => {
      const score = fitness(outcome);
      if (!Number.isFinite(score)) return;
      const niche = this.nicheOf?.(outcome);
      if (Number.isNaN(niche)) return;
      const genome = Float64Array.from(this.asked![i]!.genome);
      const changed = genesChanged(genome, problem.start);
      state.population.take({ genome, score, changed, ...(niche === undefined ? {} : { niche }) });
    });
    this.asked = undefined;
    state.told += outcomes.length;
    state.population.resize(sizeAfter(settings, state.told));
    const founded = state.told >= firstEvaluations * firstSize(settings);
    state.founding &&= !state.population.full && !founded;
  }

  snapshot(): Snapshot {
    const { stream, population, told, founding } = this.state;
    return {
      ...stored(population.members, this.problem.genes),
      ...{ told, founding },
      random: { ...stream.state() },
    };
  }
}

/** Members as arrays: their scores, their cells where niches are told by behaviour, and their genomes `[members, genes]` row-major. */
function stored(members: readonly Member[], genes: number): Snapshot {
  const genomes = new Float64Array(members.length * genes);
  members.forEach(({ genome }, i) => {
    genomes.set(genome, i * genes);
  });
  const niches = members.flatMap(({ niche }) => (niche === undefined ? [] : [niche]));
  return {
    genomes,
    scores: Float64Array.from(members, ({ score }) => score),
    ...(niches.length > 0 ? { niches: Float64Array.from(niches) } : {}),
  };
}

function membersIn(snapshot: Snapshot, { genes, start }: Problem): Member[] {
  const genomes = snapshot.genomes as Float64Array;
  const niches = snapshot.niches as Float64Array | undefined;
  return Array.from(snapshot.scores as Float64Array, (score, i) => {
    const genome = genomes.slice(i * genes, (i + 1) * genes);
    const niche = niches?.[i];
    return {
      genome,
      score,
      changed: genesChanged(genome, start),
      ...(niche === undefined ? {} : { niche }),
    };
  });
}

function restored(problem: Problem, settings: Options, snapshot: Snapshot): Strategy {
  const told = snapshot.told as number;
  return new Niches(problem, settings, {
    stream: RandomStream.restore(snapshot.random as unknown as RandomState),
    population: new Population(sizeAfter(settings, told), membersIn(snapshot, problem)),
    told,
    founding: snapshot.founding as boolean,
  });
}

/**
 * A steady search for scores that are rugged and fixed by the genome: a population with one member a score, or one a cell of
 * behaviour; children that take few genes from a second parent or have few drawn anew; and, of two that score the same,
 * that with fewer changes.
 */
export const niches = {
  summary:
    'keeps one genome for each score, or each way to behave; children differ in few genes. For rugged scores that the genome fixes',
  source:
    'written for this program; of the family of crowding and restricted replacement (Mahfoud 1995) with heavy-tailed ' +
    'mutation (Doerr et al. 2017, doi:10.1145/3071178.3071301)',
  options,
  takes: {
    integers: true,
    objectives: 1,
    constraints: false,
    injected: true,
    behaviour: ({ niche }) => niche !== undefined,
  },
  // Members keep their scores, and their number follows what is planned. How children are made may change.
  branching: {
    options: ['batch', 'firstGenes', 'exchange', 'decades', 'alsoMutate', 'largest', 'tail', 'contestants'],
  },
  plannedBy: 'evaluations',
  fault: (problem, settings) => sizeFault(problem, settings) ?? nicheFault(problem, settings),
  create: (problem, settings, seed): Strategy =>
    new Niches(problem, settings, {
      stream: RandomStream.from(seed),
      population: new Population(firstSize(settings)),
      told: 0,
      founding: true,
    }),
  restore: restored,
} satisfies StrategyModule<typeof options>;
