import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/math/random.js';
import { deriveSeed } from '../../src/math/seed.js';
import { fromNearest, manifold, sampled } from '../../src/tasks/spike-patterns/manifold.js';
import { options } from '../../src/tasks/spike-patterns/options.js';
import { streamOf } from '../../src/tasks/spike-patterns/task.js';

const of = (given: object, seed = 'manifold') =>
  manifold(RandomStream.from(deriveSeed(seed)), {
    inputs: 20,
    dimensions: 1,
    smoothness: 3,
    spread: 1,
    ...given,
  });
const distance = (a: Float64Array, b: Float64Array) => Math.sqrt(fromNearest([a], b));

describe('a manifold of spike times', () => {
  it('takes up the whole length, or the share of it that was asked for', () => {
    for (const spread of [1, 0.3]) {
      const all = sampled(of({ spread }), 1);
      for (let input = 0; input < 20; input++) {
        const times = all.map((sample) => sample[input]!);
        expect(Math.max(...times) - Math.min(...times)).toBeCloseTo(spread, 12);
        expect(Math.min(...times)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...times)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('is smooth, and the smoother the faster its waves fall off', () => {
    const step = (smoothness: number) => {
      const times = of({ smoothness });
      return Array.from({ length: 50 }, (_, i) => distance(times([i / 50]), times([(i + 0.5) / 50]))).reduce(
        (sum, length) => sum + length,
      );
    };
    expect(step(5)).toBeLessThan(step(1));
    const times = of({});
    expect(distance(times([0.3]), times([0.3001]))).toBeLessThan(0.01);
    expect(distance(times([0.3]), times([0.8]))).toBeGreaterThan(0.1);
  });

  it('differs from class to class', () => {
    const other = sampled(of({}, 'another'), 1);
    expect(fromNearest(other, of({})([0.4]))).toBeGreaterThan(0.1);
  });
});

describe('a stream of them', () => {
  const settings = options.parse({ tasks: 2, classes: 3, inputs: 12 });
  const stream = (jitterMs: number) => streamOf(settings, jitterMs, RandomStream.from(deriveSeed('stream')));

  it('brings classes with answers of their own, which the nearest manifold names', () => {
    expect(stream(0).map(({ labels }) => labels)).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    const draws = RandomStream.from(deriveSeed('draws'));
    for (const task of stream(2)) {
      for (const [of, label] of task.labels.entries()) expect(task.draw(of, draws).best()).toBe(label);
    }
  });

  it('fires each input once', () => {
    const { pattern } = stream(20)[0]!.draw(0, RandomStream.from(deriveSeed('draws')));
    const frames = pattern as readonly Uint8Array[];
    expect(frames).toHaveLength(settings.presentationMs / 10);
    for (let input = 0; input < 12; input++) {
      expect(frames.reduce((sum, frame) => sum + frame[input]!, 0)).toBe(1);
    }
  });
});
