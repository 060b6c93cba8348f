/**
 * Measures strategies beside optimisers of Python, on the same functions from the same points in one run:
 *
 *     npx tsx scripts/bench-python.ts bbob cma-es mads pycma nomad --install FOLDER
 *     npx tsx scripts/bench-python.ts strategies --strategy cma-es,pycma --function all --genes 20 --install FOLDER
 *     npx tsx scripts/bench-python.ts strategies --strategy cma-es,pycma --timing --install FOLDER
 *
 * These are `baldwin bench bbob` and `baldwin bench strategies`, with their options, pictures and JSON.
 *
 *     --install FOLDER   makes a virtual environment with the optimisers there first, or takes the one that is there
 *     --python PATH      takes this interpreter (otherwise PYTHON names it, or it is python3)
 *     --list             lists the optimisers that it has; "all" stands for them and every strategy of ours
 *
 * Functions are evaluated here. A search of Python begins anew where it stops by itself, as ours do. Its own milliseconds are
 * measured in Python, without the pipe between.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Command } from '@commander-js/extra-typings';
import { benchStrategy } from '../src/bench/strategies.js';
import { benchBbobCommand } from '../src/cli/bench-bbob.js';
import { namesOf, type OpenSearchers } from '../src/cli/bench-searchers.js';
import { benchStrategiesCommand } from '../src/cli/bench-strategies.js';
import { presetNames } from '../src/evolve/presets.js';
import { UsageError } from '../src/spec/errors.js';
import { installed } from './compare-simulators.js';
import { OtherOptimiser } from './other-optimiser.js';

const script = fileURLToPath(new URL('bench-python.py', import.meta.url));

/** What installs without trouble; jax comes with evosax, and takes half a minute. */
const packages = ['cma==4.5.*', 'cmaes==0.13.*', 'PyNomadBBO==4.6.*', 'scipy==1.17.*', 'evosax==0.3.*'];

/** Strategies of ours that search in the same way: drawn in their colour. */
const like: Readonly<Record<string, string>> = {
  pycma: 'cma-es',
  cmaes: 'cma-es',
  'evosax-cma-es': 'cma-es',
  nomad: 'mads',
  'scipy-de': 'de',
  'evosax-de': 'de',
  'evosax-xnes': 'xnes',
  'evosax-snes': 'snes',
  'evosax-openai-es': 'openai-es',
};

/** One core each, as ours have. */
const oneThread = {
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  XLA_FLAGS: '--xla_cpu_multi_thread_eigen=false',
  JAX_PLATFORMS: 'cpu',
};

/** The optimisers that an interpreter has, with their versions. */
function optimisersOf(python: string): Record<string, string> {
  const { status, stdout, stderr, error } = spawnSync(python, [script], { encoding: 'utf8' });
  if (status === 0) return JSON.parse(stdout) as Record<string, string>;
  throw new UsageError(`${python} does not run ${script}: ${error?.message ?? stderr.trim()}`);
}

function opener(python: string): OpenSearchers {
  const there = optimisersOf(python);
  return (asked, settings) => {
    const names = namesOf(asked, [...presetNames(), ...Object.keys(there)]);
    const theirs: OtherOptimiser[] = [];
    const searchers = names.map((name) => {
      if (there[name] === undefined) {
        if (presetNames().includes(name) || name.endsWith('.json')) return benchStrategy(name, settings);
        throw new UsageError(
          `${name}: expected a strategy preset (${presetNames().join(', ')}), or an optimiser that ${python} has ` +
            `(${Object.keys(there).join(', ') || 'none: --install FOLDER makes an interpreter that has them'}).`,
        );
      }
      if (settings) throw new UsageError('--set changes a strategy of ours: leave it out.');
      const optimiser = new OtherOptimiser(name, python, [script, name], { like: like[name] });
      theirs.push(optimiser);
      return optimiser;
    });
    return {
      searchers,
      programs: Object.fromEntries(theirs.map(({ name }) => [name, there[name]!])),
      close: () => {
        for (const optimiser of theirs) optimiser.close();
      },
    };
  };
}

/** The interpreter that was asked for, and the rest of the arguments. */
function interpreterFrom(args: readonly string[]): { python: string; rest: string[] } {
  const rest = [...args];
  const taken = (flag: string) => {
    const at = rest.indexOf(flag);
    if (at < 0) return undefined;
    const [, value] = rest.splice(at, 2);
    if (value === undefined) throw new UsageError(`${flag}: expected a path after it.`);
    return value;
  };
  const [folder, path] = [taken('--install'), taken('--python')];
  if (folder !== undefined && path !== undefined) {
    throw new UsageError('--install and --python exclude each other: leave one of them out.');
  }
  const python =
    folder === undefined ? (path ?? process.env.PYTHON ?? 'python3') : installed(folder, packages);
  if (python === undefined) throw new UsageError(`no environment could be made in ${folder}: pip says why.`);
  return { python, rest };
}

try {
  const { python, rest } = interpreterFrom(process.argv.slice(2));
  Object.assign(process.env, oneThread);
  if (rest.includes('--list') && rest.length === 1) console.log(optimisersOf(python));
  else {
    const open = opener(python);
    await new Command('bench-python')
      .addCommand(benchBbobCommand(open))
      .addCommand(benchStrategiesCommand(open))
      .parseAsync(rest, { from: 'user' });
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
