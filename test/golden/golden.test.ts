import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRun } from '../../src/evolve/opened-run.js';
import { scoreGenome } from '../../src/evolve/reference-scores.js';
import { resumeRun } from '../../src/evolve/run.js';
import { packageRoot } from '../../src/spec/library.js';
import { resultsVersion } from '../../src/store/manifest.js';
import { carriedOut, type GoldenOutcome, lived, olderRun, recordedRuns, takenUp } from './outcomes.js';
import { goldenLives, goldenRuns } from './runs.js';

/** What came out when the runs were first lived. A change of these is a change of results: raise `resultsVersion`. */
const expected = JSON.parse(readFileSync(new URL('outcomes.json', import.meta.url), 'utf8')) as {
  runs: Record<string, GoldenOutcome>;
  lives: Record<string, Record<string, string>>;
  recorded: Record<string, GoldenOutcome>;
};

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'baldwin-golden-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
const folder = () => mkdtempSync(join(root, 'run-'));

// A machine that is shared by several takes minutes for what takes seconds.
describe('outcomes', { timeout: 300_000 }, () => {
  it('are recorded for every golden run and no other', () => {
    expect(Object.keys(expected.runs).sort()).toEqual(Object.keys(goldenRuns).sort());
    expect(Object.keys(expected.lives).sort()).toEqual([...goldenLives].sort());
  });

  it.each(Object.keys(goldenRuns))('of the run %s are what they were, after a resume too', async (name) => {
    const { whole, resumed } = await carriedOut(name, folder());
    expect(whole).toEqual(expected.runs[name]);
    expect(resumed).toEqual(expected.runs[name]);
  });

  it.each(
    Object.keys(recordedRuns),
  )('of the stored run %s are what they were when it is resumed', async (name) => {
    expect(await takenUp(name, folder())).toEqual(expected.recorded[name]);
  });

  it('of a run of an earlier results version can be opened and scored, and resume refuses it by its version', async () => {
    const copy = folder();
    cpSync(join(packageRoot, olderRun), copy, { recursive: true });
    const opened = await openRun(copy);
    const older = opened.stored.manifest.resultsVersion;
    expect(older).toBeLessThan(resultsVersion);
    expect(scoreGenome(opened.habitat, opened.champion, 'any').status).toBe('ok');
    await expect(resumeRun(copy, undefined, { workers: 1 })).rejects.toThrow(
      `results version ${older}, and this program's is ${resultsVersion}`,
    );
  });

  it.each(goldenLives)('of lives of %s are what they were in every engine', async (name) => {
    expect(await lived(name, folder())).toEqual(expected.lives[name]);
  });
});
