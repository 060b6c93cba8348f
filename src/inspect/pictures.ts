import { join } from 'node:path';
import type { LifetimeRunner } from '../evaluate/lifetime.js';
import { historyOf } from '../evolve/history.js';
import { type OpenedRun, openRun } from '../evolve/opened-run.js';
import { referenceOf } from '../evolve/recorded.js';
import { deriveSeed } from '../math/seed.js';
import { replaceFile } from '../store/files.js';
import { emptyForagingTrace, type ForagingTrace } from '../tasks/foraging.js';
import type { EpisodeResult, Scenario } from '../tasks/task.js';
import { cellChangeChart } from './cell-chart.js';
import { cellChange } from './change.js';
import { fitnessChart } from './fitness-chart.js';
import { type PathPanel, pathChart } from './path-chart.js';
import { weightChangeChart } from './weight-chart.js';

/** One episode lived again, with all that is needed to draw it. */
export interface Replayed extends EpisodeResult {
  scenario: string;
  heldOut: boolean;
  trace: ForagingTrace;
}

/** The episodes of the lifetime that made the champion, lived by a genome. */
export function relive(opened: OpenedRun, genome: Readonly<Float64Array>): Replayed[] {
  const { runner, spec, best } = opened;
  const controller = runner.embody(genome);
  const lifetimeSeed = deriveSeed(spec.seed, 'lifetime', best.step, best.index);
  const live = (heldOut: boolean) => (scenario: Scenario) => {
    const trace = emptyForagingTrace();
    const seed = deriveSeed(lifetimeSeed, 0, scenario.name);
    return {
      scenario: scenario.name,
      heldOut,
      trace,
      ...runner.task.live(scenario, seed, controller, trace),
    };
  };
  return [...runner.task.scenarios.map(live(false)), ...runner.task.heldOut.map(live(true))];
}

const roleNames: Readonly<Record<string, string>> = { s: 'sensory', i: 'inter', m: 'motor' };

/** The one word for what a cell does; a cell with several roles goes by the one nearest to the muscles. */
function groupOf({ cells }: OpenedRun['connectome'], cell: number): string {
  if (cells.kinds[cell] === 'm') return 'muscle';
  const roles = cells.roles[cell] ?? '';
  for (const role of ['m', 'i', 's']) if (roles.includes(role)) return roleNames[role]!;
  return 'other';
}

function pathPanels(before: readonly Replayed[], after: readonly Replayed[]): PathPanel[] {
  const panel = (when: string, { scenario, heldOut, score, measures, trace }: Replayed): PathPanel => ({
    title: `${when}: ${scenario}${heldOut ? ' (held out)' : ''}`,
    subtitle: `score ${score.toFixed(1)}, ${measures.foodEaten} of ${trace.food.x.length} food items eaten`,
    trace,
  });
  return after.flatMap((episode, i) => [
    panel('Before evolution', before[i]!),
    panel('After evolution', episode),
  ]);
}

const weightsOf = (runner: LifetimeRunner, genome: Readonly<Float64Array>) => runner.space.decode(genome);

/** The worm's path before and after evolution. */
export function pathPicture(opened: OpenedRun): Promise<Buffer> {
  const before = relive(opened, opened.runner.space.start);
  return pathChart({ panels: pathPanels(before, relive(opened, opened.champion)), columns: 2 });
}

/**
 * Draws a run into `folder` (its own by default): fitness by evaluations, the path before and after, the weights
 * against the animal's, and the cells that changed most. Returns the files.
 */
export async function runPictures(runFolder: string, folder = runFolder): Promise<string[]> {
  const opened = openRun(runFolder);
  const { stored, spec, connectome, runner, champion } = opened;
  const { untrained, chance } = referenceOf(stored.manifest);
  const { weightUnit } = runner.embodied;
  const scenarios = runner.task.scenarios.map(({ name }) => name).join(' + ');
  const title = `${spec.strategy.name} on ${spec.task.name}, ${scenarios}`;
  const start = weightsOf(runner, runner.space.start);
  const evolved = weightsOf(runner, champion);
  const { pre, post } = connectome.chemical;
  const changes = cellChange({ cells: connectome.cells.count, pre, post, start, evolved });
  const drawings: Record<string, () => Promise<Buffer>> = {
    'fitness.png': () =>
      fitnessChart({
        title: `Fitness by evaluations: ${title}`,
        history: historyOf(stored.records),
        untrained: untrained.score,
        chance,
        scoreLabel: 'raw score',
      }),
    'paths.png': () => pathPicture(opened),
    'weights.png': () =>
      weightChangeChart({ title: `Weight change: ${title}`, unit: weightUnit, start, evolved }),
    'cells.png': () =>
      cellChangeChart({
        title: `Cells that changed most: ${title}`,
        unit: weightUnit,
        cells: connectome.cells.ids.map((name, cell) => ({
          name,
          group: groupOf(connectome, cell),
          outgoing: changes.outgoing[cell]!,
          incoming: changes.incoming[cell]!,
        })),
      }),
  };
  const files: string[] = [];
  for (const [name, draw] of Object.entries(drawings)) {
    const path = join(folder, name);
    replaceFile(path, await draw());
    files.push(path);
  }
  return files;
}
