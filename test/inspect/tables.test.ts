import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type OpenedRun, openRun } from '../../src/evolve/opened-run.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { startRun } from '../../src/evolve/run.js';
import { beforeAndAfter } from '../../src/inspect/relive.js';
import { type TableKind, tablesOf } from '../../src/inspect/tables/export.js';
import { statesAndModulators } from '../../src/inspect/tables/lives.js';
import { runsNamed } from '../../src/inspect/tables/runs.js';
import type { Table } from '../../src/inspect/tables/table.js';
import { watchRun } from '../../src/inspect/watched-lives.js';
import { tableFormats } from '../../src/report/tables/formats.js';
import { temporaryFolder } from '../evolve/small-run.js';

const onNotice = () => {};

/** A run of a few steps, lived in a folder of its own. */
async function runOf(task: string, set: readonly string[], genome?: string): Promise<OpenedRun> {
  const resolved = await resolveRun({
    task,
    strategy: 'random',
    ...(genome === undefined ? {} : { genome }),
    budget: { generations: 3 },
    set: ['strategy.batch=6', 'freshEpisodes=2', 'elites=2', ...set],
  });
  const root = temporaryFolder();
  const { path } = await startRun(resolved, root, 'run', { workers: 1 });
  return openRun(path);
}

const values = (table: Table, name: string) => [...table.columns.find((of) => of.name === name)!.values];

async function exported(opened: OpenedRun, ...kinds: TableKind[]): Promise<Record<string, Table>> {
  const runs = [{ folder: opened.stored.folder, labels: { run: 'run' } }];
  const tables = await tablesOf(runs, new Set(kinds), { onNotice });
  return Object.fromEntries(tables.map((table) => [table.name, table]));
}

describe('tables of a run', () => {
  it('hold every candidate, every stored genome and the champion, to the bit', async () => {
    const opened = await runOf('foraging', [
      'task.steps=60',
      'constraints=[{"measure":"energy","atMost":40}]',
    ]);
    const { stored, habitat, champion, best } = opened;
    const { steps, elites, champions, genes } = await exported(opened, 'steps', 'elites', 'champions');
    expect(steps!.rows).toBe(18);
    expect(values(steps!, 'evaluations')).toEqual(Array.from({ length: 18 }, (_, i) => i + 1));
    expect(values(steps!, 'score')).toEqual(stored.records.flatMap(({ score }) => score));
    expect(values(steps!, 'beyond.energy')).toEqual(
      stored.records.flatMap(({ constraints }) => constraints![0]),
    );
    expect(values(steps!, 'measure.foodEaten')).toEqual(
      stored.records.flatMap(({ measures }) => measures.foodEaten),
    );
    expect(elites!.rows).toBe(6);
    const { matrix } = elites!;
    stored.records.forEach(({ step, elites: kept }) => {
      kept.forEach((_, rank) => {
        const row = 2 * step + rank;
        const width = matrix!.columns.length;
        const genome = stored.elite(step, rank, habitat.space.start);
        expect(matrix!.values.subarray(row * width, (row + 1) * width)).toEqual(genome);
      });
    });
    expect(champions!.matrix!.values).toEqual(champion);
    expect(values(champions!, 'score')).toEqual([best.score]);
    expect(values(genes!, 'name')).toEqual(matrix!.columns);
    expect(values(genes!, 'start')).toEqual([...habitat.space.start]);
  });

  it('have why candidates failed, and no number for them', async () => {
    const opened = await runOf('foraging', ['task.steps=60']);
    const { records } = opened.stored;
    const failed = { ...records[1]!, score: records[1]!.score.map((of, i) => (i === 2 ? null : of)) };
    Object.assign(failed, { failed: { '2': 'it broke, "so"' } });
    Object.assign(opened.stored, { records: [records[0], failed, records[2]] });
    const { stepsTable } = await import('../../src/inspect/tables/steps.js');
    const table = stepsTable({ ...opened, labels: {}, habitat: async () => opened.habitat });
    expect(values(table, 'score')[8]).toBeNaN();
    expect(values(table, 'failed').filter((of) => of !== '')).toEqual(['it broke, "so"']);
  });
});

/** Its lives as tables: numbers of episodes and cells are those of the tables that say what they are. */
async function expectTables(opened: OpenedRun): Promise<void> {
  const { spikes, cells, episodes, behaviour, ...states } = await exported(opened, 'spikes', 'traces');
  const cell = values(cells!, 'cell') as number[];
  const names = values(cells!, 'name') as string[];
  expect(new Set(names).size).toBe(cell.length);
  if (opened.spec.network !== null) {
    expect(opened.habitat.setup.connectome.cells.ids).toEqual(expect.arrayContaining(names));
  }
  const numbers = new Set(values(episodes!, 'episode'));
  for (const table of [spikes!, behaviour!, ...Object.values(states)]) {
    expect([...new Set(values(table, 'episode'))].every((episode) => numbers.has(episode))).toBe(true);
  }
  expect(values(episodes!, 'life')).toEqual(expect.arrayContaining(['untrained', 'champion']));
  for (const { matrix, rows } of Object.values(states)) {
    if (!matrix) continue;
    expect(names).toEqual(expect.arrayContaining([...matrix.columns]));
    expect(matrix.values).toHaveLength(rows * matrix.columns.length);
  }
  if (opened.spec.task.name === 'foraging') {
    expect(values(behaviour!, 'quantity')).toEqual(expect.arrayContaining(['x', 'y', 'food.x']));
  }
  for (const { bytes } of Object.values(tableFormats)) {
    expect((await bytes(spikes!)).length).toBeGreaterThan(100);
  }
}

describe.each([
  ['foraging', ['task.steps=80', 'task.heldOut=triangle'], undefined, true],
  ['foraging', ['task.steps=20', 'network.cell=izhikevich'], 'weights-log', true],
  ['navigation', ['task.trials=10', 'task.trialMs=300', 'task.movedAt=6'], undefined, true],
  [
    'go-no-go',
    ['task.trials=100', 'task.cueMs=20', 'task.gapMs=20', 'task.heldOutShifts=1'],
    undefined,
    true,
  ],
  // Its lives begin with weights of their own.
  ['reward-driven', ['task.trials=40', 'task.patterns=4', 'task.trialMs=100'], undefined, true],
] as const)('lives of %s (%s)', (task, set, genome, stepwise) => {
  it('are watched without a change, spike by spike', async () => {
    const opened = await runOf(task, set, genome);
    const { before, after } = beforeAndAfter(opened);
    const { episodes, resolutionMs, network } = watchRun(opened, {
      probes: statesAndModulators,
      everyMs: 50,
    });
    expect(episodes.map(({ score }) => score)).toEqual([...before, ...after].map(({ score }) => score));
    expect(episodes.map(({ trace }) => trace)).toEqual([...before, ...after].map(({ trace }) => trace));
    const intervalMs = network.dtMs * opened.habitat.embodied.stepsAnInterval;
    expect(resolutionMs).toBe(stepwise ? network.dtMs : intervalMs);
    const cells = network.populations.reduce((sum, { count }) => sum + count, 0);
    for (const { spikes, durationMs, sampleMs, taken } of episodes) {
      expect(spikes.cell.every((cell) => cell >= 0 && cell < cells)).toBe(true);
      expect(spikes.timeMs.every((ms, i) => ms <= durationMs && ms >= (spikes.timeMs[i - 1] ?? 0))).toBe(
        true,
      );
      expect(spikes.count.every((count) => count === 1)).toBe(stepwise);
      expect(sampleMs.every((ms, i) => i === 0 || ms - sampleMs[i - 1]! >= 50)).toBe(true);
      for (const { name, count, model } of network.populations) {
        for (const state of Object.keys(model.state))
          expect(taken[`${name}.${state}`]).toHaveLength(sampleMs.length * count);
      }
    }
    expect(episodes.some(({ spikes }) => spikes.cell.length > 0)).toBe(true);
    await expectTables(opened);
  }, 60_000);
});

describe('spikes that are told by intervals', () => {
  it('are those of the steps in them', async () => {
    const opened = await runOf('go-no-go', ['task.trials=100', 'task.cueMs=20', 'task.gapMs=20']);
    const finely = watchRun(opened, {});
    const coarsely = watchRun(opened, { grains: ['intervals'] });
    expect(coarsely.resolutionMs).toBeGreaterThanOrEqual(finely.resolutionMs);
    finely.episodes.forEach(({ spikes }, i) => {
      const { timeMs, cell, count } = coarsely.episodes[i]!.spikes;
      expect(count.reduce((sum, of) => sum + of, 0)).toBe(spikes.cell.length);
      const last = (of: number) => spikes.timeMs.filter((_, k) => spikes.cell[k] === of).at(-1)!;
      for (const of of new Set(cell)) {
        const end = timeMs.filter((_, k) => cell[k] === of).at(-1)!;
        expect(end).toBeGreaterThanOrEqual(last(of));
      }
    });
  }, 60_000);
});

describe('runs that are named', () => {
  it('are one, or those of a study, arm by arm', async () => {
    const opened = await runOf('foraging', ['task.steps=20']);
    const root = join(opened.stored.folder, '..');
    expect(runsNamed(root, 'run')).toEqual([{ folder: opened.stored.folder, labels: { run: 'run' } }]);
    expect(() => runsNamed(root, 'other')).toThrow(/Unknown run "other"/);
    cpSync(opened.stored.folder, join(root, 'second'), { recursive: true });
    const both = await tablesOf(
      [...runsNamed(root, 'run'), ...runsNamed(root, 'second')],
      new Set<TableKind>(['champions']),
      { onNotice },
    );
    expect(values(both[0]!, 'run')).toEqual(['run', 'second']);
  });
});
