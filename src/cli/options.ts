import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { type NullModel, nullModelNames } from '../connectome/null-models/table.js';
import { addressVariable } from '../evolve/evaluators/queue/address.js';
import type { RunRequest } from '../evolve/resolve.js';
import type { Budget } from '../evolve/run-spec.js';
import { pictureFormatOf } from '../picture/draw-figure.js';
import { pictureFormats } from '../picture/surface.js';
import { UsageError } from '../spec/errors.js';
import { readJsonFile } from '../spec/json-file.js';
import { isPath, type Library, libraryFile, ownOrShipped } from '../spec/library.js';
import { plainName, plainNameAbout } from '../spec/plain-name.js';

/** A whole number of at least `low`, and of at most `high` where that is given. */
export const wholeNumber = (low: number, high?: number) => (text: string) => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value) || value < low || value > (high ?? value)) {
    const most = high === undefined ? '' : ` and at most ${high}`;
    throw new InvalidArgumentError(`Expected a whole number of at least ${low}${most}.`);
  }
  return value;
};

export const finiteNumber = (text: string) => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('Expected a number.');
  return value;
};

export const positiveNumber = (text: string) => {
  const value = finiteNumber(text);
  if (value <= 0) throw new InvalidArgumentError('Expected a number above 0.');
  return value;
};

/** Gathers a repeatable option. */
export const collect = (value: string, earlier: string[] | undefined) => [...(earlier ?? []), value];

/** A file that a picture goes into: told from others before any work is done. */
export const pictureFile = (file: string): string => {
  pictureFormatOf(file);
  return file;
};

/** A file that a page goes into. */
export const pageFile = (file: string): string => {
  if (/\.html?$/i.test(file)) return file;
  throw new UsageError(`Pages are written as HTML: "${file}" should end in .html.`);
};

/** For commands that draw several files. */
export const formatOption = () =>
  new Option('--format <format>', 'draw pixels (png) or lines that scale and can be edited (svg)')
    .choices(pictureFormats)
    .default('png' as const);

/** The options that say what runs have in common, whatever their seed. */
export const withPartOptions = <
  A extends unknown[],
  O extends Record<string, unknown>,
  G extends Record<string, unknown>,
>(
  command: Command<A, O, G>,
) =>
  command
    .option(
      '-g, --genome <name>',
      'what evolves: a genome spec by name or path (default: weights, or what the task names)',
    )
    .option(
      '-c, --connectome <name>',
      'the animal: a connectome by name or path (default: c-elegans-openworm; none where the task brings its network)',
    )
    .addOption(
      new Option(
        '--null <model>',
        "a null model in place of the animal: part of its wiring kept, the rest drawn anew by the run's seed",
      ).choices(nullModelNames),
    )
    .option('-t, --task <name>', 'the task: by name, or the module of one of your own (default: foraging)')
    .option(
      '--set <path=value>',
      'set any field of the run, such as task.patterns=pentagon; repeatable',
      collect,
    );

/** The options that say what a run is. */
export const withRunOptions = <
  A extends unknown[],
  O extends Record<string, unknown>,
  G extends Record<string, unknown>,
>(
  command: Command<A, O, G>,
) =>
  withPartOptions(command).option(
    '--seed <n>',
    'everything random derives from it (default: 1)',
    wholeNumber(0),
  );

/** The options that say when a run ends. */
export const withBudgetOptions = <
  A extends unknown[],
  O extends Record<string, unknown>,
  G extends Record<string, unknown>,
>(
  command: Command<A, O, G>,
) =>
  command
    .option(
      '-e, --evaluations <n>',
      'stop after this many evaluations of a genome (the step under way is finished)',
      wholeNumber(1),
    )
    .option('--generations <n>', 'stop after this many steps', wholeNumber(1))
    .option('--seconds <s>', 'stop after this many seconds', positiveNumber)
    .option('--target <score>', 'stop when the raw score of the best genome reaches this', finiteNumber)
    .option('--patience <n>', 'stop after this many steps without a better objective', wholeNumber(1));

/** More threads than this for each core only cost memory: each holds a network of its own. */
const mostThreadsACore = 4;

/** A number of threads that this machine can bear. */
export const threadCount = (text: string) => {
  const threads = wholeNumber(1)(text);
  const cores = availableParallelism();
  if (threads > mostThreadsACore * cores) {
    throw new InvalidArgumentError(
      `This machine has ${cores} core${cores === 1 ? '' : 's'}: expected at most ${mostThreadsACore * cores} threads, found ${threads}. ` +
        `Use ${cores}, which is fastest.`,
    );
  }
  return threads;
};

export const workersOption = [
  '-w, --workers <n>',
  'threads (default: one a core; at most four a core); changes no result',
  threadCount,
] as const;

/** The option of commands that may have their lives lived elsewhere. */
export const redisOption = [
  '--redis [url]',
  `live on the workers at this Redis (redis://HOST:PORT; without an address, that in ${addressVariable}); changes no result`,
] as const;

export const withExecutionOptions = <
  A extends unknown[],
  O extends Record<string, unknown>,
  G extends Record<string, unknown>,
>(
  command: Command<A, O, G>,
) =>
  command
    .option(...workersOption)
    .option(...redisOption)
    .option('--no-pictures', 'draw nothing at the end');

export const jsonOption = ['--json', 'one JSON document on stdout; progress goes to stderr'] as const;
export const runsOption = ['--runs <folder>', 'folder of the runs', 'runs'] as const;

/** Refuses what cannot name a run's folder. */
export function refuseRunName(option: string, name: string): void {
  if (name !== 'latest' && plainName.test(name)) return;
  throw new UsageError(
    `${option}: expected ${plainNameAbout}, and not "latest", found "${name}". ` +
      '--runs says in which folder the run goes.',
  );
}

interface BudgetOptions {
  evaluations?: number | undefined;
  generations?: number | undefined;
  seconds?: number | undefined;
  target?: number | undefined;
  patience?: number | undefined;
}

/** The budget given on the command line, or undefined where none was. */
export function budgetFrom(options: BudgetOptions): Budget | undefined {
  const budget: Budget = {
    ...(options.evaluations !== undefined ? { evaluations: options.evaluations } : {}),
    ...(options.generations !== undefined ? { generations: options.generations } : {}),
    ...(options.seconds !== undefined ? { seconds: options.seconds } : {}),
    ...(options.target !== undefined ? { target: options.target } : {}),
    ...(options.patience !== undefined ? { noImprovement: options.patience } : {}),
  };
  return Object.keys(budget).length > 0 ? budget : undefined;
}

interface RunOptions {
  strategy?: string | undefined;
  genome?: string | undefined;
  connectome?: string | undefined;
  null?: NullModel | undefined;
  task?: string | undefined;
  objective?: string[] | undefined;
  seed?: number | undefined;
  set?: string[] | undefined;
}

/** Runs that come with the program; those of a user in a folder of that name come first. */
const runLibrary: Library = { folder: 'examples/runs', item: 'run' };

export function requestFrom(file: string | undefined, options: RunOptions, budget?: Budget): RunRequest {
  const isName = file !== undefined && !isPath(file) && !existsSync(file);
  const path = isName ? libraryFile(runLibrary, file) : file && ownOrShipped(file);
  return {
    ...(path !== undefined ? { file: { path, value: readJsonFile(path, 'run file') } } : {}),
    ...(options.strategy !== undefined ? { strategy: options.strategy } : {}),
    ...(options.genome !== undefined ? { genome: options.genome } : {}),
    ...(options.connectome !== undefined ? { connectome: options.connectome } : {}),
    ...(options.null !== undefined ? { nullModel: options.null } : {}),
    ...(options.task !== undefined ? { task: options.task } : {}),
    ...(options.objective !== undefined ? { objective: options.objective } : {}),
    ...(options.seed !== undefined ? { seed: options.seed } : {}),
    ...(options.set !== undefined ? { set: options.set } : {}),
    ...(budget ? { budget } : {}),
  };
}

export const workersFrom = (wanted: number | undefined) => wanted ?? availableParallelism();

/** The time, as names of runs and studies begin with it. */
export const stamp = () => new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
