import type { Connectome } from '../../connectome/connectome.js';
import { historyOf } from '../../evolve/history.js';
import { archiveCourse, keptArchive } from '../../evolve/kept-archive.js';
import type { OpenedRun } from '../../evolve/opened-run.js';
import { referenceOf } from '../../evolve/recorded.js';
import type { RunSpec } from '../../evolve/run-spec.js';
import type { Figure } from '../../figure/figure.js';
import { count, figures } from '../../figure/theme.js';
import { cellChange } from '../../inspect/change.js';
import type { Lineage } from '../../store/manifest.js';
import { bringsNetwork } from '../../tasks/table.js';
import { archiveFigure } from './archive.js';
import { changedCellsFigure } from './changed-cells.js';
import { fitnessFigure } from './fitness.js';
import { captioned, livesFigures } from './lives.js';
import { weightChangeFigure } from './weights.js';

const roleNames: Readonly<Record<string, string>> = { s: 'sensory', i: 'inter', m: 'motor' };

/** The one word for what a cell does; a cell with several roles goes by the one nearest to the muscles. */
function groupOf({ cells }: Connectome, cell: number): string {
  if (cells.kinds[cell] === 'm') return 'muscle';
  const roles = cells.roles[cell] ?? '';
  for (const role of ['m', 'i', 's']) if (roles.includes(role)) return roleNames[role]!;
  return 'other';
}

/** The animal's weights and cells against those that evolved. */
function connectomeFigures({ habitat, champion }: OpenedRun, title: string): Record<string, Figure> {
  const { embodied, space, setup } = habitat;
  const { connectome } = setup;
  const unit = embodied.weightUnit;
  const start = space.decode(space.start);
  const evolved = space.decode(champion);
  const { pre, post } = connectome.chemical;
  const changes = cellChange({ cells: connectome.cells.count, pre, post, start, evolved });
  return {
    weights: weightChangeFigure({ title: `Weight change: ${title}`, unit, start, evolved }),
    cells: changedCellsFigure({
      title: `Cells that changed most: ${title}`,
      unit,
      cells: connectome.cells.ids.map((name, cell) => ({
        name,
        group: groupOf(connectome, cell),
        outgoing: changes.outgoing[cell]!,
        incoming: changes.incoming[cell]!,
      })),
    }),
  };
}

/** Of a branch in which something else is scored: up to where its scores are not those that the figure explains. */
const otherScores = (lineage: Lineage | undefined) =>
  lineage?.anew ? `; scored on something else until ${count(lineage.evaluations)}` : '';

/** By what a run's best is the best, where that is not its raw score: it may then lie below the median. */
function bestBy({ objective, constraints }: RunSpec): string | undefined {
  if (constraints) return 'limits come first';
  return Array.isArray(objective) ? 'by the first objective' : undefined;
}

/** Of a run that keeps elites by what they do: its archive. */
function archiveFigures(opened: OpenedRun, title: string, about: string): Record<string, Figure> {
  const { stored, spec, habitat } = opened;
  const kept = keptArchive(stored, spec, habitat);
  if (kept === undefined) return {};
  return {
    archive: archiveFigure(`Archive of elites: ${title}`, about, kept, archiveCourse(stored.records, kept)),
  };
}

/**
 * A run's figures by name: fitness by evaluations, the archive of elites where the strategy keeps one, what the task shows of lives before and after, and on a connectome the
 * weights against the animal's and the cells that changed most.
 */
export function runFigures(opened: OpenedRun): Record<string, Figure> {
  const { stored, spec, habitat } = opened;
  const { untrained, chance, ceiling } = referenceOf(stored.manifest);
  const scenarios = habitat.task.scenarios.map(({ name }) => name).join(' + ');
  const title = `${spec.strategy.name} on ${spec.task.name}, ${scenarios}`;
  const history = historyOf(stored.records);
  const { evaluations = 0 } = history.at(-1) ?? {};
  const about = `seed ${spec.seed}, n = ${count(evaluations)} evaluations in ${count(history.length)} steps`;
  const drawn = bringsNetwork(spec.task) ? {} : connectomeFigures(opened, title);
  return {
    fitness: fitnessFigure({
      title: `Fitness by evaluations: ${title}`,
      subtitle: `${about}; ceiling ${figures(ceiling.score)}${otherScores(stored.manifest.lineage)}`,
      history,
      untrained: untrained.score,
      chance,
      scoreLabel: 'raw score',
      bestBy: bestBy(spec),
    }),
    ...archiveFigures(opened, title, about),
    ...livesFigures(opened),
    ...Object.fromEntries(Object.entries(drawn).map(([name, figure]) => [name, captioned(figure, about)])),
  };
}
