/** Writes `outcomes.json` anew: `npx tsx scripts/record-golden.ts`. Only where results were meant to change. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { carriedOut, lived, recordedRuns, takenUp } from '../test/golden/outcomes.js';
import { goldenLives, goldenRuns } from '../test/golden/runs.js';

const runs: Record<string, unknown> = {};
const lives: Record<string, unknown> = {};
const recorded: Record<string, unknown> = {};
for (const name of Object.keys(goldenRuns)) {
  const folder = mkdtempSync(join(tmpdir(), 'baldwin-golden-'));
  const began = performance.now();
  const { whole, resumed } = await carriedOut(name, folder);
  rmSync(folder, { recursive: true });
  if (JSON.stringify(whole) !== JSON.stringify(resumed))
    throw new Error(`${name}: a resume changed the outcome`);
  runs[name] = whole;
  console.log(name, ((performance.now() - began) / 1000).toFixed(1), 's');
}
for (const name of goldenLives) {
  const began = performance.now();
  lives[name] = await lived(name, tmpdir());
  console.log('lives of', name, ((performance.now() - began) / 1000).toFixed(1), 's');
}
for (const name of Object.keys(recordedRuns)) {
  const folder = mkdtempSync(join(tmpdir(), 'baldwin-golden-'));
  recorded[name] = await takenUp(name, folder);
  rmSync(folder, { recursive: true });
}
writeFileSync(
  new URL('../test/golden/outcomes.json', import.meta.url),
  `${JSON.stringify({ runs, lives, recorded }, null, 2)}\n`,
);
