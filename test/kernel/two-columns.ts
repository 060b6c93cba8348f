/** One cell's outgoing synapses, in the order of the table: target and index of the weight. */
export interface Outgoing {
  post: number;
  weight: number;
}

export interface Sweep {
  outgoing: readonly (readonly Outgoing[])[];
  fires: readonly boolean[];
  threshold: number;
  inputs: readonly (readonly number[])[];
  outputs: readonly (readonly number[])[];
}

/**
 * The network update of ENOMAD as its authors describe it, word by word: two accumulators a cell, one sweep over the
 * cells in order. It shares no code with the simulator under test and is as slow as it likes.
 */
export class TwoColumns {
  cur: number[];
  nxt: number[];
  spikes = 0;

  constructor(
    private readonly sweep: Sweep,
    private readonly weights: ArrayLike<number>,
  ) {
    this.cur = sweep.outgoing.map(() => 0);
    this.nxt = sweep.outgoing.map(() => 0);
  }

  private send(cell: number): void {
    for (const { post, weight } of this.sweep.outgoing[cell]!) {
      this.nxt[post] = this.nxt[post]! + this.weights[weight]!;
    }
  }

  step(active: readonly number[]): number[] {
    // Sensory: the cells are made to fire whatever their own state, which stays as it is.
    for (const input of active) for (const cell of this.sweep.inputs[input]!) this.send(cell);
    for (let cell = 0; cell < this.cur.length; cell++) {
      if (this.sweep.fires[cell] && Math.abs(this.cur[cell]!) > this.sweep.threshold) {
        this.spikes += 1;
        this.send(cell);
        this.nxt[cell] = 0;
      }
    }
    const outputs = this.sweep.outputs.map((cells) => {
      let sum = 0;
      for (const cell of cells) {
        sum += this.nxt[cell]!;
        this.nxt[cell] = 0;
      }
      return sum;
    });
    this.cur = [...this.nxt];
    [this.cur, this.nxt] = [this.nxt, this.cur];
    return outputs;
  }
}
