import type { RandomStream } from '../../math/random.js';
import { poissonTrain } from '../../network/build/spike-train.js';
import type { SpikeTrain } from '../../network/model/network.js';
import type { Options } from './options.js';

/** Spikes of all inputs over some time, drawn anew. */
export function spikesOf({ inputs, rateHz, dtMs }: Options, random: RandomStream, ms: number): SpikeTrain {
  return poissonTrain(random, { cells: inputs, rateHz, steps: Math.round(ms / dtMs), dtMs });
}

/** One presentation of the pattern, and other spikes until the next. */
export function presentation(settings: Options, random: RandomStream, pattern: SpikeTrain): SpikeTrain {
  const { patternMs, periodMs, dtMs } = settings;
  const first = Math.round(patternMs / dtMs);
  const after = spikesOf(settings, random, periodMs - patternMs);
  return {
    steps: Int32Array.of(...pattern.steps, ...after.steps.map((step) => first + step)),
    cells: Int32Array.of(...pattern.cells, ...after.cells),
  };
}
