import { z } from 'zod';
import { type RandomState, RandomStream } from '../math/random.js';
import { History, type Trial } from './de/history.js';
import { otherThan } from './de/others.js';
import { firstGeneration } from './ga/first-generation.js';
import { bestFirst, fitness } from './ranking.js';
import type { Candidate, Outcome, Problem, Snapshot, Strategy, StrategyModule } from './strategy.js';

const share = (value: number) => z.number().min(0).max(1).default(value);
const factor = (value: number) => z.number().positive().max(2).default(value);

const variants = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('shade'),
      memory: z.int().min(1).max(10_000).default(100).describe('how many successful steps it learns from'),
      greediest: share(0.2).describe('each leader is one of the best 2 genomes up to the best of this share'),
    })
    .describe(
      'SHADE: towards a leader; factor and crossover of each child are drawn near those that succeeded',
    ),
  z
    .strictObject({
      kind: z.literal('rand/1'),
      factor: factor(0.5).describe('F, by which the difference of two genomes is multiplied'),
      crossover: share(0.9).describe('CR, the probability that a gene is taken from the mutant'),
    })
    .describe('a genome drawn at random, and the difference of two others'),
  z
    .strictObject({
      kind: z.literal('best/1'),
      factor: factor(0.8).describe('F, by which the difference of two genomes is multiplied'),
      crossover: share(0.9).describe('CR, the probability that a gene is taken from the mutant'),
    })
    .describe('the best genome, and the difference of two others'),
]);

const options = z.strictObject({
  population: z.int().min(4).max(1_000_000).default(64).describe('genomes a generation'),
  initial: z
    .enum(['start', 'prior'])
    .default('prior')
    .describe(
      'the first generation beside the start itself: draws about it by half a step of each gene, or draws from the prior',
    ),
  variant: variants.prefault({ kind: 'shade' }),
});

type Options = z.output<typeof options>;

/** What a search knows beside its settings. Genomes are `[population, genes]` row-major. */
interface State {
  parents: Float64Array;
  /** `[population]` NaN where a parent has not been lived yet */
  scores: Float64Array;
  history: History | undefined;
}

type Term = readonly [Float64Array, number];
type Sum = readonly [Term, Term, Term, Term];

/**
 * Differential evolution with binomial crossover: each genome has one child a generation, which replaces it where it is
 * no worse. A gene of a mutant beyond a bound is put halfway between its parent's and the bound.
 */
class DifferentialEvolution implements Strategy {
  private trials: readonly Trial[] | undefined;
  /** `[genes]` uniform numbers of a trial */
  private readonly drawn: Float64Array;

  constructor(
    private readonly problem: Problem,
    private readonly settings: Options,
    private readonly stream: RandomStream,
    private readonly state: State,
  ) {
    this.drawn = new Float64Array(problem.genes);
  }

  private row(index: number): Float64Array {
    const { genes } = this.problem;
    return this.state.parents.subarray(index * genes, (index + 1) * genes);
  }

  ask(): readonly Candidate[] {
    this.trials ??= this.draw();
    return this.trials.map(({ genome }) => ({ genome, fidelity: 1 }));
  }

  private draw(): Trial[] {
    const { scores } = this.state;
    const { population } = this.settings;
    const each = Array.from({ length: population }, (_, i) => i);
    // A generation whose scores nobody knows lives itself.
    if (scores.every(Number.isNaN)) {
      return each.map((i) => ({ genome: this.row(i).slice(), factor: 0, crossover: 0 }));
    }
    const order = bestFirst([...scores]);
    return each.map((i) => this.trial(i, order));
  }

  private trial(parent: number, order: readonly number[]): Trial {
    const { settings, stream } = this;
    const { variant, population } = settings;
    const pick = (taken: readonly number[]) => otherThan(taken, population, stream);
    if (variant.kind !== 'shade') {
      const first = variant.kind === 'best/1' ? order[0]! : pick([parent]);
      const second = pick([parent, first]);
      const third = pick([parent, first, second]);
      return this.crossed(parent, variant.factor, variant.crossover, [
        [this.row(first), 1],
        [this.row(second), variant.factor],
        [this.row(third), -variant.factor],
      ]);
    }
    const history = this.state.history!;
    const { factor, crossover } = history.drawn(stream);
    const most = Math.max(2, Math.round(variant.greediest * population));
    const leader = order[stream.integer(2 + stream.integer(most - 1))]!;
    const second = pick([parent]);
    const third = otherThan([parent, second], population + history.size, stream);
    const self = this.row(parent);
    return this.crossed(parent, factor, crossover, [
      [self, 1 - factor],
      [this.row(leader), factor],
      [this.row(second), factor],
      [third < population ? this.row(third) : history.replaced(third - population), -factor],
    ]);
  }

  /** A child that takes each gene from its parent or, with the probability `crossover`, from a sum of three or four genomes. */
  private crossed(parent: number, factor: number, crossover: number, sum: readonly Term[]): Trial {
    const { stream } = this;
    const { low, high, genes } = this.problem;
    const self = this.row(parent);
    const genome = self.slice();
    const always = stream.integer(genes);
    // Drawn for every gene, so that what is drawn next does not depend on it.
    const { drawn } = this;
    stream.uniforms(drawn);
    const [[a, ofA], [b, ofB], [c, ofC], [d, ofD]] = [...sum, [self, 0]] as unknown as Sum;
    for (let gene = 0; gene < genes; gene++) {
      if (drawn[gene]! >= crossover && gene !== always) continue;
      const mutant = ofA * a[gene]! + ofB * b[gene]! + ofC * c[gene]! + ofD * d[gene]!;
      genome[gene] = within(mutant, self[gene]!, low[gene]!, high[gene]!);
    }
    return { genome, factor, crossover };
  }

  tell(outcomes: readonly Outcome[]): void {
    const trials = this.trials!;
    this.trials = undefined;
    const { scores, history } = this.state;
    const told = outcomes.map(fitness);
    const isFirst = scores.every(Number.isNaN);
    const gains: number[] = [];
    const better: Trial[] = [];
    trials.forEach((trial, i) => {
      const [before, now] = [scores[i]!, told[i]!];
      if (!isFirst && now < before) return;
      if (!isFirst && now > before) {
        better.push(trial);
        gains.push(now - before);
        history?.keep(this.row(i), this.settings.population, this.stream);
      }
      scores[i] = now;
      this.row(i).set(trial.genome);
    });
    history?.learn(better, gains);
  }

  snapshot(): Snapshot {
    const { parents, scores, history } = this.state;
    return {
      random: { ...this.stream.state() },
      parents: parents.slice(),
      scores: scores.slice(),
      ...(history ? { history: history.snapshot() } : {}),
    };
  }
}

/** A mutant's gene, or halfway from its parent's to the bound that it is beyond. */
const within = (value: number, parent: number, low: number, high: number) =>
  value < low ? (parent + low) / 2 : value > high ? (parent + high) / 2 : value;

function begun(problem: Problem, { population, initial }: Options, stream: RandomStream): Float64Array {
  const { genes, start, step, low, high } = problem;
  const parents = new Float64Array(population * genes);
  firstGeneration(problem, { population, initial }, stream).forEach((genome, i) => {
    parents.set(genome, i * genes);
    if (initial === 'prior' || i === 0) return;
    // Copies have no differences, so that nothing would come of them.
    for (let gene = 0; gene < genes; gene++) {
      const value = start[gene]! + 0.5 * step[gene]! * stream.normal();
      parents[i * genes + gene] = Math.min(high[gene]!, Math.max(low[gene]!, value));
    }
  });
  return parents;
}

/** Searches by differences of genomes, so that its steps take the shape of what it has found. */
export const de = {
  summary: 'differential evolution: SHADE, rand/1/bin or best/1/bin',
  source:
    'Storn and Price 1997, doi:10.1023/A:1008202821328; Tanabe and Fukunaga 2013, doi:10.1109/CEC.2013.6557555 (SHADE)',
  options,
  takes: { integers: false, objectives: 1, constraints: false, injected: true },
  branching: { options: [] },
  create: (problem, settings, seed): Strategy => {
    const stream = RandomStream.from(seed);
    const { variant, population } = settings;
    return new DifferentialEvolution(problem, settings, stream, {
      parents: begun(problem, settings, stream),
      scores: new Float64Array(population).fill(Number.NaN),
      history: variant.kind === 'shade' ? History.begin(variant.memory) : undefined,
    });
  },
  restore: (problem, settings, { random, parents, scores, history }): Strategy => {
    const copy = (array: unknown) => Float64Array.from(array as Float64Array);
    return new DifferentialEvolution(
      problem,
      settings,
      RandomStream.restore(random as unknown as RandomState),
      {
        parents: copy(parents),
        scores: copy(scores),
        history: history ? History.restore(history as Snapshot) : undefined,
      },
    );
  },
} satisfies StrategyModule<typeof options>;
