import { z } from 'zod';
import { type RandomState, RandomStream } from '../math/random.js';
import { drawnGenome } from './ga/first-generation.js';
import { bestFirst, fitness } from './ranking.js';
import type { Candidate, Outcome, Problem, Snapshot, Strategy, StrategyModule } from './strategy.js';

const mutation = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('gene').describe('every gene changes with the same probability'),
    rate: z.number().positive().max(1).default(0.05).describe('probability that a gene changes'),
  }),
  z.strictObject({
    kind: z
      .literal('active')
      .describe('genes change one after the other, until one has that what the genome says depends on'),
  }),
]);

const options = z.strictObject({
  parents: z.int().min(1).max(10_000).default(1).describe('mu: genomes that are kept'),
  children: z.int().min(1).max(1_000_000).default(4).describe('lambda: genomes a step'),
  tournament: z
    .int()
    .min(1)
    .default(1)
    .describe('a child has the best of so many parents, drawn with replacement'),
  mutation: mutation.prefault({ kind: 'active' }),
  sigma: z
    .number()
    .positive()
    .default(1)
    .describe('standard deviation by which a real gene changes, in steps of the gene'),
  reorder: z
    .boolean()
    .default(true)
    .describe('whether a child says the same by other nodes before it changes, where genomes have nodes'),
  initial: z
    .enum(['prior', 'start'])
    .default('prior')
    .describe('the first parents beside the start itself: draws from the prior, or copies of the start'),
});

type Options = z.output<typeof options>;

/** A parent and its score; minus infinity where it failed. */
interface Scored {
  genome: Float64Array;
  score: number;
}

class CartesianGeneticProgramming implements Strategy {
  private asked: Candidate[] | undefined;
  /** Genes that have more than one value. */
  private readonly movable: readonly number[];

  /** @param parents best first; empty before the first generation has lived */
  constructor(
    private readonly problem: Problem,
    private readonly settings: Options,
    private readonly stream: RandomStream,
    private parents: readonly Scored[],
  ) {
    const { low, high, priorLow, priorHigh, levels } = problem;
    const [least, most] = [
      (gene: number) => (levels[gene] ? priorLow : low)[gene]!,
      (gene: number) => (levels[gene] ? priorHigh : high)[gene]!,
    ];
    this.movable = [...low.keys()].filter((gene) => least(gene) < most(gene));
  }

  ask(): readonly Candidate[] {
    this.asked ??= this.genomes().map((genome) => ({ genome, fidelity: 1 }));
    return this.asked;
  }

  tell(outcomes: readonly Outcome[]): void {
    const told = this.asked!.map(
      ({ genome }, i): Scored => ({ genome: genome.slice(), score: fitness(outcomes[i]!) }),
    );
    // Children come first among equals, so that what changes nothing drifts.
    const all = [...told, ...this.parents];
    const order = bestFirst(all.map(({ score }) => score));
    this.parents = order.slice(0, this.settings.parents).map((index) => all[index]!);
    this.asked = undefined;
  }

  private genomes(): Float64Array[] {
    const { parents, settings } = this;
    // Nothing can be learned from parents that all failed.
    if (parents.every(({ score }) => !Number.isFinite(score))) return this.first();
    return Array.from({ length: settings.children }, () => this.child(this.chosen().genome));
  }

  private first(): Float64Array[] {
    const { problem, settings, stream, parents } = this;
    const count = Math.max(settings.parents, settings.children);
    return Array.from({ length: count }, (_, i) => {
      if (settings.initial === 'start') return i === 0 ? problem.start.slice() : this.child(problem.start);
      return i === 0 && parents.length === 0 ? problem.start.slice() : drawnGenome(problem, stream);
    });
  }

  private chosen(): Scored {
    const { parents, settings, stream } = this;
    let best = parents.length;
    for (let draw = 0; draw < settings.tournament; draw++)
      best = Math.min(best, stream.integer(parents.length));
    return parents[best]!;
  }

  private child(parent: Readonly<Float64Array>): Float64Array {
    const { problem, settings, stream } = this;
    const child =
      settings.reorder && problem.coding ? problem.coding.reordered(parent, stream) : parent.slice();
    const { mutation } = settings;
    if (mutation.kind === 'gene') {
      for (const gene of stream.subset(problem.genes, mutation.rate)) this.change(child, gene);
      return child;
    }
    const active = problem.coding?.activeIn(child);
    const counts = (gene: number) => (active?.[gene] ?? 1) === 1;
    const { movable } = this;
    if (!movable.some(counts)) return child;
    for (;;) {
      const gene = movable[stream.integer(movable.length)]!;
      const before = child[gene]!;
      this.change(child, gene);
      // A gene at a bound may stay where it was.
      if (child[gene] !== before && counts(gene)) return child;
    }
  }

  /** Another level of its prior for an integer gene; a step for a real one. */
  private change(genome: Float64Array, gene: number): void {
    const { problem, settings, stream } = this;
    const value = genome[gene]!;
    if (problem.levels[gene]! === 0) {
      const moved = value + settings.sigma * problem.step[gene]! * stream.normal();
      genome[gene] = Math.min(problem.high[gene]!, Math.max(problem.low[gene]!, moved));
      return;
    }
    const low = problem.priorLow[gene]!;
    const choices = problem.priorHigh[gene]! - low + 1;
    const isOne = value >= low && value < low + choices;
    if (!isOne) genome[gene] = low + stream.integer(choices);
    else if (choices > 1) genome[gene] = low + ((value - low + 1 + stream.integer(choices - 1)) % choices);
  }

  snapshot(): Snapshot {
    const { parents, stream, problem } = this;
    const genomes = new Float64Array(parents.length * problem.genes);
    parents.forEach(({ genome }, i) => {
      genomes.set(genome, i * problem.genes);
    });
    return {
      parents: genomes,
      scores: Float64Array.from(parents, ({ score }) => score),
      random: { ...stream.state() },
    };
  }

  static restored(problem: Problem, settings: Options, snapshot: Snapshot): CartesianGeneticProgramming {
    const genomes = snapshot.parents as Float64Array;
    const parents = Array.from(snapshot.scores as Float64Array, (score, i) => ({
      genome: genomes.slice(i * problem.genes, (i + 1) * problem.genes),
      score,
    }));
    const stream = RandomStream.restore(snapshot.random as unknown as RandomState);
    return new CartesianGeneticProgramming(problem, settings, stream, parents);
  }
}

/**
 * The (mu + lambda) evolution strategy of Cartesian genetic programming: children replace parents that are no better, so
 * that genes without an effect drift. It searches integer and real genes alike. Parents keep the scores that they were
 * told: let lives depend on the genome alone (`seeds` "common"), or a lucky parent stays.
 */
export const cgp = {
  summary: '(mu + lambda) of Cartesian genetic programming, with neutral drift: for the form of rules',
  source:
    'Miller and Thomson 2000, doi:10.1007/978-3-540-46239-2_9; mutation to the first active gene: Goldman and Punch 2013, ' +
    'doi:10.1007/978-3-642-37207-0_6',
  options,
  takes: { integers: true, objectives: 1, constraints: false, injected: true },
  branching: {
    options: ['children', 'tournament', 'mutation', 'sigma', 'reorder'],
  },
  create: (problem, settings, seed): Strategy =>
    new CartesianGeneticProgramming(problem, settings, RandomStream.from(seed), []),
  restore: (problem, settings, snapshot): Strategy =>
    CartesianGeneticProgramming.restored(problem, settings, snapshot),
} satisfies StrategyModule<typeof options>;
