import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Builds the programs of threads before the tests. As TypeScript, each thread would compile its program for itself,
 * which takes longer than most tests do. Makes the folder of all temporary folders, too.
 */
export async function setup() {
  await build({
    entry: {
      worker: at('../src/evaluate/worker.ts'),
      'dying-worker': at('evolve/dying-worker.ts'),
      'homeless-worker': at('evolve/homeless-worker.ts'),
    },
    outDir: at('../.built-workers'),
    config: false,
    silent: true,
    format: 'esm',
    target: 'node20',
    splitting: true,
  });
  const folder = mkdtempSync(join(tmpdir(), 'baldwin-tests-'));
  process.env.BALDWIN_TEST_FOLDER = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
