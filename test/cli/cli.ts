import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
if (!existsSync(program)) throw new Error('The command line is tested as built: run "npm run build" first.');

/** A folder to work in, gone when the file's tests are over. */
export const workplace = mkdtempSync(join(tmpdir(), 'baldwin-cli-'));
afterAll(() => rmSync(workplace, { recursive: true, force: true }));

export interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  process: ChildProcess;
  outcome: Promise<Outcome>;
  /** Resolves once stderr holds this. */
  saw(text: string): Promise<void>;
}

export function start(args: readonly string[], cwd = workplace): Running {
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const watchers: { text: string; done: () => void }[] = [];
  child.stdout.on('data', (data: Buffer) => {
    stdout += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
    for (const watcher of watchers) if (stderr.includes(watcher.text)) watcher.done();
  });
  return {
    process: child,
    outcome: new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    }),
    saw: (text) =>
      new Promise((done) => {
        if (stderr.includes(text)) done();
        else watchers.push({ text, done });
      }),
  };
}

export const baldwin = (...args: string[]): Promise<Outcome> => start(args).outcome;

/** Runs a command with --json and returns its document, which must be all that stands on stdout. */
export async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await baldwin(...args, '--json');
  if (code !== 0) throw new Error(`baldwin ${args.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
}
