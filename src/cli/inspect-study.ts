import { basename } from 'node:path';
import { openRun } from '../evolve/opened-run.js';
import { familiesOf, formulasOfRun, type RunFormulas } from '../inspect/families.js';
import { studyFigure } from '../report/figures/study.js';
import { familiesReport } from '../report/formulas.js';
import { familiesPage } from '../report/pages.js';
import type { Report } from '../report/report.js';
import { studyReport } from '../report/study.js';
import { UsageError } from '../spec/errors.js';
import { StoredRun } from '../store/run-store.js';
import { readStudyRecord } from '../store/study-store.js';
import { plannedRuns } from '../study/carry-out.js';
import { compareStudy } from '../study/compare.js';
import { studyResults } from '../study/results.js';
import { notice } from './output.js';
import { commandGiven, writePage } from './page-file.js';

interface Options {
  /** A formula to look for. */
  like?: string | undefined;
  /** Where a page of what was found goes. */
  html?: string | undefined;
}

/** The rules that the runs of a study found. */
export async function inspectStudy(folder: string, { like, html }: Options): Promise<Report> {
  const { arms, seeds, study, spec } = readStudyRecord(folder);
  const runs: RunFormulas[] = [];
  let missing = 0;
  for (const { name, folder: runFolder } of plannedRuns(folder, arms, seeds)) {
    if (!StoredRun.exists(runFolder) || new StoredRun(runFolder).records.length === 0) {
      missing += 1;
      continue;
    }
    runs.push(formulasOfRun(await openRun(runFolder), `${basename(folder)}/${name}`));
  }
  if (missing > 0) notice(`${missing} runs of ${study} have no champion yet and are left out.`);
  const saying = runs.filter(({ formulas }) => formulas.length > 0);
  if (saying.length < runs.length && saying.length > 0)
    notice(`${runs.length - saying.length} runs of ${study} whose genomes say no formulas are left out.`);
  if (saying.length === 0) {
    throw new UsageError(
      `"${study}" is a study whose genomes say no formulas: name one of its runs, as ${study}/ARM-sSEED ("baldwin study show ${study}").`,
    );
  }
  const report = familiesReport(study, familiesOf(saying, like));
  if (html !== undefined) {
    const results = await studyResults(folder);
    const comparison = compareStudy(results);
    const material = {
      ...{ study, spec, command: commandGiven() },
      about: studyReport(results, comparison, []),
      figure: studyFigure(results, comparison),
    };
    await writePage(html, familiesPage(material, report));
  }
  return report;
}
