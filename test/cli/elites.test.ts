import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { packageRoot } from '../../src/spec/library.js';
import { baldwin, json, workplace } from './cli.js';

const tiny = ['--no-pictures', '--workers', '1', '--set', 'task.steps=60', '--set', 'freshEpisodes=2'];
const example = join(packageRoot, 'examples/quality-diversity/run.json');

let archive: Archive;

beforeAll(async () => {
  await json('evolve', example, '--name', 'qd', '--generations', '2', '--set', 'strategy.batch=8', ...tiny);
  await json('export', 'qd', '--what', 'archive', '-f', 'json', '-o', 'archive');
  archive = JSON.parse(readFileSync(join(workplace, 'archive/archive.json'), 'utf8')) as Archive;
}, 60_000);

interface Archive {
  rows: number;
  columns: Record<string, number[]>;
  genome: { columns: string[]; values: number[][] };
}

it('shows the example, and exports its archive as JSON and CSV', async () => {
  const { rows, columns, genome } = archive;
  const { stdout } = await baldwin('show', 'qd');
  expect(stdout).toContain(`${rows} of 192 cells`);
  expect(stdout).toContain('endX in [0, 1600], foodEaten in [0, 36]');
  expect(Object.keys(columns)).toEqual([
    ...['run', 'seed', 'cell', 'bin.endX', 'bin.foodEaten', 'centre.endX', 'centre.foodEaten'],
    ...['measure.endX', 'measure.foodEaten', 'objective', 'score', 'step', 'index'],
  ]);
  expect(columns.cell).toEqual(
    columns['bin.endX']!.map((bin, i) => 12 * bin + columns['bin.foodEaten']![i]!),
  );
  expect([genome.columns.length, genome.values.length, genome.values[0]!.length]).toEqual([3682, rows, 3682]);
  await json('export', 'qd', '--what', 'archive', '-o', 'archive', '--force');
  expect(readFileSync(join(workplace, 'archive/archive.csv'), 'utf8').split('\n')).toHaveLength(rows + 2);
});

it('starts from an elite, scores it, and lives it again', async () => {
  const { columns } = archive;
  const last = columns.cell!.length - 1;
  const cell = String(columns.cell![last]);
  const run = await json<{ start: unknown[]; task: { steps: number } }>(
    ...['evolve', '--from', 'qd', '--elite', cell, '--strategy', 'ga', '--dry-run'],
  );
  expect(run.task.steps).toBe(60);
  expect(run.start.length).toBeGreaterThan(0);
  const scored = await json<{ score: number }>('score', 'qd', '--elite', cell);
  expect(scored.score).toBe(columns.score![last]);
  const replayed = await baldwin('replay', 'qd', '--elite', cell);
  expect(replayed.stderr).toContain(`The elite of cell ${cell} (endX`);
  expect(existsSync(join(workplace, `runs/qd/elite-${cell}/replay.json`))).toBe(true);
});

it('refuses an elite where there is none', async () => {
  const refused = async (...args: string[]) => (await baldwin(...args)).stderr;
  expect(await refused('replay', 'qd', '--elite', '192')).toContain(
    '--elite 192: expected a cell from 0 to 191',
  );
  expect(await refused('evolve', '--elite', '3')).toContain('expected --from RUN');
  expect(await refused('score', '--elite', '3')).toContain('expected a run, in whose archive it is');
});
