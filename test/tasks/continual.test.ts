import { describe, expect, it } from 'vitest';
import { noConnectome } from '../../src/connectome/none.js';
import { loadGenomeSpec } from '../../src/genome/spec.js';
import { RandomStream } from '../../src/math/random.js';
import { deriveSeed } from '../../src/math/seed.js';
import { mean } from '../../src/math/statistics.js';
import { Reservoir } from '../../src/tasks/classification/offline.js';
import { distance } from '../../src/tasks/classification/patterns.js';
import { measuresOf } from '../../src/tasks/classification/stream-measures.js';
import { emptyTrace } from '../../src/tasks/classification/stream-trace.js';
import { options } from '../../src/tasks/continual/options.js';
import { type ClassSet, meaningsOf, streamOf } from '../../src/tasks/continual/stream.js';
import { runnerIn } from '../evaluate/runner-in.js';

const streamFor = (given: object, set: ClassSet = 'met', seed = 'stream') =>
  meaningsOf(options.parse(given), set, RandomStream.from(deriveSeed(seed)));

describe('streams', () => {
  it('give tasks answers of their own, or the same two, and a context where the task is said', () => {
    const labels = (protocol: string) => streamFor({ protocol, tasks: 3 }).map((task) => task.labels);
    expect(labels('class')).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    expect(labels('domain')).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    const said = options.parse({ protocol: 'task', tasks: 3 });
    const stream = streamOf(said, 'met', 0.2, RandomStream.from(deriveSeed('stream')));
    expect(stream.map(({ context }) => context)).toEqual([0, 1, 2]);
  });

  it('permute the bits of the same two patterns', () => {
    const stream = streamFor({ stream: 'permuted' });
    expect(stream).toHaveLength(10);
    const overlap = ({ prototypes: [one, other] }: (typeof stream)[number]) => distance(one!, other!);
    expect(new Set(stream.map(overlap)).size).toBe(1);
    expect(distance(stream[0]!.prototypes[0]!, stream[1]!.prototypes[0]!)).toBeGreaterThan(0);
  });

  it('reverse what two cues mean and bring them back', () => {
    const [first, reversed, other, again] = streamFor({ stream: 'behaviour', teaching: 'reward' });
    expect([first!.labels, reversed!.labels, again!.labels]).toEqual([
      [0, 1],
      [1, 0],
      [0, 1],
    ]);
    expect(again!.prototypes).toEqual(first!.prototypes);
    expect(other!.prototypes).not.toEqual(first!.prototypes);
    expect([first, reversed, other, again].map((task) => task!.holds)).toEqual([true, false, true, true]);
  });

  it('draw from a pool of classes, and from other classes where evolution never looks', () => {
    const of = (set: ClassSet, seed: string) =>
      streamFor({ classPool: 10 }, set, seed).flatMap(({ prototypes }) =>
        prototypes.map((each) => each.join('')),
      );
    const [met, again, other] = [of('met', 'a'), of('met', 'b'), of('held out', 'a')];
    expect(new Set(met)).toEqual(new Set(again));
    expect(met).not.toEqual(again);
    expect(met.filter((prototype) => other.includes(prototype))).toEqual([]);
  });

  it('refuse options that do not go together', () => {
    const fault = (given: object) => options.safeParse(given).error?.issues[0]?.path[0];
    expect(fault({ stream: 'behaviour' })).toBe('teaching');
    expect(fault({ stream: 'behaviour', teaching: 'reward', protocol: 'class' })).toBe('protocol');
    expect(fault({ stream: 'behaviour', teaching: 'reward', tasks: 4 })).toBe('tasks');
    expect(fault({ classPool: 4 })).toBe('classPool');
    expect(fault({ presentations: 3, checks: 4 })).toBe('checks');
    expect(fault({ beside: ['path-importance', 'path-importance'] })).toBe('beside');
  });
});

describe('what is remembered', () => {
  it('is a fair sample of all that was met', () => {
    const counts = new Array<number>(20).fill(0);
    for (let life = 0; life < 400; life++) {
      const memories = new Reservoir(5, RandomStream.from(deriveSeed('reservoir', life)));
      for (let pool = 0; pool < 20; pool++) memories.meet({ shown: { pattern: new Uint8Array(1) }, pool });
      counts[memories.draw().pool]! += 1;
    }
    // 20 each; three standard errors are 13.
    expect(Math.min(...counts)).toBeGreaterThan(6);
    expect(Math.max(...counts)).toBeLessThan(34);
  });
});

describe('savings', () => {
  it('are the presentations that a task takes less when it comes again', () => {
    const wrongFor = (wrong: number) => Array.from({ length: 40 }, (_, trial) => (trial < wrong ? 0 : 1));
    const lived = {
      ...emptyTrace(),
      before: [0.5, 0.5],
      after: [1, 0.5, 1, 1],
      met: [1, 1],
      right: [...wrongFor(20), ...wrongFor(5)],
    };
    const { measures } = measuresOf(
      { lived, holds: [true, true], hiddenActive: 0, spikes: 0 },
      { settings: { presentations: 40 }, again: [0, 1] },
    );
    // A run of ten of which eight are right begins two presentations before the first right one.
    expect(measures.trialsToCriterion).toBe((18 + 3) / 2);
    expect(measures.savings).toBe(15);
  });
});

describe('the circuit', () => {
  const lived = async (given: object) => {
    const runner = await runnerIn({
      connectome: noConnectome,
      genome: loadGenomeSpec('continual', 'test'),
      network: null,
      task: {
        name: 'continual',
        tasks: 3,
        presentations: 40,
        parameters: { eta: 0.02 },
        heldOutMoved: 0,
        ...given,
      },
    });
    const lives = [1, 2, 3].map((seed) =>
      runner.live(runner.habitat.space.start, deriveSeed('life', seed), 1),
    );
    return (name: string) =>
      mean(lives.map(({ score, measures }) => (name === 'score' ? score : measures[name]!)));
  };

  it('learns each task, forgets earlier ones where answers are shared, and forgets less with replay', async () => {
    const naive = await lived({});
    expect(naive('learningAccuracy')).toBeGreaterThan(0.7);
    expect(naive('forgetting')).toBeGreaterThan(0.1);
    const replayed = await lived({ replay: 1 });
    expect(replayed('score')).toBeGreaterThan(naive('score'));
    expect(replayed('forgetting')).toBeLessThan(naive('forgetting'));
  });

  it('has a hidden layer of which few cells fire, the fewer the stronger they inhibit each other', async () => {
    const small = { presentations: 4, tests: 1 };
    const [few, more] = [
      await lived({ ...small, hidden: { inhibition: 0.3 } }),
      await lived({ ...small, hidden: { inhibition: 0.03 } }),
    ];
    expect(few('hiddenActive')).toBeLessThan(0.3);
    expect(few('hiddenActive')).toBeGreaterThan(0.02);
    expect(more('hiddenActive')).toBeGreaterThan(few('hiddenActive'));
  });

  it('lets the weights of threshold cells evolve alone, where there are any', async () => {
    const runner = await runnerIn({
      connectome: noConnectome,
      genome: loadGenomeSpec('continual-thresholds', 'test'),
      network: null,
      task: { name: 'continual', tasks: 2, hidden: { cells: 12, thresholdCells: 3 } },
    });
    expect(runner.habitat.space.genes).toBe(64 * 3 + 3 * 12);
  });
});
