import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { UserError } from '../../src/spec/errors.js';
import { type Manifest, resultsVersion } from '../../src/store/manifest.js';
import { RunWriter } from '../../src/store/run-store.js';

/** A folder for the tests of one file, away with them. Call it at the top of the file. */
export function scratch(): { fresh: (name?: string) => string } {
  let root = '';
  let number = 0;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'store-'));
  });
  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });
  return { fresh: (name = 'folder') => join(root, `${name}-${number++}`) };
}

export function manifestOf(run = 'test', change: Partial<Manifest> = {}): Manifest {
  return {
    format: 'baldwin-run-record/1',
    run,
    program: '0.0.0',
    resultsVersion,
    status: 'running',
    started: '2025-01-01T00:00:00.000Z',
    updated: '2025-01-01T00:00:00.000Z',
    spec: { seed: 1 },
    hashes: {},
    progress: { steps: 0, evaluations: 0, best: null },
    reference: {},
    result: null,
    ...change,
  };
}

export const start = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

/** What a step stored: a sparse genome and a whole one. */
export function genomesOf(step: number): [Float64Array, Float64Array] {
  const sparse = Float64Array.from(start);
  sparse[step % start.length] = step + 0.5;
  return [sparse, start.map((value) => value * (step + 2) + 0.1)];
}

export function append(writer: RunWriter, step: number): void {
  const [first, second] = genomesOf(step);
  writer.appendStep(
    {
      step,
      evaluations: 3 * (step + 1),
      score: [step, null, 0.1 * step],
      objective: [step, null, -0.1 * step],
      measures: { foodEaten: [1, null, 2] },
      failed: { 1: 'the score is NaN' },
    },
    [
      { index: 2, genome: first },
      { index: 0, genome: second },
    ],
    start,
    { seconds: 0.25 },
  );
}

/** A closed run of some steps. */
export function storedRun(folder: string, steps: number, manifest = manifestOf()): string {
  const writer = RunWriter.create(folder, manifest, '{"a":"connectome"}');
  for (let step = 0; step < steps; step++) append(writer, step);
  writer.close();
  return folder;
}

/** The message of a {@link UserError}; anything else that is thrown fails the test. */
export function failure(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.message;
  }
  expect.fail('nothing was thrown');
}
