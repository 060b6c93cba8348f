import { exp } from '../../math/exponential.js';
import type { RandomStream } from '../../math/random.js';
import type { SpikeTrain } from '../../network/model/network.js';
import { tauMs } from './circuit.js';
import { presentation } from './input.js';
import type { Options } from './options.js';

/** How well a pattern stands out in the potential that some weights make. */
export interface Detection {
  /** Mean over presentations of the highest potential, less the mean outside, in standard deviations outside. */
  signalToNoise: number;
  /** The same, where what the pattern left in the potential does not count as outside. */
  signalToQuiet: number;
  /** Mean and standard deviation outside, and mean of the highest potentials, mV. */
  mean: number;
  sd: number;
  peak: number;
  /** `[steps]` the potential of the last presentation and of what follows. */
  last: Float64Array;
}

/** ms at the beginning that do not count. */
const ignoredMs = 1000;
/** Membrane time constants after which next to nothing is left of the pattern in the potential. */
const tailTaus = 5;

/** The potential of a membrane without a threshold, with frozen weights: a sum that decays. */
class Membrane {
  private v = 0;
  private readonly decay: number;

  constructor(
    private readonly weights: Float64Array,
    dtMs: number,
  ) {
    this.decay = exp(-dtMs / tauMs);
  }

  /** `[steps]` the potential at the end of each. */
  follow({ steps: at, cells }: SpikeTrain, steps: number): Float64Array {
    let spike = 0;
    return Float64Array.from({ length: steps }, (_, step) => {
      this.v *= this.decay;
      for (; spike < at.length && at[spike] === step; spike++) this.v += this.weights[cells[spike]!]!;
      return this.v;
    });
  }
}

/** Mean and standard deviation of values that come one after the other. */
class Moments {
  private count = 0;
  private sum = 0;
  private squares = 0;

  add(value: number): void {
    this.count += 1;
    this.sum += value;
    this.squares += value * value;
  }

  get mean(): number {
    return this.sum / this.count;
  }

  get sd(): number {
    return Math.sqrt(Math.max(0, this.squares / this.count - this.mean * this.mean));
  }

  /** How far a value lies above the mean, in standard deviations. Where all values are alike, nothing stands out. */
  distance(value: number): number {
    return this.sd > 0 ? (value - this.mean) / this.sd : 0;
  }
}

export function detect(
  settings: Options,
  random: RandomStream,
  pattern: SpikeTrain,
  weights: Float64Array,
): Detection {
  const { testS, patternMs, periodMs, dtMs } = settings;
  const membrane = new Membrane(weights, dtMs);
  const [within, whole] = [Math.round(patternMs / dtMs), Math.round(periodMs / dtMs)];
  const tail = Math.min(Math.round((tailTaus * tauMs) / dtMs), (whole - within) >> 1);
  const ignored = Math.ceil(ignoredMs / periodMs);
  const presentations = Math.round((1000 * testS) / periodMs);
  const [peaks, outside, quiet] = [new Moments(), new Moments(), new Moments()];
  let last: Float64Array = new Float64Array(0);
  for (let i = 0; i < presentations; i++) {
    last = membrane.follow(presentation(settings, random, pattern), whole);
    if (i < ignored) continue;
    peaks.add(last.subarray(0, within).reduce((a, b) => Math.max(a, b)));
    for (let step = within; step < whole; step++) {
      outside.add(last[step]!);
      if (step >= within + tail) quiet.add(last[step]!);
    }
  }
  return {
    signalToNoise: outside.distance(peaks.mean),
    signalToQuiet: quiet.distance(peaks.mean),
    mean: outside.mean,
    sd: outside.sd,
    peak: peaks.mean,
    last,
  };
}
