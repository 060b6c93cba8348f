import { describe, expect, it } from 'vitest';
import type { OpenedRun } from '../../src/evolve/opened-run.js';
import { affordableLives } from '../../src/inspect/attribution/affordable.js';

const runOf = (result: Record<string, unknown> | null, episodes = 1) =>
  ({ stored: { manifest: { run: 'a', result } }, spec: { episodes } }) as unknown as OpenedRun;
const ended = (evaluations: number, seconds: number) => ({
  ...{ run: 'a', evaluations, seconds, generations: 1, championHash: null, stopReason: 'x', best: null },
});

describe('lives that are worth it', () => {
  it('are as many as about a minute allows at the speed of the run, within bounds', () => {
    expect(affordableLives(runOf(ended(100_000, 50)), 150)).toBe(200);
    // 600 lives a second: 36,000 lives for 450 conditions.
    expect(affordableLives(runOf(ended(6000, 20), 2), 150)).toBe(80);
    expect(affordableLives(runOf(ended(10, 20)), 10)).toBe(20);
    expect(affordableLives(runOf(null), 10)).toBe(20);
  });
});
