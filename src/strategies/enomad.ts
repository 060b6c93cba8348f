import { z } from 'zod';
import { type RandomState, RandomStream } from '../math/random.js';
import { deriveSeed } from '../math/seed.js';
import { crossover } from './ga/crossover.js';
import { drawnGenome, firstGeneration } from './ga/first-generation.js';
import { mutate } from './ga/mutation.js';
import { drawPair, parentPool } from './ga/selection.js';
import { LoggedSearch } from './mads/logged-search.js';
import { searchOptions } from './mads/options.js';
import { trialOf } from './mads.js';
import { bestFirst, fitness } from './ranking.js';
import type { Candidate, Outcome, Problem, Snapshot, Strategy, StrategyModule } from './strategy.js';

const options = z.strictObject({
  population: z.int().min(2).max(100_000).default(64).describe('genomes a generation'),
  initial: z
    .enum(['start', 'prior'])
    .default('start')
    .describe('the first generation beside the start itself: copies of it, or draws from the prior'),
  choose: z
    .enum(['random', 'changed'])
    .default('random')
    .describe(
      'genes that each genome is searched in: drawn at random (EA); or those that differ from the start, where they are ' +
        'at most this many and no other genome of the generation has the same (rEA)',
    ),
  genes: z.int().min(1).max(1000).default(49).describe('how many genes a search moves'),
  reach: z
    .number()
    .positive()
    .default(4)
    .describe('a search stays within this many steps of each gene, in either direction'),
  evaluations: z.int().min(1).default(250).describe('evaluations of one search'),
  fraction: z.number().gt(0).max(1).default(0.5).describe('the part of the population that may be parents'),
  crossoverExponent: z
    .number()
    .min(0)
    .max(100)
    .default(1.2)
    .describe('a gene is the first parent’s with probability (f1 / (f1 + f2))^exponent'),
  mutatedGenes: z.int().min(0).default(0).describe('genes of each child that are drawn anew from the prior'),
  search: searchOptions.prefault({}),
});

type Options = z.output<typeof options>;

/** One genome of the generation and the search in it; without one it is evaluated as it is. */
interface Member {
  genome: Float64Array;
  /** Genes that the search moves; empty where there is none. */
  genes: Int32Array;
  search: LoggedSearch | undefined;
  /** Fitness of the genome as it is, where it has no search. */
  score: number | undefined;
}

type Log = readonly (readonly { f: number; constraints: readonly number[] }[])[];

class Enomad implements Strategy {
  private members: Member[] = [];
  /** Their genomes are written over by those of the next step. */
  private readonly candidates: (Candidate & { genome: Float64Array })[] = [];

  constructor(
    private readonly problem: Problem,
    private readonly settings: Options,
    private readonly seed: string,
    private readonly stream: RandomStream,
    private generation: number,
    genomes: readonly Float64Array[],
    earlier?: { genes: readonly Int32Array[]; logs: Log; scores: readonly (number | null)[] },
  ) {
    const genes = earlier?.genes ?? this.chooseGenes(genomes);
    this.members = genomes.map((genome, i) => ({
      genome,
      genes: genes[i]!,
      search: genes[i]!.length > 0 ? this.searchOf(genome, genes[i]!, i, earlier?.logs[i]) : undefined,
      score: earlier?.scores[i] ?? undefined,
    }));
  }

  private chooseGenes(genomes: readonly Float64Array[]): Int32Array[] {
    const { choose, genes: most } = this.settings;
    const { genes, start } = this.problem;
    if (choose === 'random') {
      return genomes.map(() => Int32Array.from(this.stream.sample(genes, Math.min(most, genes))));
    }
    const seen = new Set<string>();
    return genomes.map((genome) => {
      const changed: number[] = [];
      for (let gene = 0; gene < genes; gene++) if (genome[gene] !== start[gene]) changed.push(gene);
      const key = changed.join(',');
      if (changed.length === 0 || changed.length > most || seen.has(key)) return new Int32Array(0);
      seen.add(key);
      return Int32Array.from(changed);
    });
  }

  private searchOf(genome: Float64Array, genes: Int32Array, index: number, log?: Log[number]): LoggedSearch {
    const { low, high, step } = this.problem;
    const { reach, search, evaluations } = this.settings;
    const pick = (of: (gene: number) => number) => Float64Array.from(genes, of);
    const space = {
      start: pick((gene) => genome[gene]!),
      low: pick((gene) => Math.max(low[gene]!, genome[gene]! - reach * step[gene]!)),
      high: pick((gene) => Math.min(high[gene]!, genome[gene]! + reach * step[gene]!)),
      step: pick((gene) => step[gene]!),
    };
    return new LoggedSearch(
      space,
      search,
      deriveSeed(this.seed, 'search', this.generation, index),
      evaluations,
      log,
    );
  }

  /** Those of the generation that wait for outcomes, each with its points; the same at every call until told. */
  private waiting(): { member: Member; points: readonly Float64Array[] }[] {
    return this.members.flatMap((member) => {
      if (member.search) return member.search.end ? [] : [{ member, points: member.search.block }];
      return member.score === undefined ? [{ member, points: [new Float64Array(0)] }] : [];
    });
  }

  ask(): readonly Candidate[] {
    const { candidates } = this;
    let count = 0;
    for (const { member, points } of this.waiting()) {
      for (const point of points) {
        candidates[count] ??= { genome: new Float64Array(this.problem.genes), fidelity: 1 };
        writeGenes(member, point, candidates[count++]!.genome);
      }
    }
    return candidates.slice(0, count);
  }

  tell(outcomes: readonly Outcome[]): void {
    let next = 0;
    for (const { member, points } of this.waiting()) {
      const own = outcomes.slice(next, next + points.length);
      next += points.length;
      if (member.search) member.search.tell(own.map(trialOf));
      else member.score = fitness(own[0]!);
    }
    if (this.waiting().length === 0) this.breed();
  }

  /** Every search has ended: its best point takes the genome's place, and the next generation is made. */
  private breed(): void {
    const scores: number[] = [];
    const found = this.members.map((member) => {
      const best = member.search?.end?.best;
      scores.push(member.search ? (best ? -best.f : Number.NEGATIVE_INFINITY) : member.score!);
      if (best) writeGenes(member, best.x, member.genome);
      return member.genome;
    });
    const next = scores.some(Number.isFinite) ? this.childrenOf(found, scores) : this.drawnAnew();
    this.generation += 1;
    const genes = this.chooseGenes(next);
    this.members = next.map((genome, i) => ({
      genome,
      genes: genes[i]!,
      search: genes[i]!.length > 0 ? this.searchOf(genome, genes[i]!, i) : undefined,
      score: undefined,
    }));
  }

  private childrenOf(found: readonly Float64Array[], scores: readonly number[]): Float64Array[] {
    const { problem, settings, stream } = this;
    const order = bestFirst(scores);
    const pool = parentPool({ kind: 'proportional', fraction: settings.fraction }, scores, order);
    const next: Float64Array[] = Array.from({ length: settings.population - 1 }, () => {
      const [first, second] = drawPair(pool, stream);
      const child = new Float64Array(problem.genes);
      crossover({ kind: 'biased', exponent: settings.crossoverExponent }, problem, stream, {
        first: found[first.index]!,
        second: found[second.index]!,
        firstShare: first.weight + second.weight > 0 ? first.weight / (first.weight + second.weight) : 0.5,
        child,
        twin: undefined,
      });
      mutate({ kind: 'reset', genes: settings.mutatedGenes }, problem, stream, child);
      return child;
    });
    next.push(found[order[0]!]!);
    return next;
  }

  /** A generation of which every genome failed says nothing of where to go: all but the last, the best of before, are drawn. */
  private drawnAnew(): Float64Array[] {
    const { members, problem, stream } = this;
    return members.map(({ genome }, i) => (i < members.length - 1 ? drawnGenome(problem, stream) : genome));
  }

  snapshot(): Snapshot {
    const { members } = this;
    const genomes = new Float64Array(members.length * this.problem.genes);
    members.forEach(({ genome }, i) => {
      genomes.set(genome, i * this.problem.genes);
    });
    return {
      seed: this.seed,
      generation: this.generation,
      random: { ...this.stream.state() },
      genomes,
      genes: members.map(({ genes }) => Int32Array.from(genes)),
      values: members.map(({ search }) => Float64Array.from(search?.log ?? [], ({ f }) => f)),
      constraints: members.map(({ search }) =>
        (search?.log ?? []).map(({ constraints }) => Float64Array.from(constraints)),
      ) as unknown as Snapshot[],
      // JSON has no infinity: a plain evaluation that failed is kept apart from one that is still to come.
      scores: Float64Array.from(members, ({ score }) => score ?? Number.NaN),
    };
  }
}

/** A member's genome with its searched genes at a point, written into another or into itself. */
function writeGenes({ genome, genes }: Member, point: Readonly<Float64Array>, into: Float64Array): void {
  into.set(genome);
  for (let i = 0; i < genes.length; i++) into[genes[i]!] = point[i]!;
}

/**
 * ENOMAD: a genetic algorithm in which genomes are improved by mesh adaptive direct search before they breed. As "EA",
 * every genome is searched in a random slice of its genes; as "rEA", only the few genes that mutation changed.
 */
export const enomad = {
  summary:
    'ENOMAD: evolution coupled with mesh adaptive direct search in a slice of the genes of each genome',
  source: 'Churchland and Garcia-Ojalvo 2025, arXiv 2508.09618',
  options,
  takes: { integers: false, objectives: 1, constraints: false },
  // Its searches are lived again from what they were told: only how a generation breeds may change.
  branching: { options: ['fraction', 'crossoverExponent', 'mutatedGenes'] },
  create: (problem, settings, seed): Strategy => {
    const stream = RandomStream.from(seed);
    return new Enomad(problem, settings, seed, stream, 0, firstGeneration(problem, settings, stream));
  },
  restore: (problem, settings, snapshot): Strategy => {
    const all = snapshot.genomes as Float64Array;
    const genomes = Array.from({ length: settings.population }, (_, i) =>
      all.slice(i * problem.genes, (i + 1) * problem.genes),
    );
    const values = snapshot.values as readonly Float64Array[];
    const constraints = snapshot.constraints as unknown as readonly (readonly Float64Array[])[];
    const logs = values.map((of, i) => [...of].map((f, k) => ({ f, constraints: [...constraints[i]![k]!] })));
    const scores = [...(snapshot.scores as Float64Array)].map((score) =>
      Number.isNaN(score) ? null : score,
    );
    return new Enomad(
      problem,
      settings,
      snapshot.seed as string,
      RandomStream.restore(snapshot.random as unknown as RandomState),
      snapshot.generation as number,
      genomes,
      { genes: (snapshot.genes as readonly Int32Array[]).map((of) => Int32Array.from(of)), logs, scores },
    );
  },
} satisfies StrategyModule<typeof options>;
