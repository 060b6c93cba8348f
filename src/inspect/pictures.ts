import { join } from 'node:path';
import type { Connectome } from '../connectome/connectome.js';
import { historyOf } from '../evolve/history.js';
import { type OpenedRun, openRun } from '../evolve/opened-run.js';
import { referenceOf } from '../evolve/recorded.js';
import { replaceFile } from '../store/files.js';
import { bringsNetwork, type TaskName } from '../tasks/table.js';
import { cellChangeChart } from './cell-chart.js';
import { cellChange } from './change.js';
import { fitnessChart } from './fitness-chart.js';
import { beforeAndAfter } from './relive.js';
import { taskPicture } from './task-pictures.js';
import { weightChangeChart } from './weight-chart.js';

const roleNames: Readonly<Record<string, string>> = { s: 'sensory', i: 'inter', m: 'motor' };

/** The one word for what a cell does; a cell with several roles goes by the one nearest to the muscles. */
function groupOf({ cells }: Connectome, cell: number): string {
  if (cells.kinds[cell] === 'm') return 'muscle';
  const roles = cells.roles[cell] ?? '';
  for (const role of ['m', 'i', 's']) if (roles.includes(role)) return roleNames[role]!;
  return 'other';
}

/** What a run's task draws of its champion's lives, beside those of the untrained start, by file. */
export async function livesPictures(
  opened: OpenedRun,
  { before, after } = beforeAndAfter(opened),
): Promise<Record<string, Buffer>> {
  const picture = taskPicture(opened.spec.task.name as TaskName);
  const { closer } = picture;
  const title = `${opened.stored.manifest.run}: the champion's life`;
  return {
    [picture.file]: await picture.draw(before, after),
    ...(closer ? { [closer.file]: await closer.draw(title, after[0]!) } : {}),
  };
}

/** The animal's weights and cells against those that evolved. */
async function connectomePictures({ habitat, champion }: OpenedRun, title: string) {
  const { embodied, space, setup } = habitat;
  const { connectome } = setup;
  const unit = embodied.weightUnit;
  const start = space.decode(space.start);
  const evolved = space.decode(champion);
  const { pre, post } = connectome.chemical;
  const changes = cellChange({ cells: connectome.cells.count, pre, post, start, evolved });
  return {
    'weights.png': await weightChangeChart({ title: `Weight change: ${title}`, unit, start, evolved }),
    'cells.png': await cellChangeChart({
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

/**
 * Draws a run into `folder` (its own by default): fitness by evaluations, what the task draws of lives before and after,
 * and on a connectome the weights against the animal's and the cells that changed most. Returns the files.
 */
export async function runPictures(runFolder: string, folder = runFolder): Promise<string[]> {
  const opened = await openRun(runFolder);
  const { stored, spec, habitat } = opened;
  const { untrained, chance } = referenceOf(stored.manifest);
  const scenarios = habitat.task.scenarios.map(({ name }) => name).join(' + ');
  const title = `${spec.strategy.name} on ${spec.task.name}, ${scenarios}`;
  const fitness = await fitnessChart({
    title: `Fitness by evaluations: ${title}`,
    history: historyOf(stored.records),
    untrained: untrained.score,
    chance,
    scoreLabel: 'raw score',
  });
  const drawn: Record<string, Buffer> = {
    'fitness.png': fitness,
    ...(await livesPictures(opened)),
    ...(bringsNetwork(spec.task) ? {} : await connectomePictures(opened, title)),
  };
  return Object.entries(drawn).map(([name, png]) => {
    const path = join(folder, name);
    replaceFile(path, png);
    return path;
  });
}
