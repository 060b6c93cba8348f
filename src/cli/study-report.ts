import { join, relative } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import type { Figure } from '../figure/figure.js';
import { studyFigure } from '../report/figures/study.js';
import { studyReport } from '../report/study.js';
import { curvesCsv, runsCsv } from '../report/study-csv.js';
import { findStudy, readStudyRecord, studyFiles, studyStatus, writeStudyFile } from '../store/study-store.js';
import { compareStudy, type StudyComparison } from '../study/compare.js';
import { studyResults } from '../study/results.js';
import type { StudyResults } from '../study/results-type.js';
import { drawInto } from './draw-into.js';
import { jsonOption, pictureFile, positiveNumber, runsOption, wholeNumber } from './options.js';
import { notice, print, printJson } from './output.js';
import { printReport } from './print-report.js';
import { targetsFrom } from './study-options.js';

export interface ReportManner {
  json?: true | undefined;
  /** Whether a picture is drawn into the study's folder. */
  pictures: boolean;
}

/** Tables of a study, and its report as JSON, in the study's folder: the same bytes wherever it was carried out. */
const writeTables = (folder: string, results: StudyResults, comparison: StudyComparison): string[] => [
  writeStudyFile(
    folder,
    studyFiles.report,
    `${JSON.stringify(studyReport(results, comparison, []).data, null, 2)}\n`,
  ),
  writeStudyFile(folder, studyFiles.runsTable, runsCsv(results)),
  writeStudyFile(folder, studyFiles.curvesTable, curvesCsv(results)),
];

/** A picture is worth having but not worth failing for: the study is safe. */
async function drawn(file: string, figure: () => Figure): Promise<boolean> {
  try {
    await drawInto(file, figure);
    return true;
  } catch (error) {
    notice(`The picture could not be drawn: ${(error as Error).message}`);
    return false;
  }
}

/** Says what a study has come to, and where its picture and tables are. */
export async function reportStudy(folder: string, { json, pictures }: ReportManner): Promise<void> {
  const results = await studyResults(folder);
  const comparison = compareStudy(results);
  const picture = join(folder, studyFiles.picture);
  const isDrawn = pictures && (await drawn(picture, () => studyFigure(results, comparison)));
  const tables = writeTables(folder, results, comparison);
  const report = studyReport(results, comparison, isDrawn ? [picture] : []);
  if (json) {
    printJson({ ...report.data, path: folder, tables });
    return;
  }
  print('');
  printReport(report, json);
  print('');
  if (isDrawn) print(`picture  ${relative('', picture)}`);
  print(`tables   ${tables.map((file) => relative('', file)).join(', ')}`);
}

export interface ShowOptions {
  json?: true | undefined;
  output?: string | undefined;
  log?: true | undefined;
  targets?: string | undefined;
  margin?: number | undefined;
  at?: number | undefined;
}

/** Prints the report of a study, and draws it where that is asked for. */
export async function showStudy(folder: string, options: ShowOptions): Promise<void> {
  const record = readStudyRecord(folder);
  const results = await studyResults(folder, {
    targets: options.targets === undefined ? undefined : targetsFrom(options.targets),
    margin: options.margin,
    at: options.at,
  });
  const comparison = compareStudy(results);
  await drawInto(options.output, () =>
    studyFigure(results, comparison, { logarithmic: options.log ?? false }),
  );
  const status = studyStatus(folder, record);
  const report = studyReport(results, comparison, options.output ? [options.output] : []);
  if (options.json) {
    printJson({ ...report.data, status, path: folder });
    return;
  }
  if (status !== 'finished') {
    const ended = results.arms.flatMap(({ runs }) => runs).filter((run) => run.status === 'finished');
    const all = record.arms.length * record.seeds.length;
    notice(`The study is ${status}: ${ended.length} of ${all} runs have finished.`);
  }
  printReport(report, false);
  if (options.output) print(`\npicture  ${relative('', options.output)}`);
}

export const studyShow = new Command('show')
  .summary('what a study has come to, while it runs as well')
  .description(
    'Prints the report of a study: its arms, targets reached, and what may be claimed of one arm beside another.',
  )
  .argument('<study>', 'name of the study, the start of it, "latest", or its folder')
  .option(
    '-o, --output <file>',
    'draw curves, targets and every run, as PNG or SVG by its ending',
    pictureFile,
  )
  .option('--log', 'evaluations on a logarithmic scale in the picture')
  .option('--targets <scores>', "scores whose reaching is reported, in place of the study's")
  .option('--margin <score>', "the margin of equivalence, in place of the study's", positiveNumber)
  .option(
    '--at <evaluations>',
    'compare trained scores at so many evaluations, in place of the most that all runs reached',
    wholeNumber(1),
  )
  .option(...runsOption)
  .option(...jsonOption)
  .action((name, options) => showStudy(findStudy(options.runs, name), options));
