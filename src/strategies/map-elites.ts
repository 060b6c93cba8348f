import { z } from 'zod';
import { type RandomState, RandomStream } from '../math/random.js';
import { drawnGenome, firstGeneration } from './ga/first-generation.js';
import { mutate, mutationOptions } from './ga/mutation.js';
import { drawnFromPrior } from './problem.js';
import { archiveFault, archiveOptions } from './quality-diversity/archive-options.js';
import { Keeper } from './quality-diversity/keeper.js';
import type { Candidate, Outcome, Problem, Snapshot, Strategy, StrategyModule } from './strategy.js';

const isoLine = z.strictObject({
  kind: z
    .literal('iso-line')
    .describe('an elite moves by a normal deviate in every gene, and along the line to another elite'),
  iso: z
    .number()
    .min(0)
    .default(0.01)
    .describe(
      "deviation of every gene, as a share of its prior's width; an integer gene is drawn anew so often",
    ),
  line: z.number().min(0).default(0.2).describe('deviation along the line, as a share of its length'),
});

const options = z.strictObject({
  batch: z.int().min(1).max(1_000_000).default(64).describe('genomes a step'),
  initial: z
    .enum(['start', 'prior'])
    .default('start')
    .describe(
      'the first step beside the start itself: copies of it that are varied, or draws from the prior',
    ),
  operator: z
    .discriminatedUnion('kind', [isoLine, ...mutationOptions.options])
    .prefault({ kind: 'iso-line' })
    .describe('how a genome is made of an elite that is drawn, every elite alike'),
  ...archiveOptions,
});

type Options = z.output<typeof options>;

class MapElites implements Strategy {
  private asked: Candidate[] | undefined;

  constructor(
    private readonly problem: Problem,
    private readonly settings: Options,
    private readonly stream: RandomStream,
    readonly archive: Keeper,
    private begun: boolean,
  ) {}

  ask(): readonly Candidate[] {
    this.asked ??= this.genomes().map((genome) => ({ genome, fidelity: 1 }));
    return this.asked;
  }

  private genomes(): Float64Array[] {
    const { problem, settings, stream, archive } = this;
    const { batch, initial } = settings;
    if (!this.begun) {
      const first = firstGeneration(problem, { population: batch, initial }, stream);
      return initial === 'prior' ? first : first.map((genome, i) => (i === 0 ? genome : this.varied(genome)));
    }
    // Without an elite nothing says where to go.
    if (archive.elites.size === 0) return Array.from({ length: batch }, () => drawnGenome(problem, stream));
    return Array.from({ length: batch }, () => this.varied(this.drawnElite()));
  }

  private drawnElite(): Readonly<Float64Array> {
    const { elites } = this.archive;
    return elites.eliteAt(this.stream.integer(elites.size)).genome;
  }

  private varied(parent: Readonly<Float64Array>): Float64Array {
    const { problem, stream } = this;
    const { operator } = this.settings;
    const child = Float64Array.from(parent);
    if (operator.kind !== 'iso-line') {
      mutate(operator, problem, stream, child);
      return child;
    }
    // Vassiliades and Mouret 2018, doi:10.1145/3205455.3205602, equation 1.
    const { low, high, priorLow, priorHigh, levels } = problem;
    const other = this.archive.elites.size > 0 ? this.drawnElite() : parent;
    const along = operator.line * stream.normal();
    for (let gene = 0; gene < problem.genes; gene++) {
      if (levels[gene]! > 0) {
        if (stream.uniform() < operator.iso) child[gene] = drawnFromPrior(problem, gene, stream);
        continue;
      }
      const own = operator.iso * (priorHigh[gene]! - priorLow[gene]!) * stream.normal();
      const value = parent[gene]! + own + along * (other[gene]! - parent[gene]!);
      child[gene] = Math.min(high[gene]!, Math.max(low[gene]!, value));
    }
    return child;
  }

  tell(outcomes: readonly Outcome[]): void {
    this.archive.tell(this.asked!, outcomes);
    this.begun = true;
    this.asked = undefined;
  }

  snapshot(): Snapshot {
    return { random: { ...this.stream.state() }, archive: this.archive.snapshot(), begun: this.begun };
  }
}

/**
 * Illuminates the space of measures: each cell of an archive keeps the best genome that was found there, and genomes are
 * made of elites that are drawn from all cells alike.
 */
export const mapElites = {
  summary: 'MAP-Elites: the best genome for each way to behave, on a grid or a tessellation of measures',
  source: 'Mouret and Clune 2015, arXiv 1504.04909; Vassiliades and Mouret 2018, doi:10.1145/3205455.3205602',
  options,
  takes: { integers: true, objectives: 1, constraints: false, injected: true, behaviour: true },
  branching: { options: ['batch', 'operator', 'offset'] },
  fault: archiveFault,
  create: (problem, settings, seed): Strategy =>
    new MapElites(problem, settings, RandomStream.from(seed), Keeper.begin(problem, settings, seed), false),
  restore: (problem, settings, snapshot): Strategy =>
    new MapElites(
      problem,
      settings,
      RandomStream.restore(snapshot.random as unknown as RandomState),
      Keeper.restore(problem, settings, snapshot.archive as Snapshot),
      snapshot.begun as boolean,
    ),
} satisfies StrategyModule<typeof options>;
