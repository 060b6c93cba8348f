import { basename, dirname, join, relative } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { historyOf } from '../evolve/history.js';
import { type OpenedRun, openRun } from '../evolve/opened-run.js';
import { referenceOf } from '../evolve/recorded.js';
import type { Figure } from '../figure/figure.js';
import {
  comparableRuns,
  comparedRun,
  compareRuns,
  type RunComparison,
  worldOf,
} from '../inspect/comparison.js';
import { comparisonReport } from '../report/comparison.js';
import { fitnessApartFigure, fitnessComparisonFigure } from '../report/figures/fitness.js';
import { studyFigure } from '../report/figures/study.js';
import { studyReport } from '../report/study.js';
import { UsageError } from '../spec/errors.js';
import { findRun } from '../store/run-store.js';
import { findStudy, isStudyFolder } from '../store/study-store.js';
import { compareStudy } from '../study/compare.js';
import { armsOfStudy, type NamedArm, resultsOfArms, studyResults } from '../study/results.js';
import type { StudyResults } from '../study/results-type.js';
import { armsOfRuns, worldNames } from '../study/run-arms.js';
import { drawInto } from './draw-into.js';
import { openNamed } from './elite.js';
import { jsonOption, pictureFile, runsOption } from './options.js';
import { print } from './output.js';
import { printReport } from './print-report.js';

const title = 'Best score by evaluations';

/** Runs that may be compared in one chart, others in charts of their own. */
function comparisonPicture(groups: readonly (readonly OpenedRun[])[]): Figure {
  const worlds = worldNames(groups.map(([first]) => first!.spec));
  const drawn = groups.map((group, i) => {
    const { untrained, chance } = referenceOf(group[0]!.stored.manifest);
    const runs = group.map(({ stored }) => ({
      name: stored.manifest.run,
      history: historyOf(stored.records),
    }));
    return {
      about: worlds[i]!,
      figure: fitnessComparisonFigure(runs, {
        title,
        scoreLabel: 'raw score',
        untrained: untrained.score,
        chance,
      }),
    };
  });
  return drawn.length === 1 ? drawn[0]!.figure : fitnessApartFigure(title, drawn);
}

/** What was named on the command line: runs by themselves, and studies, which stand for all of their runs. */
interface Named {
  runs: { run: string; folder: string }[];
  studies: string[];
}

/** As a run is named on the command line, whatever it was called. */
function runName(folder: string): string {
  const study = dirname(dirname(folder));
  return isStudyFolder(study) ? `${basename(study)}/${basename(folder)}` : basename(folder);
}

function findNamed(root: string, names: readonly string[]): Named {
  const found: Named = { runs: [], studies: [] };
  for (const name of names) {
    try {
      const folder = findRun(root, name);
      found.runs.push({ run: runName(folder), folder });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      try {
        found.studies.push(findStudy(root, name));
      } catch (other) {
        // Who meant no study is told of runs alone.
        throw other instanceof UsageError ? error : other;
      }
    }
  }
  return found;
}

async function armsOf({ runs, studies }: Named): Promise<NamedArm[]> {
  const several = runs.length > 0 || studies.length > 1;
  const planned = studies.flatMap((folder) =>
    armsOfStudy(folder).map((arm) => (several ? { ...arm, name: `${basename(folder)}/${arm.name}` } : arm)),
  );
  return [...planned, ...(await armsOfRuns(runs))];
}

/** The rows of a comparison run by run, of those that have a champion; each is opened and let go. */
async function runByRun(arms: readonly NamedArm[], results: StudyResults): Promise<RunComparison> {
  const scored = results.arms.flatMap(({ runs }, arm) =>
    runs.flatMap(({ best, evaluations }, i) =>
      best === null ? [] : [{ folder: arms[arm]!.runs[i]!.folder, evaluations }],
    ),
  );
  const common = scored.length === 0 ? 0 : Math.min(...scored.map(({ evaluations }) => evaluations));
  const worlds = new Set<string>();
  const rows: RunComparison['runs'] = [];
  for (const { folder } of scored) {
    const opened = await openRun(folder);
    worlds.add(worldOf(opened));
    rows.push(comparedRun(opened, common));
  }
  return { evaluations: common, comparable: worlds.size <= 1, runs: rows };
}

interface CompareOptions {
  output?: string | undefined;
  runs: string;
  log?: true | undefined;
  json?: true | undefined;
}

/** Several seeds of a setting are compared as a study. */
async function compareArms(named: Named, arms: NamedArm[], picture: string, { log, json }: CompareOptions) {
  const [only] = named.studies;
  const results =
    only !== undefined && named.studies.length === 1 && named.runs.length === 0
      ? await studyResults(only)
      : await resultsOfArms(arms, { study: 'comparison', targets: [], margin: null, compare: null });
  const comparison = compareStudy(results);
  await drawInto(picture, () => studyFigure(results, comparison, { logarithmic: log }));
  const report = studyReport(results, comparison, [picture]);
  if (!json) return report;
  return { ...report, data: { ...(await runByRun(arms, results)), picture, study: report.data } };
}

async function compareSingly(names: readonly string[], folders: readonly string[], picture: string) {
  if (names.length < 2) throw new UsageError('Name at least two runs to compare, or a study.');
  const opened = await Promise.all(folders.map((folder) => openNamed(folder)));
  const comparison = compareRuns(opened);
  await drawInto(picture, () => comparisonPicture(comparableRuns(opened)));
  return comparisonReport(comparison, picture);
}

/** The same run twice is one. */
const hasSeeds = ({ runs }: NamedArm) => new Set(runs.map(({ seed }) => seed)).size > 1;

export const compare = new Command('compare')
  .summary('compare runs at equal evaluations')
  .description(
    'Compares runs at the number of evaluations that all of them reached, and draws their best scores together. Runs that ' +
      'differ in their seed alone are one arm: where an arm has several, arms are compared as those of a study, by their ' +
      'medians and with a test for each claim. The name of a study stands for all of its runs.',
  )
  .argument('<runs...>', 'two or more runs, or studies')
  .option(
    '-o, --output <file>',
    'where the picture goes, as PNG or SVG by its ending (default: comparison.png in the folder of the runs)',
    pictureFile,
  )
  .option('--log', 'draw evaluations on a logarithmic scale, where arms of several runs are compared')
  .option(...runsOption)
  .option(...jsonOption)
  .action(async (names, options) => {
    const named = findNamed(options.runs, names);
    const arms = await armsOf(named);
    const picture = options.output ?? join(options.runs, 'comparison.png');
    const several = named.studies.length > 0 || arms.some(hasSeeds);
    if (options.log && !several) {
      throw new UsageError(
        '--log: no two of these runs differ in their seed alone, so they are drawn one by one.',
      );
    }
    const report = several
      ? await compareArms(named, arms, picture, options)
      : await compareSingly(
          names,
          named.runs.map(({ folder }) => folder),
          picture,
        );
    printReport(report, options.json);
    if (!options.json) print(`\npicture  ${relative('', picture)}`);
  });
