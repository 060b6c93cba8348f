import { anotherNetwork, genomeWithCircuit } from '../circuit/options.js';
import { ofStreamNetwork } from '../classification/options.js';
import { streamFigure } from '../classification/stream-figure.js';
import { streamMeasures } from '../classification/stream-measures.js';
import { emptyTrace, type StreamTrace } from '../classification/stream-trace.js';
import { streamWorld } from '../classification/stream-world.js';
import { actingAtRandom } from '../protocol/random-policy.js';
import type { Task } from '../task.js';
import { answersATask, type Options, options, tasksOf } from './options.js';
import { type ClassSet, streamOf } from './stream.js';

/** Channels of an input that says which task it is. */
const channelsAContext = 8;

function prepare(settings: Options) {
  const { stream, protocol, bits, bitsOn, moved, heldOutMoved, classPool } = settings;
  const tasks = tasksOf(settings);
  const said = protocol === 'task';
  const drawn = (set: ClassSet, share: number) => (random: Parameters<typeof streamOf>[3]) =>
    streamOf(settings, set, share, random);
  return streamWorld({
    name: 'continual',
    settings,
    inputs: [
      { name: 'bit', inputs: bits, channels: 1 },
      ...(said ? [{ name: 'context', inputs: tasks, channels: channelsAContext }] : []),
    ],
    channelsOn: bitsOn + (said ? channelsAContext : 0),
    pools: protocol === 'class' ? answersATask * tasks : answersATask,
    scenarios: { stream: drawn('met', moved) },
    heldOut: {
      ...(heldOutMoved > 0 ? { 'more noise': drawn('met', heldOutMoved) } : {}),
      ...(classPool > 0 ? { 'other classes': drawn('held out', moved) } : {}),
    },
    again: stream === 'behaviour' ? [0, 3] : undefined,
    reference: 'the nearest prototype, all',
  });
}

/** The score: accuracy at the end over all tasks whose answers still hold. */
export const continual = {
  summary: 'one classification after the other, and what of the earlier ones is kept (continual learning)',
  source:
    'Lopez-Paz and Ranzato 2017, arXiv 1706.08840, for what is measured; van de Ven and Tolias 2019, arXiv 1904.07734, for ' +
    'the protocols; patterns and circuit are ours',
  options,
  ofNetwork: ofStreamNetwork,
  lives: 'in-circuit',
  genome: genomeWithCircuit('continual'),
  measures: streamMeasures,
  prepare,
  emptyTrace,
  figure: streamFigure,
  fresh: (settings: Options) => ({
    options: anotherNetwork(settings),
    about: 'other first weights, and other features of a hidden layer',
  }),
  /** Fires anyhow. */
  randomPolicy: () => actingAtRandom((random) => random.uniform()),
} satisfies Task<typeof options, StreamTrace>;
