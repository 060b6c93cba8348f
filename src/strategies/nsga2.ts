import { z } from 'zod';
import { type Judged, type Standing, standings, standsBefore } from '../archives/pareto.js';
import { type RandomState, RandomStream } from '../math/random.js';
import { crossover, crossoverOptions } from './ga/crossover.js';
import { drawnGenome, firstGeneration } from './ga/first-generation.js';
import { mutate, mutationOptions } from './ga/mutation.js';
import type { Candidate, Outcome, Problem, Snapshot, Strategy, StrategyModule } from './strategy.js';

const options = z.strictObject({
  population: z.int().min(4).max(100_000).default(64).describe('genomes that are kept, and children a step'),
  initial: z
    .enum(['start', 'prior'])
    .default('prior')
    .describe('the first generation beside the start itself: copies of it, or draws from the prior'),
  crossover: crossoverOptions.prefault({ kind: 'sbx' }),
  mutation: mutationOptions.prefault({ kind: 'polynomial' }),
});

type Options = z.output<typeof options>;

interface Member extends Judged {
  genome: Float64Array;
}

/** What an outcome is when members are compared. A failed one is beyond every constraint. */
function judged({ status, objectives, constraints }: Outcome, count: number): Judged {
  const isSound = status === 'ok' && objectives.length === count && objectives.every(Number.isFinite);
  if (!isSound) return { objectives: Array<number>(count).fill(0), violation: Number.POSITIVE_INFINITY };
  return {
    objectives,
    violation: constraints.reduce((sum, excess) => sum + (excess > 0 ? excess : 0), 0),
  };
}

class NondominatedSorting implements Strategy {
  private asked: (Candidate & { genome: Float64Array })[] | undefined;
  /** Genomes of members that did not survive, to be written over. */
  private spare: Float64Array[] = [];
  private standings: readonly Standing[];

  /** @param members empty before the first generation has lived */
  constructor(
    private readonly problem: Problem,
    private readonly settings: Options,
    private readonly stream: RandomStream,
    private members: readonly Member[],
  ) {
    this.standings = standings(members);
  }

  ask(): readonly Candidate[] {
    this.asked ??= this.genomes().map((genome) => ({ genome, fidelity: 1 }));
    return this.asked;
  }

  private genomes(): Float64Array[] {
    const { problem, settings, stream, members } = this;
    if (members.length === 0) return firstGeneration(problem, settings, stream);
    // A generation of which every genome failed says nothing of where to go.
    if (members.every(({ violation }) => violation === Number.POSITIVE_INFINITY))
      return Array.from({ length: settings.population }, () => drawnGenome(problem, stream));
    const children: Float64Array[] = [];
    const blank = () => this.spare.pop() ?? new Float64Array(problem.genes);
    const makesTwins = settings.crossover.kind === 'sbx';
    while (children.length < settings.population) {
      const made = makesTwins ? [blank(), blank()] : [blank()];
      crossover(settings.crossover, problem, stream, {
        first: this.parent(),
        second: this.parent(),
        firstShare: 0.5,
        child: made[0]!,
        twin: made[1],
      });
      for (const child of made.slice(0, settings.population - children.length)) {
        mutate(settings.mutation, problem, stream, child);
        children.push(child);
      }
    }
    return children;
  }

  /** The better of two members that are drawn; the first where neither is. */
  private parent(): Float64Array {
    const { members, standings, stream } = this;
    const [a, b] = [stream.integer(members.length), stream.integer(members.length)];
    return members[standsBefore(standings[b]!, standings[a]!) ? b : a]!.genome;
  }

  tell(outcomes: readonly Outcome[]): void {
    const told = this.asked!.map(({ genome }, i) => ({
      genome,
      ...judged(outcomes[i]!, this.problem.objectives),
    }));
    const all = [...this.members, ...told];
    const places = standings(all);
    const order = [...all.keys()].sort((a, b) => {
      if (standsBefore(places[a]!, places[b]!)) return -1;
      return standsBefore(places[b]!, places[a]!) ? 1 : a - b;
    });
    const [kept, dropped] = [order.slice(0, this.settings.population), order.slice(this.settings.population)];
    this.members = kept.map((index) => all[index]!);
    this.spare = dropped.map((index) => all[index]!.genome);
    this.standings = standings(this.members);
    this.asked = undefined;
  }

  snapshot(): Snapshot {
    const { members, problem, stream } = this;
    const genomes = new Float64Array(members.length * problem.genes);
    members.forEach(({ genome }, i) => {
      genomes.set(genome, i * problem.genes);
    });
    return {
      genomes,
      objectives: Float64Array.from(members.flatMap(({ objectives }) => [...objectives])),
      violations: Float64Array.from(members, ({ violation }) => violation),
      random: { ...stream.state() },
    };
  }
}

function restored(problem: Problem, settings: Options, snapshot: Snapshot): Strategy {
  const { genes, objectives: count } = problem;
  const genomes = snapshot.genomes as Float64Array;
  const objectives = snapshot.objectives as Float64Array;
  const members = Array.from(snapshot.violations as Float64Array, (violation, i) => ({
    genome: genomes.slice(i * genes, (i + 1) * genes),
    objectives: [...objectives.subarray(i * count, (i + 1) * count)],
    violation,
  }));
  const stream = RandomStream.restore(snapshot.random as unknown as RandomState);
  return new NondominatedSorting(problem, settings, stream, members);
}

/**
 * The nondominated sorting genetic algorithm II: parents by binary tournament on front and crowding distance, the best of
 * parents and children survive. Members keep the outcomes that they were told.
 */
export const nsga2 = {
  summary: 'NSGA-II: several objectives at once, kept as a Pareto front',
  source: 'Deb, Pratap, Agarwal and Meyarivan 2002, doi:10.1109/4235.996017',
  options,
  takes: { integers: true, objectives: Number.POSITIVE_INFINITY, constraints: true, injected: true },
  branching: {
    options: ['crossover', 'mutation'],
  },
  create: (problem, settings, seed): Strategy =>
    new NondominatedSorting(problem, settings, RandomStream.from(seed), []),
  restore: restored,
} satisfies StrategyModule<typeof options>;
