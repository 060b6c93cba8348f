import { basename } from 'node:path';
import { openRun } from '../evolve/opened-run.js';
import { familiesOf, formulasOfRun, type RunFormulas } from '../inspect/families.js';
import { familiesReport } from '../report/formulas.js';
import type { Report } from '../report/report.js';
import { UsageError } from '../spec/errors.js';
import { StoredRun } from '../store/run-store.js';
import { readStudyRecord } from '../store/study-store.js';
import { plannedRuns } from '../study/carry-out.js';
import { notice } from './output.js';

/** The rules that the runs of a study found. @param like a formula to look for */
export async function inspectStudy(folder: string, like: string | undefined): Promise<Report> {
  const { arms, seeds, study } = readStudyRecord(folder);
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
  if (runs.every(({ formulas }) => formulas.length === 0)) {
    throw new UsageError(
      `"${study}" is a study whose genomes say no formulas: name one of its runs, as ${study}/ARM-sSEED ("baldwin study show ${study}").`,
    );
  }
  return familiesReport(study, familiesOf(runs, like));
}
