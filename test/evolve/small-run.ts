import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { type ResolvedRun, resolveRun } from '../../src/evolve/resolve.js';
import type { Execution } from '../../src/evolve/run.js';

/** A run of a few steps on the real worm, in milliseconds. */
export function smallRun(settings: readonly string[] = []): Promise<ResolvedRun> {
  return resolveRun({
    budget: { generations: 7 },
    set: [
      'task.steps=40',
      'strategy.population=8',
      'freshEpisodes=2',
      'snapshotEvery=3',
      'elites=2',
      ...settings,
    ],
  });
}

/** Interrupts after so many steps of its own. */
export function interruptAfter(steps: number): Execution {
  let done = 0;
  return {
    workers: 1,
    onProgress: () => {
      done += 1;
    },
    interrupted: () => done >= steps,
  };
}

/** A folder that is gone after all tests. */
export const temporaryFolder = (): string => mkdtempSync(join(process.env.BALDWIN_TEST_FOLDER!, 'folder-'));
