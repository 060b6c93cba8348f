/**
 * Lets Python read what `baldwin export` writes: npx tsx scripts/check-exports.ts. It makes a tiny run and a tiny study, exports
 * both in every format, and compares what numpy and pandas read with what was recorded, to the bit. PYTHON names the interpreter
 * (python3 where it does not); without numpy, pandas and matplotlib it says so and checks nothing.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const python = process.env.PYTHON ?? 'python3';
const program = resolve('dist/cli.js');

/** Runs a program. @returns its output; undefined where it failed and may */
function output(command: string, args: readonly string[], cwd: string, mayFail = false): string | undefined {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status === 0) return stdout;
  if (mayFail) return undefined;
  throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
}

const knows = (module: string) => output(python, ['-c', `import ${module}`], '.', true) !== undefined;

function check(folder: string): void {
  const baldwin = (...args: string[]) => output(process.execPath, [program, ...args], folder);
  const small = [
    ...['--no-pictures', '--workers', '1', '--generations', '3', '--set', 'strategy.population=6'],
    ...[
      '--set',
      'task.steps=60',
      '--set',
      'freshEpisodes=2',
      '--set',
      'elites=2',
      '--set',
      'task.heldOut=triangle',
    ],
  ];
  baldwin('evolve', '--name', 'run', ...small);
  baldwin('study', '--name', 'study', '--seeds', '2', '--vary', 'strategy.elites=1,2', ...small);
  const formats = ['csv', 'npz', ...(knows('pyarrow') ? ['parquet'] : [])];
  if (formats.length < 3) console.log('Python has no pyarrow: Parquet is not checked.');
  const what = ['--what', 'steps,elites,champions,spikes,traces'];
  for (const format of formats)
    baldwin('export', 'run', 'study', ...what, '-f', format, '-o', join('export', format));
  const script = resolve('scripts/check-exports.py');
  const args = [script, join(folder, 'export'), join(folder, 'runs', 'run'), formats.join(',')];
  process.stdout.write(output(python, args, folder) ?? '');
}

const lacking = ['numpy', 'pandas', 'matplotlib'].filter((module) => !knows(module));
if (lacking.length > 0) {
  console.log(
    `${python} has no ${lacking.join(', ')}: exports are not read by Python. PYTHON names another.`,
  );
} else {
  const folder = mkdtempSync(join(tmpdir(), 'baldwin-exports-'));
  try {
    check(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
