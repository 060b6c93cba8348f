import type { Cells, Dimension } from './cells.js';

/**
 * A grid: each range is divided into bins of one width. Cells are numbered row-major, the last measure fastest. A bin holds
 * its lower edge, the last bin its upper edge too.
 */
export class Grid implements Cells {
  readonly count: number;

  constructor(readonly dimensions: readonly Dimension[]) {
    this.count = dimensions.reduce((cells, { bins }) => cells * bins, 1);
  }

  cellAt(measures: readonly number[]): number {
    let cell = 0;
    this.dimensions.forEach(({ low, high, bins }, i) => {
      const bin = Math.floor(((measures[i]! - low) / (high - low)) * bins);
      cell = cell * bins + Math.min(bins - 1, Math.max(0, bin));
    });
    return cell;
  }

  /** `[dimensions]` the bin of a cell along each measure. */
  binsOf(cell: number): number[] {
    const bins: number[] = [];
    let rest = cell;
    for (const { bins: count } of this.dimensions.toReversed()) {
      bins.unshift(rest % count);
      rest = Math.floor(rest / count);
    }
    return bins;
  }

  centreOf(cell: number): number[] {
    const places = this.binsOf(cell);
    return this.dimensions.map(({ low, high, bins }, i) => low + ((high - low) * (places[i]! + 0.5)) / bins);
  }
}
