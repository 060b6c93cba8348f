/** What is kept of the spikes of a life, cell by cell. */
export class SpikeRecord {
  private readonly spikes: Int32Array;
  /** `[cells]` of the intervals between spikes, in steps: the last spike's step, sums and sums of squares. */
  private readonly last: Int32Array;
  private readonly sums: Float64Array;
  private readonly squares: Float64Array;

  constructor(cells: number) {
    this.spikes = new Int32Array(cells);
    this.last = new Int32Array(cells);
    this.sums = new Float64Array(cells);
    this.squares = new Float64Array(cells);
  }

  begin(): void {
    this.spikes.fill(0);
    this.last.fill(-1);
    this.sums.fill(0);
    this.squares.fill(0);
  }

  note(cell: number, step: number): void {
    this.spikes[cell]! += 1;
    if (this.last[cell]! >= 0) {
      const interval = step - this.last[cell]!;
      this.sums[cell]! += interval;
      this.squares[cell]! += interval * interval;
    }
    this.last[cell] = step;
  }

  counts(): Int32Array {
    return this.spikes.slice();
  }

  intervals(): { sums: Float64Array; squares: Float64Array } {
    return { sums: this.sums.slice(), squares: this.squares.slice() };
  }
}
