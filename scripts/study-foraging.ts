/**
 * The foraging study: strategies at equal evaluations, several seeds, on each pattern. Prints its tables as Markdown,
 * and stores them with everything about each run and a picture in the folder of its runs, or with --write under docs/results/.
 * Runs that are there already are read, and those that were interrupted go on.
 *
 *   npm run study:foraging -- [--seeds 5] [--only ga,enomad] [--patterns square] [--evaluations N] [--workers N]
 *                             [--runs FOLDER] [--fresh] [--write]
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { machineName } from '../src/bench/machine.js';
import { UsageError, UserError } from '../src/spec/errors.js';
import { packageRoot } from '../src/spec/library.js';
import { replaceFile } from '../src/store/files.js';
import { choose, entries, type Job, jobName, patterns } from './foraging/entries.js';
import { pictureOf } from './foraging/picture.js';
import { entryResult, jsonOf, markdownOf, type Study } from './foraging/report.js';
import { runAll } from './foraging/run-all.js';
import { withReport } from './results-file.js';
import { wholeNumber } from './whole-number.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5' },
    evaluations: { type: 'string' },
    only: { type: 'string' },
    patterns: { type: 'string' },
    runs: { type: 'string', default: join(packageRoot, 'runs', 'study-foraging') },
    workers: { type: 'string', default: String(availableParallelism()) },
    fresh: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  const partial = values.only ?? values.patterns ?? values.evaluations;
  if (values.write && partial !== undefined) {
    throw new UsageError('--write records the whole study: leave out --only, --patterns and --evaluations.');
  }
  const ids = entries.map(({ id }) => id);
  const chosenIds = values.only === undefined ? ids : choose(values.only, ids, '--only');
  const budget =
    values.evaluations === undefined ? {} : { evaluations: wholeNumber('evaluations', values.evaluations) };
  const chosen = entries.filter(({ id }) => chosenIds.includes(id)).map((entry) => ({ ...entry, ...budget }));
  const chosenPatterns =
    values.patterns === undefined ? [...patterns] : choose(values.patterns, patterns, '--patterns');
  const seeds = Array.from({ length: wholeNumber('seeds', values.seeds) }, (_, i) => i + 1);
  const root = resolve(values.runs);

  const jobsOf = (entry: Job['entry']): Job[] =>
    chosenPatterns.flatMap((pattern) => seeds.map((seed) => ({ entry, pattern, seed })));
  const done = await runAll(chosen.flatMap(jobsOf), {
    root,
    workers: wholeNumber('workers', values.workers),
    fresh: values.fresh,
  });

  const runsOf = (entry: Job['entry']) => jobsOf(entry).map((job) => done.get(jobName(job))!);
  const firstOn = (pattern: string) => done.get(jobName({ entry: chosen[0]!, pattern, seed: 1 }))!;
  const study: Study = {
    format: 'baldwin-foraging-study/1',
    machine: machineName(),
    command: ['npm run study:foraging --', ...process.argv.slice(2)].join(' '),
    seeds,
    patterns: chosenPatterns,
    reference: Object.fromEntries(chosenPatterns.map((pattern) => [pattern, firstOn(pattern).reference])),
    entries: chosen.map((entry) => entryResult(entry, runsOf(entry))),
  };
  const report = markdownOf(study);
  console.log(report);
  const folder = values.write ? join(packageRoot, 'docs/results') : root;
  replaceFile(join(folder, 'foraging-study.json'), jsonOf(study));
  replaceFile(join(folder, 'foraging-study.png'), await pictureOf(study));
  if (values.write) {
    const results = join(folder, 'foraging.md');
    replaceFile(results, withReport(readFileSync(results, 'utf8'), 'study:foraging', report));
  }
  console.error(`\nEverything about each run, and a picture: ${folder}/foraging-study.json, .png`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
