import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { type Bits, distance, moved, sparse } from '../classification/patterns.js';
import { mostOf } from '../classification/presentation.js';
import type { StreamTask } from '../classification/stream.js';
import { answersATask, type Options, tasksOf } from './options.js';

/** One task of a stream, without what says which it is. */
interface Meanings {
  /** `[classes]` */
  prototypes: readonly Bits[];
  labels: readonly number[];
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

/** Patterns, what they mean, and whether that lasts. */
export function meaningsOf(settings: Options, set: ClassSet, random: RandomStream): Meanings[] {
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

/** The label of the nearest prototype. */
function nearest(among: readonly Meanings[], pattern: Bits, random: RandomStream): number {
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

/**
 * Draws the tasks of a stream. Their reference is the nearest prototype: of the task where that is said, otherwise of all
 * tasks whose answers hold.
 * @param movedShare probability with which each bit that is on moves
 */
export function streamOf(
  settings: Options,
  set: ClassSet,
  movedShare: number,
  random: RandomStream,
): StreamTask[] {
  const all = meaningsOf(settings, set, random);
  const said = settings.protocol === 'task';
  return all.map((task, number) => ({
    labels: task.labels,
    holds: task.holds,
    context: said ? number : undefined,
    draw: (of, stream) => {
      const pattern = moved(stream, task.prototypes[of]!, movedShare);
      return {
        pattern,
        best: () => nearest(said ? [task] : all.filter(({ holds }) => holds), pattern, stream),
      };
    },
  }));
}
