import { expect, it } from 'vitest';
import { worldOf } from '../../src/study/world.js';

const world = (options: Record<string, unknown>, episodes = 1) =>
  worldOf({ task: { name: 'go-no-go', trials: 60, ...options }, episodes });

it('is the same whatever lives in a task, and whatever is held out', () => {
  for (const options of [
    { circuit: { heterogeneity: 0.2 } },
    { circuit: 'generic', networkSeed: 3 },
    { noradrenaline: false },
    { heldOut: ['reversed'] },
  ]) {
    expect(world(options)).toBe(world({}));
  }
});

it('is another where a life, or how it is scored, is another', () => {
  expect(world({ cueMs: 200 })).not.toBe(world({}));
  expect(world({}, 2)).not.toBe(world({}));
});
