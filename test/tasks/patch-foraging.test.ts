import { describe, expect, it } from 'vitest';
import { deriveSeed } from '../../src/math/seed.js';
import { patchForaging } from '../../src/tasks/patch-foraging/task.js';
import type { Controller } from '../../src/tasks/task.js';

/** A worm that goes round in circles and remembers what it was shown. */
function circling(): Controller & { seen: number[][] } {
  const seen: number[][] = [];
  return {
    body: {},
    seen,
    reset: () => {
      seen.length = 0;
    },
    respond: (observation, action) => {
      seen.push([...observation]);
      action[0] = 60;
      action[1] = 60.4;
    },
  };
}

function live(options: object, seed = 'life') {
  const task = patchForaging.prepare(patchForaging.options.parse(options));
  const controller = circling();
  const trace = patchForaging.emptyTrace();
  const result = task.live(task.scenarios[0]!, deriveSeed(seed), controller, trace);
  return { ...result, trace, seen: controller.seen };
}

describe('patch foraging', () => {
  it('moves its patches after each third, to places drawn from the seed', () => {
    const { trace } = live({ steps: 300 });
    expect(trace.stretches.map(({ eaten }) => eaten.length)).toEqual([100, 100, 100]);
    const places = trace.stretches.map(({ food }) => food.x.join());
    expect(new Set(places).size).toBe(3);
    expect(live({ steps: 300 }).trace.stretches.map(({ food }) => food.x.join())).toEqual(places);
    expect(live({ steps: 300 }, 'other').trace.stretches[0]!.food.x.join()).not.toBe(places[0]);
    expect(live({ steps: 300, moves: 0 }).trace.stretches.length).toBe(1);
  });

  it('lays patches within the arena, as many and as wide as said', () => {
    const { trace } = live({ steps: 3, patches: 2, radiusUnits: 50 });
    for (const { food } of trace.stretches) {
      expect(food.x.length).toBe(36);
      for (const from of [0, 1]) {
        const x = food.x.filter((_, i) => i % 2 === from);
        expect(Math.max(...x) - Math.min(...x)).toBeLessThanOrEqual(100);
      }
      expect(Math.min(...food.x, ...food.y)).toBeGreaterThan(0);
    }
  });

  it('lets the worm feel what it ate in the step after, and counts it once', () => {
    const lives = Array.from({ length: 20 }, (_, i) => live({ steps: 600, patches: 12 }, `life ${i}`));
    let eaten = 0;
    for (const { seen, trace, measures, score } of lives) {
      trace.eaten.forEach((items, step) => {
        if (step + 1 < seen.length) expect(seen[step + 1]![2]).toBe(items > 0 ? 1 : 0);
      });
      const all = trace.eaten.reduce((sum, items) => sum + items, 0);
      expect(measures.foodEaten).toBe(all);
      expect(measures.eatenBeforeMoves! + 2 * measures.eatenAfterMove!).toBe(all);
      expect(score).toBeGreaterThanOrEqual(30 * all);
      eaten += all;
    }
    expect(eaten).toBeGreaterThan(10);
  });
});
