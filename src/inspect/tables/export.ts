import { openRun } from '../../evolve/opened-run.js';
import { watchRun } from '../watched-lives.js';
import { archiveTable } from './archive.js';
import { championTable, elitesTable, genesTable } from './genomes.js';
import {
  behaviourTable,
  cellsTable,
  episodesTable,
  spikesTable,
  statesAndModulators,
  stateTables,
} from './lives.js';
import { type LabelledRun, openForTables, type RunOfTables } from './runs.js';
import { stepsTable } from './steps.js';
import { joined, type Table } from './table.js';

/** What can be written of runs. Further tables go with some: what their columns and numbers mean. */
export const tableKinds = {
  steps: { summary: 'a row a candidate: score, objectives, limits, measures, why it failed' },
  elites: { summary: 'the genomes stored of each step, [elites, genes]; and genes: names, ranges, start' },
  champions: { summary: 'a row a run: its best genome, with scores' },
  archive: {
    summary:
      'a row an elite of the archive of a quality-diversity run: cell, measures, score, genome; and genes',
  },
  spikes: {
    summary: "spikes of the champion's life and the untrained start's, lived again; and cells, episodes",
  },
  traces: {
    summary: 'states of cells and modulators in those lives, and what the task noted, such as positions',
  },
} as const;
export type TableKind = keyof typeof tableKinds;

interface Wish {
  everyMs?: number | undefined;
  onNotice: (message: string) => void;
}

/** Tables of the lives of a run's champion, lived again. */
async function livesOf(
  { stored, labels }: RunOfTables,
  wanted: ReadonlySet<TableKind>,
  { everyMs, onNotice }: Wish,
): Promise<Table[]> {
  const opened = await openRun(stored.folder);
  onNotice(`Living the champion of ${stored.manifest.run} again.`);
  const states = wanted.has('traces');
  const watched = watchRun(opened, { ...(states ? { probes: statesAndModulators } : {}), everyMs });
  const { dtMs } = watched.network;
  if (watched.resolutionMs > dtMs && wanted.has('spikes')) {
    onNotice(
      `spikes of ${stored.manifest.run}: times are ends of intervals of ${watched.resolutionMs} ms, because watching each ` +
        `step of ${dtMs} ms would change the life in its last digits.`,
    );
  }
  return [
    ...(wanted.has('spikes') ? [spikesTable(watched, labels)] : []),
    ...(states ? [...stateTables(opened, watched, labels), behaviourTable(watched, labels)] : []),
    episodesTable(watched, labels),
    cellsTable(opened, watched, labels),
  ];
}

async function tablesOfRun(run: LabelledRun, wanted: ReadonlySet<TableKind>, wish: Wish): Promise<Table[]> {
  const opened = await openForTables(run);
  for (const notice of opened.stored.notices) wish.onNotice(`${opened.stored.manifest.run}: ${notice}`);
  return [
    ...(wanted.has('steps') ? [stepsTable(opened)] : []),
    ...(wanted.has('elites') ? [await elitesTable(opened)] : []),
    ...(wanted.has('champions') ? [await championTable(opened)] : []),
    ...(wanted.has('archive') ? [await archiveTable(opened)] : []),
    ...((['elites', 'champions', 'archive'] as const).some((kind) => wanted.has(kind))
      ? [await genesTable(opened)]
      : []),
    ...(wanted.has('spikes') || wanted.has('traces') ? await livesOf(opened, wanted, wish) : []),
  ];
}

/** Tables of runs, each of all runs together. */
export async function tablesOf(
  runs: readonly LabelledRun[],
  wanted: ReadonlySet<TableKind>,
  wish: Wish,
): Promise<Table[]> {
  const byName = new Map<string, Table[]>();
  for (const run of runs) {
    for (const table of await tablesOfRun(run, wanted, wish)) {
      byName.set(table.name, [...(byName.get(table.name) ?? []), table]);
    }
  }
  return [...byName.values()].map(joined);
}
