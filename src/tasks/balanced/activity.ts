import { mean, populationSd } from '../../math/statistics.js';

/** Spikes from which on a cell has intervals that can differ. */
const enoughSpikes = 3;
/** Stretches in which the spikes of all excitatory cells are counted, for their Fano factor. */
const binMs = 20;

/** How a network fired while it was watched. */
export class Activity {
  private steps = 0;
  private readonly counts: Int32Array;
  private readonly last: Int32Array;
  private readonly sums: Float64Array;
  private readonly squares: Float64Array;
  private readonly bins: number[] = [];
  private bin = 0;
  private readonly binSteps: number;

  constructor(
    private readonly excitatory: number,
    private readonly cells: number,
    private readonly dtMs: number,
  ) {
    this.binSteps = Math.max(1, Math.round(binMs / dtMs));
    this.counts = new Int32Array(cells);
    this.last = new Int32Array(cells);
    this.sums = new Float64Array(cells);
    this.squares = new Float64Array(cells);
  }

  /** One step. @param fired cells, ascending; those of the network come first */
  step(fired: Int32Array): void {
    this.steps += 1;
    for (const cell of fired) {
      if (cell >= this.cells) break;
      if (this.counts[cell]! > 0) {
        const interval = this.steps - this.last[cell]!;
        this.sums[cell]! += interval;
        this.squares[cell]! += interval * interval;
      }
      this.counts[cell]! += 1;
      this.last[cell] = this.steps;
      if (cell < this.excitatory) this.bin += 1;
    }
    if (this.steps % this.binSteps === 0) {
      this.bins.push(this.bin);
      this.bin = 0;
    }
  }

  private rate(counts: Int32Array): number {
    return this.steps === 0 ? 0 : (1000 * mean(counts)) / (this.steps * this.dtMs);
  }

  /** Coefficients of variation of the intervals of excitatory cells that fired often enough. */
  private variations(): number[] {
    const found: number[] = [];
    for (let cell = 0; cell < this.excitatory; cell++) {
      const n = this.counts[cell]! - 1;
      if (n + 1 < enoughSpikes) continue;
      const interval = this.sums[cell]! / n;
      found.push(Math.sqrt(Math.max(0, this.squares[cell]! / n - interval * interval)) / interval);
    }
    return found;
  }

  /** Where nothing fired, the coefficient and the factor are 0. */
  measures() {
    const variations = this.variations();
    const spikes = this.bins.length === 0 ? 0 : mean(this.bins);
    const sd = spikes === 0 ? 0 : populationSd(this.bins);
    return {
      rateE: this.rate(this.counts.subarray(0, this.excitatory)),
      rateI: this.rate(this.counts.subarray(this.excitatory)),
      cv: variations.length === 0 ? 0 : mean(variations),
      fano: spikes === 0 ? 0 : (sd * sd) / spikes,
    };
  }
}

/** What those are, for reports. */
export const activityMeasures = {
  rateE: { unit: 'Hz', about: 'rate of the excitatory cells while they are scored' },
  rateI: { unit: 'Hz', about: 'rate of the inhibitory cells while they are scored' },
  cv: {
    unit: '1',
    about:
      'coefficient of variation of the intervals between spikes of excitatory cells, mean over cells with 3 spikes or more',
  },
  fano: {
    unit: '1',
    about: `synchrony: variance over mean of the spikes of all excitatory cells in ${binMs} ms; 1 where cells fire apart`,
  },
} as const;
