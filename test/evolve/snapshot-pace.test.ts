import { expect, it } from 'vitest';
import { SnapshotPace } from '../../src/evolve/snapshot-pace.js';

/** At which of so many steps snapshots are stored, where each step and each of the two parts of a snapshot takes as long as said. */
function stored(steps: number, every: number, stepMs: number, partMs: number): number[] {
  let clock = 0;
  const pace = new SnapshotPace(every, () => clock);
  const at: number[] = [];
  for (let step = 1; step <= steps; step++) {
    clock += stepMs;
    if (!pace.isDue(step)) continue;
    at.push(step);
    pace.begin();
    for (const _ of [0, 1]) {
      pace.during(() => {
        clock += partMs;
      });
    }
  }
  return at;
}

it('stores a snapshot every so many steps where these take long', () => {
  expect(stored(10, 3, 1000, 1)).toEqual([3, 6, 9]);
});

it('leaves snapshots out where they would take more than a twentieth of the time', () => {
  // 2 ms a snapshot, so that 40 ms are to pass until the next.
  const at = stored(1000, 5, 1, 1);
  expect(at.slice(0, 3)).toEqual([5, 45, 85]);
  expect(at).toHaveLength(25);
});
