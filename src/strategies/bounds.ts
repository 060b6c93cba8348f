import type { Problem } from './strategy.js';

/**
 * The bounds of a problem, to compare genomes with. Every gene of every candidate is: bounds are kept for runs of genes
 * that have the same, so that mostly the genome alone is read.
 */
export class Bounds {
  /** Index after the last gene of each run. */
  private readonly ends: number[] = [];
  private readonly low: number[] = [];
  private readonly high: number[] = [];
  /** Genes that are whole numbers. */
  private readonly whole: readonly number[];

  constructor({ genes, low, high, levels }: Pick<Problem, 'genes' | 'low' | 'high' | 'levels'>) {
    for (let gene = 0; gene < genes; gene++) {
      const last = this.ends.length - 1;
      if (last >= 0 && low[gene] === this.low[last] && high[gene] === this.high[last])
        this.ends[last] = gene + 1;
      else {
        this.ends.push(gene + 1);
        this.low.push(low[gene]!);
        this.high.push(high[gene]!);
      }
    }
    this.whole = [...levels.keys()].filter((gene) => levels[gene]! > 0);
  }

  /** The first gene outside its bounds, or between its levels; -1 where there is none. NaN is left to the life to refuse. */
  firstOutside(genome: Readonly<Float64Array>): number {
    let from = 0;
    for (let run = 0; run < this.ends.length; run++) {
      const end = this.ends[run]!;
      const low = this.low[run]!;
      const high = this.high[run]!;
      for (let gene = from; gene < end; gene++) {
        const value = genome[gene]!;
        if (value < low || value > high) return gene;
      }
      from = end;
    }
    return this.whole.find((gene) => !Number.isInteger(genome[gene]!)) ?? -1;
  }
}
