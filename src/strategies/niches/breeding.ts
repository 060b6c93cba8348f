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

  /** Takes some of the genes in which another differs, one at least. Says whether it differs at all. */
  private exchange(child: Float64Array, other: Readonly<Float64Array>): boolean {
    const probability = pow(10, -this.settings.decades * this.stream.uniform());
    const left: number[] = [];
    let took = false;
    for (let gene = 0; gene < child.length; gene++) {
      if (other[gene] === child[gene]) continue;
      if (this.stream.uniform() < probability) {
        child[gene] = other[gene]!;
        took = true;
      } else left.push(gene);
    }
    if (took || left.length === 0) return took;
    const gene = left[this.stream.integer(left.length)]!;
    child[gene] = other[gene]!;
    return true;
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
