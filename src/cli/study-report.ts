import { Command } from '@commander-js/extra-typings';
import { findStudy } from '../store/study-store.js';
import { studyResults } from '../study/results.js';
import { jsonOption, runsOption } from './options.js';
import { printJson } from './output.js';

export interface ReportManner {
  json?: true | undefined;
  pictures?: boolean | undefined;
}

export async function reportStudy(folder: string, { json }: ReportManner): Promise<void> {
  const results = await studyResults(folder);
  if (json) printJson(results);
  else
    printJson(
      results.arms.map(({ name, runs }) => [name, runs.map(({ atEqual, fresh }) => [atEqual, fresh?.mean])]),
    );
}

export const studyShow = new Command('show')
  .summary('what a study has come to, while it runs as well')
  .argument('<study>', 'name of the study, the start of it, "latest", or its folder')
  .option(...runsOption)
  .option(...jsonOption)
  .action((name, options) => reportStudy(findStudy(options.runs, name), options));
