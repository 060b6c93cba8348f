import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { networkOf } from '../protocol/guard.js';
import { couple } from '../protocol/ports.js';
import { worldLoop } from '../protocol/world-loop.js';
import type { Controller } from '../task.js';
import { type Detection, detect } from './detection.js';
import { presentation, spikesOf } from './input.js';
import type { Options } from './options.js';
import type { CorrelationDrivenTrace } from './trace.js';

/** What became of one neuron. */
export interface Trial extends Omit<Detection, 'last'> {
  /** Of the neuron, in the first and in the last tenth of its learning. */
  rateFirstHz: number;
  rateEndHz: number;
  meanWeight: number;
}

/** One neuron learns, and is looked at. */
function trial(
  settings: Options,
  seed: string,
  controller: Controller,
  trace?: CorrelationDrivenTrace,
): Trial {
  const { learnS, patternMs, periodMs, pattern: comes } = settings;
  const random = RandomStream.from(deriveSeed(seed, 'correlation-driven'));
  const pattern = spikesOf(settings, random, patternMs);
  const network = networkOf(controller, 'correlation-driven');
  controller.reset(seed);
  const presentations = Math.round((1000 * learnS) / periodMs);
  const spikes = new Float64Array(presentations);
  const other = () => spikesOf(settings, random, patternMs);
  let [before, listed] = [0, 0];
  const world = {
    sense: () => {
      const train = presentation(settings, random, comes ? pattern : other());
      listed += train.steps.length;
      network.play('inputs', train);
    },
    act: (i: number) => {
      const now = network.spikeCount - listed;
      spikes[i] = now - before;
      before = now;
    },
  };
  worldLoop(couple(controller, {}, {}), world, presentations);
  const weights = network.weights();
  const { last, ...detection } = detect(settings, random, pattern, weights);
  if (trace) keep(trace, settings, { spikes, last, weights });
  const tenth = Math.max(1, Math.round(presentations / 10));
  const rateOf = (some: Float64Array) =>
    some.reduce((sum, count) => sum + count, 0) / ((some.length * periodMs) / 1000);
  return {
    ...detection,
    rateFirstHz: rateOf(spikes.subarray(0, tenth)),
    rateEndHz: rateOf(spikes.subarray(-tenth)),
    meanWeight: weights.reduce((sum, weight) => sum + weight, 0) / weights.length,
  };
}

/** Keeps of a trial what is drawn, in place of what was kept of the one before. */
function keep(
  trace: CorrelationDrivenTrace,
  { periodMs, dtMs }: Options,
  { spikes, last, weights }: { spikes: Float64Array; last: Float64Array; weights: Float64Array },
): void {
  const everyMs = Math.round(1 / dtMs);
  Object.assign(trace, {
    rate: Array.from(spikes, (count) => (1000 * count) / periodMs),
    potential: Array.from(last.filter((_, step) => step % everyMs === 0)),
    weights: Array.from(weights).sort((a, b) => a - b),
  });
}

/** Lives all trials, each from the beginning. */
export const liveTrials = (
  settings: Options,
  seed: string,
  controller: Controller,
  trace?: CorrelationDrivenTrace,
): Trial[] =>
  Array.from({ length: settings.trials }, (_, i) =>
    trial(settings, deriveSeed(seed, 'trial', i), controller, trace),
  );
