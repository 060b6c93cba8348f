import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { baldwin, json, workplace } from './cli.js';

const tiny = ['--no-pictures', '--workers', '1', '--set', 'task.steps=40', '--set', 'freshEpisodes=2'];
const small = [...tiny, '--generations', '2', '--set', 'strategy.population=4'];

beforeAll(async () => {
  await json('evolve', '--name', 'first', ...small);
  await json('study', '--name', 'both', '--seeds', '2', '--vary', 'strategy.elites=1,2', ...small);
}, 120_000);

interface Written {
  runs: object[];
  files: { table: string; path: string; rows: number; columns: string[]; matrix?: { columns: number } }[];
}

describe('export', () => {
  it('writes a run, says what, and replaces nothing unless it is told to', async () => {
    const { runs, files } = await json<Written>('export', 'first');
    expect(runs).toEqual([{ run: 'first' }]);
    expect(files.map(({ path, rows }) => [path, rows])).toEqual([
      ['export/first/steps.csv', 8],
      ['export/first/elites.csv', 2],
      ['export/first/champions.csv', 1],
      ['export/first/genes.csv', 3682],
    ]);
    expect(files[1]!.matrix).toEqual({ name: 'genome', columns: 3682 });
    const path = join(workplace, 'export/first/steps.csv');
    const text = readFileSync(path, 'utf8');
    expect(text.split('\n')).toHaveLength(1 + 8 + 1);
    const again = await baldwin('export', 'first');
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('--force') });
    const forced = await baldwin('export', 'first', '--force');
    expect(forced.code).toBe(0);
    expect(forced.stdout).toMatch(/export\/first\/elites\.csv +2 +run, seed, .*, and 3,682 of genome/);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('lives the champion again for spikes and traces, in any format', async () => {
    const args = ['--what', 'spikes,traces', '--every', '10', '-o', 'lives'];
    for (const format of ['npz', 'parquet', 'csv']) {
      const { files } = await json<Written>('export', 'first', ...args, '--format', format);
      expect(files.map(({ table }) => table)).toEqual([
        ...['spikes', 'state-cells.charge', 'behaviour', 'episodes', 'cells'],
      ]);
      expect(files[1]!.rows).toBe(2 * 4);
      for (const { path } of files) expect(existsSync(join(workplace, path))).toBe(true);
    }
  });

  it('writes the model of a champion: networks, connectomes and a script', async () => {
    const args = ['--what', 'network,connectome,brian2', '--noise', '-o', 'model'];
    const { files, models } = await json<Written & { models: string[] }>('export', 'first', ...args);
    expect(files).toMatchObject([{ table: 'synapses', rows: 3682, path: 'model/synapses.csv' }]);
    expect(models).toEqual(
      [
        ...['network-before.json', 'network-before.arrays', 'network-after.json', 'network-after.arrays'],
        ...['before', 'after'].flatMap((when) =>
          ['-cells.csv', '-connections.csv', '.graphml', '.json', '.net.nml'].map(
            (end) => `connectome-${when}${end}`,
          ),
        ),
        ...['champion_brian2.py', 'champion_brian2.npz'],
      ].map((name) => `model/${name}`),
    );
    for (const path of models) expect(existsSync(join(workplace, path))).toBe(true);
    expect(await json('check', 'model/network-after.json')).toMatchObject({ ok: true });
    const script = readFileSync(join(workplace, 'model/champion_brian2.py'), 'utf8');
    expect(script).toContain('The champion of the run first');
    expect(script).toContain('run(40*defaultclock.dt)');
    const refused = await Promise.all(
      [
        ['--what', 'rule'],
        ['--what', 'steps', '--episode', '1'],
        ['--what', 'network', '--noise'],
        ['--what', 'network', '--episode', '99', '-o', 'other'],
      ].map((wrong) => baldwin('export', 'first', ...wrong)),
    );
    expect(refused.map(({ stderr }) => stderr)).toEqual([
      expect.stringContaining('has no plasticity rule'),
      expect.stringContaining('goes with --what network'),
      expect.stringContaining('--noise is for scripts'),
      expect.stringMatching(/--episode 99: the champion of first has \d+ episodes/),
    ]);
  });

  it('writes a study, and several runs, into one file each', async () => {
    const { files } = await json<Written>('export', 'both', '--what', 'steps');
    expect(files).toHaveLength(1);
    expect(files[0]!.columns.slice(0, 4)).toEqual(['study', 'run', 'arm', 'seed']);
    expect(files[0]!.rows).toBe(4 * 8);
    const several = await json<Written>('export', 'first', 'both', '--what', 'champions', '-o', 'several');
    expect(several.files.map(({ table, rows }) => [table, rows])).toEqual([
      ['champions', 5],
      ['genes', 5 * 3682],
    ]);
  });

  it('refuses what it does not know', async () => {
    const table = await baldwin('export', 'first', '--what', 'steps,everything');
    expect(table).toMatchObject({ code: 2, stderr: expect.stringContaining('found "everything"') });
    expect((await baldwin('export', 'first', '--format', 'xls')).code).toBe(2);
    const every = await baldwin('export', 'first', '--what', 'spikes', '--every', '5');
    expect(every).toMatchObject({ code: 2, stderr: expect.stringContaining('--what traces') });
    expect((await baldwin('export', 'nothing')).stderr).toContain('Unknown run "nothing"');
  });
});
