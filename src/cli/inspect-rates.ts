import type { OpenedRun } from '../evolve/opened-run.js';
import { measuredRules } from '../inspect/rule-geometry.js';
import { geometryReport } from '../report/geometry.js';
import type { Report } from '../report/report.js';
import { surfacesFigure } from '../report/rule-contents.js';
import { UsageError } from '../spec/errors.js';
import { drawInto } from './draw-into.js';

/** What rates of the two cells make of weights by the rules of a run's champion. */
export async function inspectRates(
  { stored, habitat, champion }: OpenedRun,
  picture: string | undefined,
): Promise<Report> {
  const measured = await measuredRules(habitat, champion);
  const { run } = stored.manifest;
  if (measured.length === 0)
    throw new UsageError(`--rates: nothing in ${run} learns within a life. Leave it out.`);
  const figure = surfacesFigure(run, measured);
  if (picture !== undefined && figure === undefined)
    throw new UsageError(
      `--picture: every rule of ${run} reads states of cells, so that there is nothing to draw. Leave it out.`,
    );
  await drawInto(picture, () => figure!);
  return geometryReport(run, measured);
}
