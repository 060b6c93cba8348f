import { afterEach, describe, expect, it, vi } from 'vitest';
import { ProgressReporter } from '../../src/cli/progress.js';
import { startRun } from '../../src/evolve/run.js';
import { smallRun, temporaryFolder } from './small-run.js';

afterEach(() => void vi.restoreAllMocks());

describe('a step under way', () => {
  it.each([1, 2])('tells how many of its candidates have lived, with %d workers', async (workers) => {
    const seen: { step: number; lived: number; candidates: number }[] = [];
    await startRun(
      await smallRun(['budget.generations=2', 'strategy.population=12']),
      temporaryFolder(),
      'run',
      {
        workers,
        onLives: (lives) => seen.push({ ...lives }),
      },
    );
    for (const step of [0, 1]) {
      const lived = seen.filter((lives) => lives.step === step).map((lives) => lives.lived);
      expect(lived.length).toBeGreaterThan(1);
      expect(lived).toEqual([...lived].sort((a, b) => a - b));
      expect(lived.at(-1)).toBe(12);
    }
  }, 30_000);

  it('is shown where it is long, and not where it is short', () => {
    let now = 10_000;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const said: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
    const progress = new ProgressReporter();
    const at = (ms: number, lived: number) => {
      now = 10_000 + ms;
      progress.within({ step: 0, lived, candidates: 64 });
    };
    at(0, 1);
    at(500, 3);
    expect(said).toEqual([]);
    at(2500, 9);
    // Without a terminal not every life is a line.
    at(2600, 10);
    expect(said).toEqual(['step 0: 9 of 64 candidates lived\n']);
    at(9000, 64);
    expect(said).toHaveLength(1);
  });
});
