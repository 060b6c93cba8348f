import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { type OpenedRun, openRun } from '../evolve/opened-run.js';
import { formatGenomeFile } from '../genome/genome-file.js';
import { affordableLives } from '../inspect/attribution/affordable.js';
import { changedUnits, type UnitKind, unitKindNames } from '../inspect/attribution/units.js';
import { lifeCount, inspect as look } from '../inspect/inspection.js';
import { measuredRules } from '../inspect/rule-geometry.js';
import { attributionReport } from '../report/attribution.js';
import { attributionFigure } from '../report/figures/attribution.js';
import { inspectionFigure } from '../report/figures/inspection.js';
import { inspectionReport } from '../report/inspection.js';
import { changesPage, inspectionPage } from '../report/pages.js';
import type { Report } from '../report/report.js';
import { UsageError } from '../spec/errors.js';
import { replaceFile } from '../store/files.js';
import { findRunOrStudy } from '../store/find.js';
import { drawInto } from './draw-into.js';
import { inspectChanges } from './inspect-changes.js';
import { inspectRates } from './inspect-rates.js';
import { inspectStudy } from './inspect-study.js';
import {
  finiteNumber,
  jsonOption,
  pageFile,
  pictureFile,
  redisOption,
  runsOption,
  wholeNumber,
  workersOption,
} from './options.js';
import { notice, print } from './output.js';
import { refuseExisting } from './output-file.js';
import { runMaterial, writePage } from './page-file.js';
import { printReport } from './print-report.js';
import { untilStopped } from './stopping.js';

const livesOfParts = 10;
const defaultKeep = 0.95;

const share = (text: string) => {
  const value = finiteNumber(text);
  if (value <= 0 || value > 1) throw new InvalidArgumentError('Expected a share above 0, at most 1.');
  return value;
};

/** A unit of changes, in a list without doubles. */
const unitKind = (text: string, earlier: UnitKind[] | undefined) => {
  const kind = unitKindNames.find((name) => name === text);
  if (kind === undefined) throw new InvalidArgumentError(`Allowed choices are ${unitKindNames.join(', ')}.`);
  return [...new Set([...(earlier ?? []), kind])];
};

interface Options {
  lives?: number | undefined;
  picture?: string | undefined;
  revert?: true | undefined;
  silence?: true | undefined;
  by?: UnitKind[] | undefined;
  keep?: number | undefined;
  prune?: string | undefined;
  pruneOn?: 'trained' | 'fresh' | undefined;
  workers?: number | undefined;
  redis?: string | true | undefined;
  rates?: true | undefined;
  html?: string | undefined;
  force?: true | undefined;
}

/** Refuses options that nothing would heed. */
function refuseIdle(options: Options, reverts: boolean): void {
  const idle = (names: readonly (keyof Options)[], needed: string) => {
    const given = names.find((name) => options[name] !== undefined);
    if (given === undefined) return;
    const flag = `--${given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new UsageError(`${flag}: it goes with ${needed}. Add that, or leave ${flag} out.`);
  };
  if (!reverts) idle(['by', 'keep'], '--revert or --prune');
  if (options.prune === undefined) idle(['pruneOn'], '--prune');
  if (options.html === undefined) idle(['force'], '--html');
  if (!reverts && !options.silence) idle(['workers', 'redis'], '--revert, --prune or --silence');
}

/** Refuses what asks for two things at once. */
function refuseBoth({ rates, ...options }: Options & { export?: string | undefined }): void {
  if (!rates) return;
  const others = ['lives', 'revert', 'silence', 'prune', 'html', 'export'] as const;
  const given = others.find((name) => options[name] !== undefined);
  if (given !== undefined)
    throw new UsageError(
      `--rates: it shows what rates do alone, and the page of --html has them too. Leave it or --${given} out.`,
    );
}

/** Refuses what is asked of one run alone. */
function refuseOfRuns(options: Options & { export?: string | undefined }): void {
  const { lives, picture, revert, silence, prune, rates, export: file } = options;
  const given = Object.entries({ lives, picture, revert, silence, prune, rates, export: file }).find(
    ([, value]) => value !== undefined,
  );
  if (given)
    throw new UsageError(`--${given[0]}: it is for a run. Name one of the study's, as STUDY/ARM-sSEED.`);
}

/** What of the gain each change carries, and what each cell is good for. */
async function changes(opened: OpenedRun, options: Options, reverts: boolean): Promise<Report> {
  const { workers, redis, prune } = options;
  const { run } = opened.stored.manifest;
  const by = reverts ? (options.by ?? ['gene']) : [];
  const conditions = Math.max(
    options.silence ? opened.habitat.setup.connectome.cells.count : 0,
    ...by.map((units) => changedUnits(opened.habitat, opened.champion, units).length),
  );
  const findings = await inspectChanges(opened, {
    ...{ workers, redis, prune, by },
    keep: options.keep ?? defaultKeep,
    lives: options.lives ?? affordableLives(opened, conditions),
    silence: options.silence ?? false,
    pruneOn: options.pruneOn ?? 'fresh',
  });
  const { connectome } = opened.habitat.ground;
  const figure = () => attributionFigure({ run, ...findings, connectome });
  const report = attributionReport(run, findings);
  await drawInto(options.picture, figure);
  if (options.html !== undefined) {
    await writePage(options.html, changesPage(await runMaterial(opened), report, figure()));
  }
  return report;
}

/** What the champion is, and what each part of it is good for. */
async function parts(opened: OpenedRun, { lives = livesOfParts, picture, html }: Options): Promise<Report> {
  const { stored, spec, habitat, champion } = opened;
  const total = lifeCount(opened, lives);
  let lived = 0;
  const inspection = await untilStopped((goOn) =>
    look(opened, lives, (what) => {
      goOn();
      lived += 1;
      if (lived % lives === 0) notice(`${what} (${lived} of ${total} lives)`);
    }),
  );
  const title = `${stored.manifest.run}: ${spec.strategy.name} on ${spec.task.name}, seed ${spec.seed}`;
  await drawInto(picture, () => inspectionFigure(title, inspection));
  if (html !== undefined) {
    const measured = await measuredRules(habitat, champion);
    await writePage(html, inspectionPage(await runMaterial(opened), inspection, measured));
  }
  return inspectionReport(stored.manifest.run, inspection);
}

export const inspect = new Command('inspect')
  .summary("what a run's champion is, what each part of it is good for, and which changes made it better")
  .description(
    "Shows the rules at work in a run's champion as formulas, what evolved, what modulators do to which cells, its " +
      'scores with plasticity on and off, and what the score loses without each modulator, statement, receptor and ' +
      'plasticity itself: all on lives that evolution never saw.\n' +
      'Of a study whose rules evolve in form, it shows the families of formulas that its runs found.\n' +
      'With --revert it shows instead what of the gain each change of evolution carries: each goes back to the start of the ' +
      'search alone, and all in the order that loses least. With --silence, what the score loses without each cell.\n' +
      'With --rates, the mean change of weights while both cells fire at random, by their rates.',
  )
  .argument('<run>', 'name of the run or study, the start of it, "latest", or its folder')
  .option(
    '--lives <n>',
    `fresh lives for every condition (default: ${livesOfParts}; with --revert or --silence 20 to 200, about a minute at the speed that the run had)`,
    wholeNumber(2),
  )
  .option('--revert', 'put each change back to the start alone, and all in the order that loses least')
  .option(
    '--by <unit>',
    `what goes back as one: ${unitKindNames.join(', ')}; repeatable (default: gene)`,
    unitKind,
  )
  .option('--keep <share>', `share of the gain that the fewest changes keep (default: ${defaultKeep})`, share)
  .option('--prune <file>', 'write a genome file that has these changes alone; implies --revert')
  .addOption(
    new Option('--prune-on <lives>', 'lives on which they keep the gain (default: fresh)').choices([
      'trained',
      'fresh',
    ] as const),
  )
  .option('--like <formula>', 'of a study: count the runs whose champions say this formula')
  .option('--silence', 'silence each cell that changed or fires alone')
  .option(
    '--rates',
    'show what rates of the two cells do to weights: thresholds, and fixed points of the weight',
  )
  .option(...workersOption)
  .option(...redisOption)
  .option('--picture <file>', 'draw what is shown, as PNG or SVG by the ending', pictureFile)
  .option(
    '--html <file>',
    'write what is shown as a page for others: one file with its pictures and a glossary',
    pageFile,
  )
  .option('--force', 'with --html: replace a file that is there')
  .option('--export <file>', 'write the champion as a genome file, such as genomes/evolved/NAME.json')
  .option(...runsOption)
  .option(...jsonOption)
  .addHelpText(
    'after',
    `
Examples:
  baldwin inspect latest --picture parts.png
  baldwin inspect latest --html champion.html
  baldwin inspect latest --revert --by gene --by class-pair --picture changes.svg
  baldwin inspect latest --rates --picture rates.png
  baldwin inspect my-study --like 'E*(R - 1)'
  baldwin inspect latest --prune pruned.json            then: baldwin score pruned.json --fresh`,
  )
  .action(async (name, options) => {
    const reverts = options.revert !== undefined || options.prune !== undefined;
    refuseIdle(options, reverts);
    refuseBoth(options);
    if (options.html !== undefined) refuseExisting([options.html], options.force);
    const found = findRunOrStudy(options.runs, name);
    if (found.is === 'study') {
      refuseOfRuns(options);
      printReport(await inspectStudy(found.folder, options), options.json);
      if (options.html !== undefined && !options.json) print(`\npage: ${options.html}`);
      return;
    }
    if (options.like !== undefined)
      throw new UsageError('--like: it is for a study, whose runs it counts. Name a study, or leave it out.');
    const opened = await openRun(found.folder);
    const report = options.rates
      ? await inspectRates(opened, options.picture)
      : reverts || options.silence
        ? await changes(opened, options, reverts)
        : await parts(opened, options);
    if (options.export !== undefined) {
      const { champion, habitat, spec } = opened;
      replaceFile(options.export, formatGenomeFile(champion, habitat.space, spec, habitat.setup.connectome));
    }
    printReport(report, options.json);
    if (options.json) return;
    if (options.prune !== undefined) print(`\npruned: ${options.prune}`);
    if (options.export !== undefined) print(`\nexported: ${options.export}`);
    if (options.picture !== undefined) print(`picture: ${options.picture}`);
    if (options.html !== undefined) print(`page: ${options.html}`);
  });
