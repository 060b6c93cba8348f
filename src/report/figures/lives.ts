import type { OpenedRun } from '../../evolve/opened-run.js';
import type { Figure } from '../../figure/figure.js';
import { beforeAndAfter } from '../../inspect/relive.js';
import { taskOf } from '../../tasks/table.js';

/** A figure with more said under its title. */
export const captioned = (figure: Figure, text: string): Figure => ({
  ...figure,
  subtitle: figure.subtitle === undefined || figure.subtitle === '' ? text : `${figure.subtitle}; ${text}`,
});

/** What a run's task shows of its champion's lives, beside those of the untrained start, by name. */
export function livesFigures(
  opened: OpenedRun,
  { before, after } = beforeAndAfter(opened),
): Record<string, Figure> {
  const { figure } = taskOf(opened.spec.task);
  if (!figure) return {};
  const { name, lives, closer } = figure;
  const title = `${opened.stored.manifest.run}: before evolution and after`;
  const { elite, spec } = opened;
  const made = elite ? `made it the elite of cell ${elite.cell}` : 'made the champion the best';
  const about = `seed ${spec.seed}, n = 1 life of each genome, on the seed that ${made}`;
  return {
    [name]: captioned(lives(before, after), about),
    ...(closer ? { [closer.name]: captioned(closer.life(title, after[0]!, before[0]), about) } : {}),
  };
}
