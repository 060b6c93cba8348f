import { type RandomState, RandomStream } from '../../math/random.js';
import { bestFirst, fitness } from '../ranking.js';
import type { Candidate, Outcome, Problem, Snapshot, Strategy } from '../strategy.js';
import { breed } from './breeding.js';
import { drawnGenome, firstGeneration } from './first-generation.js';
import type { GaOptions } from './options.js';
import { parentPool } from './selection.js';

interface Member {
  genome: Float64Array;
  /** NaN before it was told; minus infinity where it failed. */
  score: number;
}

/**
 * A population in which the oldest make room for children (Real, Aggarwal, Huang and Le 2019, doi:10.1609/aaai.v33i01.33014780):
 * a genome lasts only by descendants that score well again. A step is the first population, then so many children.
 */
export class Ageing implements Strategy {
  private children: Float64Array[] | undefined;

  private constructor(
    private readonly problem: Problem,
    private readonly settings: GaOptions,
    private readonly batch: number,
    private readonly stream: RandomStream,
    /** The oldest first. */
    private members: Member[],
  ) {}

  static begin(problem: Problem, settings: GaOptions, batch: number, seed: string): Ageing {
    const stream = RandomStream.from(seed);
    const genomes = firstGeneration(problem, settings, stream);
    return new Ageing(
      problem,
      settings,
      batch,
      stream,
      genomes.map((genome) => ({ genome, score: Number.NaN })),
    );
  }

  static resume(problem: Problem, settings: GaOptions, batch: number, snapshot: Snapshot): Ageing {
    const population = snapshot.population as Float64Array;
    const members = Array.from(snapshot.scores as Float64Array, (score, i) => ({
      genome: population.slice(i * problem.genes, (i + 1) * problem.genes),
      score,
    }));
    const stream = RandomStream.restore(snapshot.random as unknown as RandomState);
    return new Ageing(problem, settings, batch, stream, members);
  }

  /** Whether the population itself is still to be told. */
  private get isFirst(): boolean {
    return Number.isNaN(this.members[0]!.score);
  }

  ask(): readonly Candidate[] {
    const asked = this.isFirst ? this.members.map(({ genome }) => genome) : this.bred();
    return asked.map((genome) => ({ genome, fidelity: 1 }));
  }

  private bred(): readonly Float64Array[] {
    if (this.children) return this.children;
    const { problem, settings, members, batch, stream } = this;
    this.children = Array.from({ length: batch }, () => new Float64Array(problem.genes));
    const scores = members.map(({ score }) => score);
    const pool = parentPool(settings.selection, scores, bestFirst(scores));
    breed(settings, problem, stream, pool, (parent) => members[parent]!.genome, this.children);
    return this.children;
  }

  tell(outcomes: readonly Outcome[]): void {
    const scores = outcomes.map(fitness);
    if (this.isFirst) {
      const { problem, stream } = this;
      // A population of which every genome failed says nothing of where to go.
      if (!scores.some(Number.isFinite)) {
        for (const { genome } of this.members) drawnGenome(problem, stream, genome);
        return;
      }
      this.members.forEach((member, i) => {
        member.score = scores[i]!;
      });
      return;
    }
    this.children!.forEach((genome, i) => {
      // What failed takes nobody's place.
      if (Number.isFinite(scores[i]!)) this.take({ genome, score: scores[i]! });
    });
    this.children = undefined;
  }

  /** The youngest comes in, and the oldest that is not among the best goes. */
  private take(member: Member): void {
    this.members.push(member);
    const order = bestFirst(this.members.map(({ score }) => score));
    const spared = new Set(order.slice(0, this.settings.elites));
    this.members.splice(
      this.members.findIndex((_, i) => !spared.has(i)),
      1,
    );
  }

  snapshot(): Snapshot {
    const { members, problem, stream } = this;
    const population = new Float64Array(members.length * problem.genes);
    members.forEach(({ genome }, i) => {
      population.set(genome, i * problem.genes);
    });
    return {
      population,
      scores: Float64Array.from(members, ({ score }) => score),
      random: { ...stream.state() },
    };
  }
}
