import type { Quantity } from '../kernel/quantities.js';
import type { Simulator } from '../kernel/simulator.js';
import { UsageError } from '../spec/errors.js';

/** How finely a life is watched: at every step of the network, or at the end of every interval of its task. */
export type Grain = 'steps' | 'intervals';

/** A quantity that is taken again and again in a life. */
export interface Probe {
  quantity: Quantity;
  /** Numbers of the cells or synapses that are taken; all of them where absent. */
  chosen?: Int32Array;
}

export const probeSize = ({ quantity, chosen }: Probe): number => chosen?.length ?? quantity.count;

export interface Sampling {
  /** Between two samples, at least; at the end of every interval of the task where absent. */
  everyMs?: number | undefined;
  /** Samples are taken from the one time to the other, ms since the episode began; throughout where absent. */
  window?: readonly [fromMs: number, toMs: number] | undefined;
  /** Number of the one episode of which samples are taken; all where absent. */
  episode?: number | undefined;
}

/** What was taken of one episode. */
export interface Watched {
  /** Since the episode began. */
  durationMs: number;
  /** Spikes: when, by which cell, and how many of it at that time. */
  spikes: { timeMs: number[]; cell: number[]; count: number[] };
  /** When the following were taken. */
  sampleMs: number[];
  /** `[samples, cells or synapses]` by the name of the quantity, row-major */
  taken: Readonly<Record<string, Float64Array>>;
}

/** Values that are held at once: beyond this, samples are to be further apart. */
const mostValues = 50_000_000;

/** A list of numbers that grows. */
class Growing {
  private values = new Float64Array(1024);
  private used = 0;

  add(values: ArrayLike<number>): void {
    if (this.used + values.length > this.values.length) {
      const larger = new Float64Array(Math.max(2 * this.values.length, this.used + values.length));
      larger.set(this.values);
      this.values = larger;
    }
    this.values.set(values, this.used);
    this.used += values.length;
  }

  get all(): Float64Array {
    return this.values.subarray(0, this.used);
  }
}

interface Episode extends Omit<Watched, 'taken'> {
  series: Growing[];
}

/** Notes what a network does, episode by episode, whoever runs it. */
export class Watch {
  private readonly begun: Episode[] = [];
  private current: Episode | undefined;
  private counts: Int32Array = new Int32Array(0);
  private values = 0;
  private lastSample = 0;
  private readonly run: Simulator['run'];
  private readonly everySteps: number;

  constructor(
    private readonly simulator: Simulator,
    private readonly grain: Grain,
    private readonly probes: readonly Probe[],
    private readonly sampling: Sampling,
  ) {
    this.run = simulator.run.bind(simulator);
    simulator.run = (steps, drive, outputs) => this.watched(steps, drive, outputs);
    // Rounding errors of a division make no step more.
    this.everySteps = Math.ceil((sampling.everyMs ?? 0) / simulator.network.dtMs - 1e-6);
  }

  get episodes(): Watched[] {
    return this.begun.map(({ series, ...rest }) => ({
      ...rest,
      taken: Object.fromEntries(this.probes.map(({ quantity }, i) => [quantity.name, series[i]!.all])),
    }));
  }

  /** An episode begins. */
  begin(): void {
    this.current = {
      durationMs: 0,
      spikes: { timeMs: [], cell: [], count: [] },
      sampleMs: [],
      series: this.probes.map(() => new Growing()),
    };
    this.begun.push(this.current);
    this.counts = this.simulator.spikeCounts();
    this.lastSample = 0;
  }

  private get timeMs(): number {
    return this.simulator.step * this.simulator.network.dtMs;
  }

  private watched(steps: number, drive: Readonly<ArrayLike<number>>, outputs: Float64Array): void {
    if (this.grain === 'intervals') {
      this.run(steps, drive, outputs);
      this.noteCounts();
      this.sample();
    } else this.stepByStep(steps, drive, outputs);
    if (this.current) this.current.durationMs = this.timeMs;
  }

  /** What an output empties is the sum over the steps, as it is where they are run together. */
  private stepByStep(steps: number, drive: Readonly<ArrayLike<number>>, outputs: Float64Array): void {
    const sums = new Float64Array(outputs.length);
    const empties = this.simulator.network.outputs.map((output) => output.empties);
    for (let step = 1; step <= steps; step++) {
      this.run(1, drive, outputs);
      for (let i = 0; i < sums.length; i++) sums[i] = empties[i] ? sums[i]! + outputs[i]! : outputs[i]!;
      for (const cell of this.simulator.fired()) this.noteSpikes(cell, 1);
      if (this.everySteps > 0 || step === steps) this.sample();
    }
    outputs.set(sums);
  }

  private noteCounts(): void {
    const now = this.simulator.spikeCounts();
    now.forEach((count, cell) => {
      if (count > this.counts[cell]!) this.noteSpikes(cell, count - this.counts[cell]!);
    });
    this.counts = now;
  }

  private noteSpikes(cell: number, count: number): void {
    if (!this.current) return;
    const { spikes } = this.current;
    spikes.timeMs.push(this.timeMs);
    spikes.cell.push(cell);
    spikes.count.push(count);
  }

  private isDue(): boolean {
    const { simulator, sampling, begun } = this;
    if (simulator.step - this.lastSample < this.everySteps) return false;
    if (sampling.episode !== undefined && begun.length - 1 !== sampling.episode) return false;
    const [fromMs, toMs] = sampling.window ?? [0, Number.POSITIVE_INFINITY];
    const half = simulator.network.dtMs / 2;
    return this.timeMs > fromMs - half && this.timeMs < toMs + half;
  }

  private sample(): void {
    const { current, simulator, probes } = this;
    if (!current || probes.length === 0 || !this.isDue()) return;
    this.lastSample = simulator.step;
    current.sampleMs.push(this.timeMs);
    probes.forEach(({ quantity, chosen }, i) => {
      const values = quantity.read(simulator);
      const taken = chosen ? Array.from(chosen, (number) => values[number]!) : values;
      current.series[i]!.add(taken);
      this.values += taken.length;
    });
    if (this.values > mostValues) this.refuseMore(current.sampleMs.length);
  }

  private refuseMore(samples: number): never {
    const everyMs = this.sampling.everyMs ?? this.timeMs / samples;
    throw new UsageError(
      `There are more than ${mostValues / 1e6} million values to record. Take them less often, such as with ` +
        `--every ${Math.ceil(10 * everyMs)}, or fewer of them.`,
    );
  }

  end(): void {
    this.simulator.run = this.run;
  }
}
