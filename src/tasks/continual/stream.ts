import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { type Bits, distance, sparse } from '../classification/patterns.js';
import { mostOf } from '../classification/presentation.js';
import { answersATask, type Options, tasksOf } from './options.js';

/** One task of a stream. */
export interface StreamTask {
  /** `[classes]` */
  prototypes: readonly Bits[];
  /** `[classes]` the pool that answers each. */
  labels: readonly number[];
  /** The input that says which task it is. */
  context: number | undefined;
  /** Whether the answers are still right when the stream is over. */
  holds: boolean;
}

/** From which prototypes a stream may draw: a set of its own for streams that evolution never sees. */
export type ClassSet = 'met' | 'held out';

function prototypesOf(settings: Options, count: number, set: ClassSet, random: RandomStream): Bits[] {
  const { bits, bitsOn, classPool, networkSeed } = settings;
  const drawn = (stream: RandomStream, many: number) =>
    Array.from({ length: many }, () => sparse(stream, bits, bitsOn));
  if (classPool === 0) return drawn(random, count);
  const all = drawn(RandomStream.from(deriveSeed('continual classes', set, networkSeed)), classPool);
  return Array.from(random.sample(classPool, count), (prototype) => all[prototype]!);
}

/** Tasks without their contexts: patterns, what they mean, and whether that lasts. */
function meanings(settings: Options, set: ClassSet, random: RandomStream) {
  const { stream, protocol } = settings;
  const tasks = tasksOf(settings);
  const labels = (task: number) =>
    protocol === 'class' ? [answersATask * task, answersATask * task + 1] : [0, 1];
  if (stream === 'associations') {
    const all = prototypesOf(settings, answersATask * tasks, set, random);
    return Array.from({ length: tasks }, (_, task) => ({
      prototypes: all.slice(answersATask * task, answersATask * (task + 1)),
      labels: labels(task),
      holds: true,
    }));
  }
  if (stream === 'permuted') {
    const [one, other] = prototypesOf(settings, answersATask, set, random) as [Bits, Bits];
    return Array.from({ length: tasks }, (_, task) => {
      const order = Array.from({ length: settings.bits }, (_, bit) => bit);
      if (task > 0) random.shuffle(order);
      const permuted = (of: Bits): Bits => Uint8Array.from(order, (bit) => of[bit]!);
      return { prototypes: [permuted(one), permuted(other)], labels: labels(task), holds: true };
    });
  }
  const cues = prototypesOf(settings, 2 * answersATask, set, random);
  const [first, second] = [cues.slice(0, 2), cues.slice(2)];
  return [
    { prototypes: first, labels: [0, 1], holds: true },
    { prototypes: first, labels: [1, 0], holds: false },
    { prototypes: second, labels: [0, 1], holds: true },
    { prototypes: first, labels: [0, 1], holds: true },
  ];
}

/** Draws the tasks of a stream. */
export const streamOf = (settings: Options, set: ClassSet, random: RandomStream): StreamTask[] =>
  meanings(settings, set, random).map((task, context) => ({
    ...task,
    context: settings.protocol === 'task' ? context : undefined,
  }));

/**
 * What the nearest prototype answers: of the task where that is said, otherwise of all tasks whose answers hold.
 * @returns the pool
 */
export function nearestPrototype(
  stream: readonly StreamTask[],
  task: StreamTask,
  pattern: Bits,
  random: RandomStream,
): number {
  const among = task.context === undefined ? stream.filter(({ holds }) => holds) : [task];
  const known = among.flatMap(({ prototypes, labels }) =>
    prototypes.map((prototype, i) => ({ label: labels[i]!, nearness: -distance(prototype, pattern) })),
  );
  return known[
    mostOf(
      known.map(({ nearness }) => nearness),
      random,
    )
  ]!.label;
}
