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
  /** Mean and standard deviation outside, and mean of the highest potentials, mV. */
  mean: number;
  sd: number;
  peak: number;
  /** `[steps]` the potential of the last presentation and of what follows. */
  last: Float64Array;
}

/** ms at the beginning that do not count. */
const ignoredMs = 1000;

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

export function detect(
  settings: Options,
  random: RandomStream,
  pattern: SpikeTrain,
  weights: Float64Array,
): Detection {
  const { testS, patternMs, tailMs, periodMs, dtMs } = settings;
  const membrane = new Membrane(weights, dtMs);
  const [within, whole] = [Math.round(patternMs / dtMs), Math.round(periodMs / dtMs)];
  const outsideFrom = Math.round((patternMs + tailMs) / dtMs);
  const ignored = Math.ceil(ignoredMs / periodMs);
  const presentations = Math.round((1000 * testS) / periodMs);
  let [peaks, sum, squares, outside] = [0, 0, 0, 0];
  let last: Float64Array = new Float64Array(0);
  for (let i = 0; i < presentations; i++) {
    last = membrane.follow(presentation(settings, random, pattern), whole);
    if (i < ignored) continue;
    let peak = 0;
    for (let step = 0; step < within; step++) peak = Math.max(peak, last[step]!);
    peaks += peak;
    for (let step = outsideFrom; step < whole; step++) {
      sum += last[step]!;
      squares += last[step]! * last[step]!;
      outside += 1;
    }
  }
  const mean = sum / outside;
  const sd = Math.sqrt(Math.max(0, squares / outside - mean * mean));
  const peak = peaks / (presentations - ignored);
  // Weights that are all 0 make no potential, and nothing stands out.
  return { signalToNoise: sd > 0 ? (peak - mean) / sd : 0, mean, sd, peak, last };
}
