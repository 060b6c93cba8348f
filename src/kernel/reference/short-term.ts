import { exp } from '../../math/exponential.js';
import type { ShortTerm } from '../../network/model/network.js';

/** x and u of each presynaptic cell of a route with short-term plasticity, moved on when it spikes. */
export class ShortTermState {
  private readonly x: Float64Array;
  private readonly u: Float64Array;
  private readonly last: Float64Array;

  constructor(
    private readonly of: ShortTerm,
    cells: number,
    private readonly dtMs: number,
  ) {
    this.x = new Float64Array(cells).fill(1);
    this.u = new Float64Array(cells).fill(of.use);
    this.last = new Float64Array(cells).fill(Number.NEGATIVE_INFINITY);
  }

  /** What share of its weight this spike transmits. */
  spike(cell: number, step: number): number {
    const { use, tauRecoveryMs, tauFacilitationMs } = this.of;
    const { x, u, last } = this;
    if (last[cell]! >= 0) {
      const elapsed = (step - last[cell]!) * this.dtMs;
      x[cell] = 1 + (x[cell]! - x[cell]! * u[cell]! - 1) * exp(-elapsed / tauRecoveryMs);
      u[cell] = tauFacilitationMs > 0 ? use + u[cell]! * (1 - use) * exp(-elapsed / tauFacilitationMs) : use;
    }
    last[cell] = step;
    return x[cell]! * u[cell]!;
  }
}
