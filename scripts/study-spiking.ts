/**
 * Foraging on spikes: the genetic algorithm on the Cook connectome with leaky, Izhikevich and graded cells at equal
 * evaluations, several seeds, on the square. Prints its table as Markdown, and stores a picture beside its runs, or with
 * --write under docs/results/. Runs that are there already are read, and those that were interrupted go on.
 *
 *   npm run study:spiking -- [--seeds 5] [--evaluations N] [--workers N] [--runs FOLDER] [--fresh] [--write]
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { machineName } from '../src/bench/machine.js';
import { UserError } from '../src/spec/errors.js';
import { packageRoot } from '../src/spec/library.js';
import { replaceFile } from '../src/store/files.js';
import { cellEntries, type Entry, type Job, jobName } from './foraging/entries.js';
import { cellsPicture } from './foraging/picture.js';
import { entryResult, summaryOf, tableOf } from './foraging/report.js';
import { runAll } from './foraging/run-all.js';
import { withReport } from './results-file.js';
import { wholeNumber } from './whole-number.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5' },
    evaluations: { type: 'string' },
    runs: { type: 'string', default: join(packageRoot, 'runs', 'study-spiking') },
    workers: { type: 'string', default: String(availableParallelism()) },
    fresh: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

const whole = (value: number) => value.toFixed(0);

try {
  const seeds = Array.from({ length: wholeNumber('seeds', values.seeds) }, (_, i) => i + 1);
  const budget =
    values.evaluations === undefined ? {} : { evaluations: wholeNumber('evaluations', values.evaluations) };
  const entries = cellEntries.map((entry): Entry => ({ ...entry, ...budget }));
  const jobsOf = (entry: Entry): Job[] => seeds.map((seed) => ({ entry, pattern: 'square', seed }));
  const root = resolve(values.runs);
  const done = await runAll(entries.flatMap(jobsOf), {
    root,
    workers: wholeNumber('workers', values.workers),
    fresh: values.fresh,
  });
  const results = entries.map((entry) => {
    const runs = jobsOf(entry).map((job) => done.get(jobName(job))!);
    return { ...entryResult(entry, runs), untrained: runs[0]!.reference.untrained };
  });
  const rows = results.map(({ label, evaluations, untrained, runs }) => {
    const of = (pick: (run: (typeof runs)[number]) => number) => summaryOf(runs.map(pick));
    const score = of((run) => run.score);
    const seconds = of((run) => run.seconds).mean;
    return [
      label,
      evaluations.toLocaleString('en-US'),
      whole(untrained),
      runs.map((run) => whole(run.score)).join(', '),
      `${whole(score.median)} (${whole(score.q25)}-${whole(score.q75)})`,
      `${of((run) => run.champion.foodEaten).low}-${of((run) => run.champion.foodEaten).high}`,
      `${whole(of((run) => run.champion.weightsChanged).low)}-${whole(of((run) => run.champion.weightsChanged).high)}`,
      whole(of((run) => run.champion.fresh.mean).mean),
      whole(seconds),
      (of((run) => run.evaluations).mean / seconds).toFixed(0),
    ];
  });
  const headings = [
    'cells',
    'evaluations',
    'untrained',
    'scores by seed',
    'median (quartiles)',
    'food eaten',
    'weights changed',
    'fresh mean',
    's a run',
    'lifetimes a second',
  ];
  const report = [
    `Machine: ${machineName()}; each run on one thread, ${values.workers} at once. Command: ` +
      `\`${['npm run study:spiking --', ...process.argv.slice(2)].join(' ')}\`. Seeds ${seeds.join(', ')}.`,
    '',
    tableOf(headings, rows),
    '',
    '![Best score by evaluations for three kinds of cells](spiking-study.png)',
  ].join('\n');
  console.log(report);
  const folder = values.write ? join(packageRoot, 'docs/results') : root;
  replaceFile(join(folder, 'spiking-study.png'), await cellsPicture(results, seeds.length));
  if (values.write) {
    const file = join(folder, 'spiking.md');
    replaceFile(file, withReport(readFileSync(file, 'utf8'), 'study:spiking', report));
  }
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
