import type { RandomStream } from '../../math/random.js';
import { anotherNetwork, genomeWithCircuit } from '../circuit/options.js';
import { activeHz } from '../classification/cells.js';
import { hiddenLayer, ofStreamNetwork } from '../classification/options.js';
import { intervalMs, mostOf } from '../classification/presentation.js';
import type { StreamTask } from '../classification/stream.js';
import { streamFigure } from '../classification/stream-figure.js';
import { streamMeasures } from '../classification/stream-measures.js';
import { emptyTrace, type StreamTrace } from '../classification/stream-trace.js';
import { streamWorld } from '../classification/stream-world.js';
import { actingAtRandom } from '../protocol/random-policy.js';
import type { Task } from '../task.js';
import { fromNearest, manifold, sampled } from './manifold.js';
import { type Options, options } from './options.js';

/** Rate of an input in its volley, which takes one interval. */
const volleyHz = 300;

/** Inputs that are on, interval by interval, for times as shares of the presentation. */
function framesOf(times: Float64Array, presentationMs: number): Uint8Array[] {
  const frames = Array.from({ length: presentationMs / intervalMs }, () => new Uint8Array(times.length));
  times.forEach((time, input) => {
    const frame = Math.floor(time * frames.length);
    frames[Math.min(Math.max(frame, 0), frames.length - 1)]![input] = 1;
  });
  return frames;
}

/** Draws a stream: each task brings classes with manifolds of their own. */
export function streamOf(settings: Options, jitterMs: number, random: RandomStream): StreamTask[] {
  const { tasks, classes, dimensions, presentationMs } = settings;
  const manifolds = Array.from({ length: tasks * classes }, () => manifold(random, settings));
  const samples = manifolds.map((of) => sampled(of, dimensions));
  const place = (stream: RandomStream) => Array.from({ length: dimensions }, () => stream.uniform());
  return Array.from({ length: tasks }, (_, task) => ({
    labels: Array.from({ length: classes }, (_, of) => task * classes + of),
    context: undefined,
    holds: true,
    draw: (of, stream) => {
      const times = manifolds[task * classes + of]!(place(stream)).map(
        (time) => time + (jitterMs / presentationMs) * stream.normal(),
      );
      return {
        pattern: framesOf(times, presentationMs),
        best: () =>
          mostOf(
            samples.map((among) => -fromNearest(among, times)),
            stream,
          ),
      };
    },
  }));
}

function prepare(given: Options) {
  const settings = given.circuit ? given : { ...given, hidden: given.hidden ?? hiddenLayer.parse({}) };
  const { inputs, presentationMs, jitterMs, heldOutJitterMs, tasks, classes } = settings;
  return streamWorld({
    name: 'spike-patterns',
    settings,
    inputs: [{ name: 'input', inputs, channels: 1, activeHz: volleyHz }],
    channelsOn: (inputs * intervalMs * volleyHz) / (presentationMs * activeHz),
    pools: tasks * classes,
    longestDelayMs: presentationMs / 2,
    scenarios: { stream: (random) => streamOf(settings, jitterMs, random) },
    heldOut:
      heldOutJitterMs > 0 ? { 'more jitter': (random) => streamOf(settings, heldOutJitterMs, random) } : {},
    reference: 'the nearest of the manifolds, all',
  });
}

/** The score: accuracy at the end over all classes. */
export const spikePatterns = {
  summary:
    'classes of spike times on random smooth manifolds, met some at a time, of which nothing but the times tells',
  source:
    'Zenke and Vogels 2021, doi:10.1162/neco_a_01367, from their description; streams and circuit are ours',
  options,
  ofNetwork: ofStreamNetwork,
  lives: 'in-circuit',
  genome: genomeWithCircuit('spike-patterns'),
  measures: streamMeasures,
  prepare,
  emptyTrace,
  figure: streamFigure,
  fresh: (settings: Options) => ({
    options: anotherNetwork(settings),
    about: 'other first weights, and other features of the hidden layer',
  }),
  /** Fires anyhow. */
  randomPolicy: () => actingAtRandom((random) => random.uniform()),
} satisfies Task<typeof options, StreamTrace>;
