import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../spec/library.js';

/** A C program of `bench/`, built where there is a compiler: returns what it prints, as numbers. */
export type CProgram = (...args: (string | number)[]) => number[];

/** Builds `bench/NAME.c` into `folder`; undefined where there is no compiler. */
export function compileC(name: string, folder: string): CProgram | undefined {
  const program = join(folder, name);
  const source = join(packageRoot, 'bench', `${name}.c`);
  const built = spawnSync('gcc', ['-O3', '-march=native', '-o', program, source, '-lm'], { encoding: 'utf8' });
  if (built.error || built.status !== 0) return undefined;
  return (...args) =>
    execFileSync(program, args.map(String), { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number);
}
