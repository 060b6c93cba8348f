import { resolve } from 'node:path';
import type { OpenedRun } from '../evolve/opened-run.js';
import { fontNotice } from '../picture/canvas.js';
import { renderPage } from '../picture/page/page.js';
import { runFigures } from '../report/figures/run.js';
import { readGlossary } from '../report/glossary.js';
import type { Page } from '../report/page.js';
import type { RunMaterial } from '../report/pages.js';
import { runReport } from '../report/run.js';
import { replaceFile } from '../store/files.js';
import { notice } from './output.js';

const plainWord = /^[\w./:=,+@-]+$/;

/** The command under way, as a shell takes it. */
export const commandGiven = (): string =>
  ['baldwin', ...process.argv.slice(2)]
    .map((word) => (plainWord.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');

/** What pages of a run are made of. */
export const runMaterial = async (opened: OpenedRun): Promise<RunMaterial> => ({
  opened,
  about: await runReport(opened.stored),
  figures: runFigures(opened),
  command: commandGiven(),
});

/** Writes a page as one file, and says when its pictures have no text. */
export async function writePage(file: string, page: Page): Promise<void> {
  replaceFile(resolve(file), await renderPage(page, readGlossary()));
  const note = await fontNotice();
  if (note !== undefined) notice(note);
}
