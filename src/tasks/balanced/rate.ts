import { exp } from '../../math/exponential.js';

/** A running mean of the spikes of a population, a second and cell. */
export class RunningRate {
  private readonly decay: number;
  private readonly each: number;

  /** @param hz where it starts */
  constructor(
    public hz: number,
    { tauMs, dtMs, cells }: { tauMs: number; dtMs: number; cells: number },
  ) {
    this.decay = exp(-dtMs / tauMs);
    this.each = 1000 / (tauMs * cells);
  }

  /** One step with so many spikes. */
  step(spikes: number): number {
    this.hz = this.hz * this.decay + spikes * this.each;
    return this.hz;
  }
}

/** Rates of a population, Hz, between which a network lives; beyond them it is silent, or has exploded. */
export const livingHz = { low: 0.1, high: 100 } as const;

export const isLost = (hz: number): boolean => !(hz > livingHz.low && hz < livingHz.high);
