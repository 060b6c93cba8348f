import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPart } from './files.js';
import { type RunHistory, readSnapshot, runFiles, type StoredSnapshot, secondsOf } from './run-store.js';
import { readSteps, type StepRecord } from './steps.js';

/** What another run did so far, read while it may still be written: states of its strategy, best first, and its history. */
export function historyOfRun(folder: string): {
  states: (StoredSnapshot | undefined)[];
  records: readonly StepRecord[];
  history: RunHistory;
  seconds: number;
} {
  // States before steps, and steps before elites: what is read later has whatever the earlier refers to.
  const states = (['snapshot', 'branch'] as const).map((name) => readSnapshot(folder, name));
  const file = (name: keyof typeof runFiles) => join(folder, runFiles[name]);
  const { records, stepsBytes, elitesBytes } = readSteps(file('steps'), file('elites'));
  const timings = existsSync(file('timings')) ? readFileSync(file('timings'), 'utf8') : '';
  const kept = timings
    .split('\n')
    .slice(0, -1)
    .filter((line) => Number(/"step":(\d+)/.exec(line)?.[1]) < records.length)
    .map((line) => `${line}\n`)
    .join('');
  return {
    states,
    records,
    history: {
      steps: readPart(file('steps')).subarray(0, stepsBytes),
      elites: readPart(file('elites')).subarray(0, elitesBytes),
      timings: Buffer.from(kept),
    },
    seconds: secondsOf(kept),
  };
}
