import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import type { OpenedRun } from '../evolve/opened-run.js';
import { formatGenomeFile } from '../genome/genome-file.js';
import { affordableLives } from '../inspect/attribution/affordable.js';
import { changedUnits, type UnitKind, unitKindNames } from '../inspect/attribution/units.js';
import { type DistanceKind, distanceKinds } from '../inspect/distances/distances.js';
import { lifeCount, inspect as look } from '../inspect/inspection.js';
import { measuredRules } from '../inspect/rule-geometry.js';
import { attributionReport } from '../report/attribution.js';
import { attributionFigure } from '../report/figures/attribution.js';
import { inspectionFigure } from '../report/figures/inspection.js';
import { perturbationFigure } from '../report/figures/perturbation.js';
import { inspectionReport } from '../report/inspection.js';
import { changesPage, inspectionPage, perturbationPage } from '../report/pages.js';
import { perturbationReport } from '../report/perturbation.js';
import type { Report } from '../report/report.js';
import { UsageError } from '../spec/errors.js';
import { replaceFile } from '../store/files.js';
import { findRunOrStudy } from '../store/find.js';
import { drawInto } from './draw-into.js';
import { eliteOption, openNamed } from './elite.js';
import { inspectChanges } from './inspect-changes.js';
import { inspectInnate } from './inspect-innate.js';
import { inspectPerturbations } from './inspect-perturbations.js';
import { inspectRates } from './inspect-rates.js';
import { inspectScenarios, inspectStudy } from './inspect-study.js';
import {
  collect,
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

const distance = (text: string) => {
  const value = finiteNumber(text);
  if (value < 0 || value > 1) throw new InvalidArgumentError('Expected a number from 0 to 1.');
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
  sensitivity?: true | undefined;
  dose?: true | undefined;
  shuffledReward?: true | undefined;
  textbook?: true | undefined;
  transfer?: string[] | undefined;
  prune?: string | undefined;
  pruneOn?: 'trained' | 'fresh' | undefined;
  workers?: number | undefined;
  redis?: string | true | undefined;
  rates?: true | undefined;
  innate?: true | undefined;
  html?: string | undefined;
  force?: true | undefined;
  export?: string | undefined;
  like?: string | undefined;
  distance?: DistanceKind | undefined;
  cut?: number | undefined;
  scenarios?: true | undefined;
}

type OptionName = keyof Options;

/** What shows something else than the parts of the champion. Options of one view go together, those of two do not. */
const viewOptions = {
  changes: ['revert', 'prune', 'silence'],
  perturbations: ['sensitivity', 'dose', 'shuffledReward', 'textbook', 'transfer'],
  rates: ['rates'],
  innate: ['innate'],
} as const satisfies Record<string, readonly OptionName[]>;
type View = keyof typeof viewOptions | 'parts';

const { changes: changing, perturbations: perturbing } = viewOptions;

const flagOf = (name: string) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const flagsOf = (names: readonly OptionName[]) => {
  const flags = names.map(flagOf);
  return [flags.slice(0, -1).join(', '), ...flags.slice(-1)].filter((text) => text !== '').join(' or ');
};

const firstGiven = (options: Options, names: readonly OptionName[]) =>
  names.find((name) => options[name] !== undefined);

/** Each is heeded only beside one of some others. */
const heededBeside: [readonly OptionName[], readonly OptionName[]][] = [
  [
    ['by', 'keep'],
    ['revert', 'prune', 'sensitivity'],
  ],
  [['pruneOn'], ['prune']],
  [['force'], ['html']],
  [
    ['workers', 'redis'],
    [...changing, ...perturbing, 'innate'],
  ],
];

/**
 * What is asked for.
 * @throws UsageError for options of two views, and for those that nothing would heed
 */
function viewOf(options: Options): View {
  const asked = (Object.keys(viewOptions) as (keyof typeof viewOptions)[]).flatMap((view) => {
    const by = firstGiven(options, viewOptions[view]);
    return by === undefined ? [] : [{ view, by }];
  });
  const [first, second] = asked;
  if (second) {
    throw new UsageError(
      `${flagOf(second.by)}: it does not go with ${flagOf(first!.by)}. Ask for one at a time.`,
    );
  }
  for (const [names, others] of heededBeside) {
    const given = firstGiven(options, names);
    if (given === undefined || firstGiven(options, others) !== undefined) continue;
    throw new UsageError(
      `${flagOf(given)}: it goes with ${flagsOf(others)}. Add that, or leave ${flagOf(given)} out.`,
    );
  }
  const unheeded = first?.view === 'rates' ? firstGiven(options, ['lives', 'html', 'export']) : undefined;
  if (unheeded !== undefined) {
    throw new UsageError(
      `--rates: it shows what rates do alone, and the page of --html has them too. Leave it or ${flagOf(unheeded)} out.`,
    );
  }
  return first?.view ?? 'parts';
}

/** Refuses what is asked of one run alone. */
function refuseOfRuns(options: Options): void {
  const given = firstGiven(options, ['export', ...Object.values(viewOptions).flat()]);
  if (given !== undefined)
    throw new UsageError(`${flagOf(given)}: it is for a run. Name one of the study's, as STUDY/ARM-sSEED.`);
  if (options.lives !== undefined && options.distance !== 'behavioural' && !options.scenarios)
    throw new UsageError(
      '--lives: of a study, it goes with --distance behavioural or --scenarios. Add one, or leave it out.',
    );
  const beside = options.scenarios ? firstGiven(options, ['like', 'distance', 'cut', 'html']) : undefined;
  if (beside !== undefined)
    throw new UsageError(
      `${flagOf(beside)}: it does not go with --scenarios, which compares scores. Leave one out.`,
    );
}

/** Refuses what is asked of a study alone. */
function refuseOfStudies(options: Options): void {
  const given = firstGiven(options, ['like', 'distance', 'cut', 'scenarios']);
  if (given !== undefined)
    throw new UsageError(
      `${flagOf(given)}: it is for a study, whose runs it compares. Name a study, or leave it out.`,
    );
}

/** What of the gain each change carries, and what each cell is good for. */
async function changes(opened: OpenedRun, options: Options): Promise<Report> {
  const { workers, redis, prune } = options;
  const reverts = options.revert !== undefined || prune !== undefined;
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

/** What follows where the champion is perturbed. */
async function perturbations(opened: OpenedRun, options: Options): Promise<Report> {
  const { run } = opened.stored.manifest;
  const { sensitivity, dose, shuffledReward, textbook, transfer, by, lives, workers, redis } = options;
  const findings = await inspectPerturbations(opened, {
    ...{ sensitivity, dose, shuffledReward, textbook, transfer, by, lives, workers, redis },
    keep: options.keep ?? defaultKeep,
  });
  const report = perturbationReport(run, findings);
  await drawInto(options.picture, () => perturbationFigure(run, findings));
  if (options.html !== undefined) {
    const drawn = perturbationFigure(run, findings);
    await writePage(options.html, perturbationPage(await runMaterial(opened), report, drawn));
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

const views: Record<View, (opened: OpenedRun, options: Options) => Promise<Report>> = {
  parts,
  changes,
  perturbations,
  rates: (opened, { picture }) => inspectRates(opened, picture),
  innate: inspectInnate,
};

export const inspect = new Command('inspect')
  .summary("what a run's champion is, what each part of it is good for, and which changes made it better")
  .description(
    "Shows the rules at work in a run's champion as formulas, what evolved, what modulators do to which cells, its " +
      'scores with plasticity on and off, and what the score loses without each modulator, statement, receptor and ' +
      'plasticity itself: all on lives that evolution never saw.\n' +
      'Of a study, it shows the families of rules that its runs found, and how far these are apart (--distance); or, with ' +
      '--scenarios, what the champions of each arm score in every scenario: what carries over.\n' +
      'With --revert it shows instead what of the gain each change of evolution carries: each goes back to the start of the ' +
      'search alone, and all in the order that loses least. With --silence, what the score loses without each cell.\n' +
      'With --innate, the scores of the elites of its steps with plasticity and without.\n' +
      'With --rates, the mean change of weights while both cells fire at random, by their rates.\n' +
      'With --sensitivity, --dose, --shuffled-reward, --textbook or --transfer, which go together, it perturbs the champion, and ' +
      'shows what follows on fresh lives. It says first how many lives that takes.',
  )
  .argument('<run>', 'name of the run or study, the start of it, "latest", or its folder')
  .option(
    '--lives <n>',
    `fresh lives for every condition (default: ${livesOfParts}; with --revert, --silence or what perturbs 20 to 200, about a minute at the speed that the run had; with --innate and of a study 20)`,
    wholeNumber(2, 100_000),
  )
  .option('--revert', 'put each change back to the start alone, and all in the order that loses least')
  .option(
    '--by <unit>',
    `what goes back, or with --sensitivity is moved, as one: ${unitKindNames.join(', ')}; repeatable with --revert (default: gene; with --sensitivity group where there are more than 40 numbers)`,
    unitKind,
  )
  .option(
    '--keep <share>',
    `share of the gain that the fewest changes, or with --sensitivity rounded numbers, keep (default: ${defaultKeep})`,
    share,
  )
  .option('--prune <file>', 'write a genome file that has these changes alone; implies --revert')
  .addOption(
    new Option('--prune-on <lives>', 'lives on which they keep the gain (default: fresh)').choices([
      'trained',
      'fresh',
    ] as const),
  )
  .option(...eliteOption)
  .option('--like <formula>', 'of a study: count the runs whose champions say this formula')
  .option(
    '--scenarios',
    'of a study: a matrix of arms by scenarios, those that evolution never lived too, on fresh lives',
  )
  .addOption(
    new Option(
      '--distance <kind>',
      'of a study: how its champions are compared, by what they say, what they give, or what lives by them score (default: functional)',
    ).choices(distanceKinds),
  )
  .option(
    '--cut <distance>',
    'of a study: how far apart on average the members of a family may be (default: 0 for formulas, 0.1 for numbers and scores)',
    distance,
  )
  .option('--silence', 'silence each cell that changed or fires alone')
  .option(
    '--innate',
    "show the scores of the run's elites by step with plasticity and without: whether what was learned is taken over by what is inborn",
  )
  .option(
    '--rates',
    'show what rates of the two cells do to weights: thresholds, and fixed points of the weight',
  )
  .option(
    '--sensitivity',
    'move each evolved number, and round it; with few of them, the stiff and sloppy directions too',
  )
  .option(
    '--dose',
    'multiply the release of each modulator, the learning rate and the plasticity by 0, 0.25, 0.5, 2 and 4',
  )
  .option(
    '--shuffled-reward',
    'replace what teaches in a life by that of another life, or by its own in shuffled order',
  )
  .option('--textbook', 'put rules of the literature in the place of the rule, at several learning rates')
  .option(
    '--transfer <world>',
    'live in other worlds: an option of the task such as task.trials=100,400, a task by name, or a file with one; repeatable',
    collect,
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
  .option('--export <file>', 'write the champion as a genome file, such as champion.json')
  .option(...runsOption)
  .option(...jsonOption)
  .addHelpText(
    'after',
    `
Examples:
  baldwin inspect latest --picture parts.png
  baldwin inspect latest --html champion.html
  baldwin inspect latest --revert --by gene --by class-pair --picture changes.svg
  baldwin inspect latest --innate --picture innate.png
  baldwin inspect latest --rates --picture rates.png
  baldwin inspect latest --sensitivity --dose --shuffled-reward --textbook --html perturbed.html
  baldwin inspect latest --transfer task.trials=100,400 --transfer task.dopamine=signed
  baldwin inspect my-study --like 'E*(R - 1)'
  baldwin inspect my-study --distance behavioural --picture families.png
  baldwin inspect my-study --scenarios --picture transfer.png
  baldwin inspect latest --prune pruned.json            then: baldwin score pruned.json --fresh`,
  )
  .action(async (name, options) => {
    const view = viewOf(options);
    if (options.html !== undefined) refuseExisting([options.html], options.force);
    const found = findRunOrStudy(options.runs, name);
    if (found.is === 'study') {
      refuseOfRuns(options);
      const lookAt = options.scenarios ? inspectScenarios : inspectStudy;
      printReport(await lookAt(found.folder, options), options.json);
      if (options.json) return;
      if (options.picture !== undefined) print(`\npicture: ${options.picture}`);
      if (options.html !== undefined) print(`\npage: ${options.html}`);
      return;
    }
    refuseOfStudies(options);
    const opened = await openNamed(found.folder, options.elite);
    const report = await views[view](opened, options);
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
