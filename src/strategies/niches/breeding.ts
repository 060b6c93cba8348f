import { pow } from '../../math/power.js';
import type { RandomStream } from '../../math/random.js';
import { drawnFromPrior } from '../problem.js';
import type { Problem } from '../strategy.js';
import type { Options } from './options.js';
import type { Population } from './population.js';

/** How children come of a population. */
export class Breeding {
  /** Genes whose prior has more than one value; all of them where there is none. */
  private readonly movable: Int32Array;
  /** The probability of at most k + 1 genes in a mutation, times the last of them. */
  private readonly sizes: Float64Array;

  constructor(
    private readonly problem: Problem,
    private readonly settings: Options,
    private readonly stream: RandomStream,
  ) {
    const all = Int32Array.from(problem.low.keys());
    const movable = all.filter((gene) => problem.priorLow[gene]! < problem.priorHigh[gene]!);
    this.movable = movable.length > 0 ? movable : all;
    this.sizes = new Float64Array(Math.min(settings.largest, this.movable.length));
    let sum = 0;
    for (let k = 0; k < this.sizes.length; k++) {
      sum += pow(k + 1, -settings.tail);
      this.sizes[k] = sum;
    }
  }

  /** A copy of the start with a few genes drawn anew. */
  nearStart(): Float64Array {
    const genome = Float64Array.from(this.problem.start);
    this.drawAnew(genome, Math.min(this.settings.firstGenes, this.movable.length));
    return genome;
  }

  child(population: Population): Float64Array {
    const { settings, stream } = this;
    const parent = population.draw(settings.contestants, stream);
    const child = Float64Array.from(parent.genome);
    const crosses = population.members.length > 1 && stream.uniform() < settings.exchange;
    const took =
      crosses && this.exchange(child, population.draw(settings.contestants, stream, parent).genome);
    if (!took || stream.uniform() < settings.alsoMutate) this.drawAnew(child, this.mutationSize());
    return child;
  }

  /** Takes some of the genes in which another differs. Says whether there were any. */
  private exchange(child: Float64Array, other: Readonly<Float64Array>): boolean {
    const probability = pow(10, -this.settings.decades * this.stream.uniform());
    let took = false;
    for (let gene = 0; gene < child.length; gene++) {
      const value = other[gene]!;
      if (value === child[gene] || this.stream.uniform() >= probability) continue;
      child[gene] = value;
      took = true;
    }
    return took;
  }

  private mutationSize(): number {
    const { sizes } = this;
    const at = this.stream.uniform() * sizes[sizes.length - 1]!;
    return Math.max(1, sizes.findIndex((sum) => at < sum) + 1);
  }

  private drawAnew(genome: Float64Array, count: number): void {
    for (const index of this.stream.sample(this.movable.length, count)) {
      const gene = this.movable[index]!;
      genome[gene] = drawnFromPrior(this.problem, gene, this.stream);
    }
  }
}
