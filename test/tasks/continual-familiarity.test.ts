import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/math/random.js';
import { deriveSeed } from '../../src/math/seed.js';
import { distance } from '../../src/tasks/classification/patterns.js';
import { streamOf } from '../../src/tasks/continual-familiarity/life.js';
import { measuresOf, scoreOf } from '../../src/tasks/continual-familiarity/measures.js';

describe('a stream of patterns', () => {
  const delay = 4;
  const stream = streamOf({ bits: 64, presentations: 2000 }, delay, RandomStream.from(deriveSeed('stream')));

  it('shows again what came first so many presentations ago, and nothing a third time', () => {
    const times = new Map<string, number[]>();
    stream.forEach(({ pattern }, i) => {
      const name = pattern.join('');
      times.set(name, [...(times.get(name) ?? []), i]);
    });
    for (const [first, second, ...more] of times.values()) {
      expect(more).toEqual([]);
      expect(stream[first!]!.seen).toBe(false);
      if (second === undefined) continue;
      expect(second - first!).toBe(delay);
      expect(stream[second]!.seen).toBe(true);
    }
  });

  it('has a third of its patterns seen before, and new ones that differ in half of their bits', () => {
    // Where the pattern so long ago was novel, a coin decides: p = (1 - p) / 2.
    const seen = stream.filter((each) => each.seen).length / stream.length;
    expect(Math.abs(seen - 1 / 3)).toBeLessThan(0.03);
    expect(Math.abs(distance(stream[0]!.pattern, stream[1]!.pattern) - 32)).toBeLessThan(16);
  });
});

describe('answers', () => {
  it('score the mean of both shares, so that one answer to all is a coin', () => {
    const seen = [0, 0, 0, 1];
    expect(scoreOf({ seen, answered: [0, 0, 0, 1] })).toBe(1);
    expect(scoreOf({ seen, answered: [0, 0, 0, 0] })).toBe(0.5);
    expect(scoreOf({ seen, answered: [1, 1, 1, 1] })).toBe(0.5);
    expect(scoreOf({ seen, answered: [1, 0, 0, 1] })).toBeCloseTo((1 + 2 / 3) / 2, 12);
  });

  it('tell how far the pools tell seen from novel', () => {
    const found = measuresOf({
      seen: [0, 1, 1],
      answered: [0, 1, 0],
      seenSpikes: [2, 5, 7],
      novelSpikes: [9, 4, 2],
    });
    expect(found).toMatchObject({ hits: 0.5, falseAlarms: 0, spikesSeen: 4, spikesNovel: 6 });
  });
});
