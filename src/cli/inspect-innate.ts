import type { OpenedRun } from '../evolve/opened-run.js';
import { innateHistory } from '../inspect/innate.js';
import { innateFigure } from '../report/figures/innate.js';
import { innateReport } from '../report/innate.js';
import { innatePage } from '../report/pages.js';
import type { Report } from '../report/report.js';
import { drawInto } from './draw-into.js';
import { hostFrom } from './host.js';
import { count, notice } from './output.js';
import { runMaterial, writePage } from './page-file.js';
import { ProgressLine } from './progress-line.js';
import { untilStopped } from './stopping.js';

interface Options {
  lives?: number | undefined;
  workers?: number | undefined;
  redis?: string | true | undefined;
  picture?: string | undefined;
  html?: string | undefined;
}

/** The innate and the learned score of a run's elites by step. */
export async function inspectInnate(opened: OpenedRun, options: Options): Promise<Report> {
  const { run } = opened.stored.manifest;
  const host = await hostFrom(options, `inspect ${run}`, notice);
  const line = new ProgressLine();
  try {
    const found = await untilStopped(
      (goOn) =>
        innateHistory(opened, options.lives ?? 20, host, (what, lived, of) => {
          goOn();
          line.say(`${what}: ${count(lived)} of ${count(of)} lives`, lived / of);
        }),
      host,
    );
    line.stop();
    const report = innateReport(run, found);
    const figure = innateFigure(run, found);
    await drawInto(options.picture, () => figure);
    if (options.html !== undefined)
      await writePage(options.html, innatePage(await runMaterial(opened), report, figure));
    return report;
  } finally {
    line.stop();
    await host.close();
  }
}
