import type { OpenedRun } from '../../evolve/opened-run.js';
import type { Figure } from '../../figure/figure.js';
import { beforeAndAfter } from '../../inspect/relive.js';
import { taskOf } from '../../tasks/table.js';

/** What a run's task shows of its champion's lives, beside those of the untrained start, by name. */
export function livesFigures(
  opened: OpenedRun,
  { before, after } = beforeAndAfter(opened),
): Record<string, Figure> {
  const { figure } = taskOf(opened.spec.task);
  if (!figure) return {};
  const { name, lives, closer } = figure;
  const title = `${opened.stored.manifest.run}: the champion's life`;
  return {
    [name]: lives(before, after),
    ...(closer ? { [closer.name]: closer.life(title, after[0]!) } : {}),
  };
}
