import { describe, expect, it } from 'vitest';
import { livesOf, worldOf } from '../../src/study/world.js';

const task = (options: Record<string, unknown> = {}) => ({ name: 'go-no-go', trials: 100, ...options });
const world = (options: Record<string, unknown>) => worldOf({ task: task(options) });

describe('the world of a run', () => {
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

  it('is another where a life is another', () => expect(world({ cueMs: 200 })).not.toBe(world({})));
});

describe('the lives of a run', () => {
  it('are others by their number, or where all candidates have the same', () => {
    const lives = livesOf({ task: task(), episodes: 1 });
    expect(livesOf({ task: task({ networkSeed: 2 }), episodes: 1 })).toBe(lives);
    expect(livesOf({ task: task(), episodes: 2 })).not.toBe(lives);
    expect(livesOf({ task: task(), episodes: 1, seeds: 'common' })).not.toBe(lives);
  });

  it('are the same where nothing in a task is random', () => {
    const foraging = { name: 'foraging' };
    expect(livesOf({ task: foraging, episodes: 1, seeds: 'common' })).toBe(
      livesOf({ task: foraging, episodes: 1 }),
    );
  });
});
