import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { baldwin, json, workplace } from './cli.js';

const tiny = ['--no-pictures', '--workers', '1', '--set', 'task.steps=60', '--set', 'freshEpisodes=2'];

beforeAll(async () => {
  await json('evolve', '--name', 'first', '--evaluations', '24', '--set', 'strategy.population=8', ...tiny);
  await json('evolve', '--name', 'second', '--strategy', 'random', '--generations', '1', ...tiny);
}, 60_000);

describe('resume --as', () => {
  it('branches with changed settings, and show tells from what', async () => {
    const set = ['--set', 'strategy.elites=2', '--set', 'task.patterns=triangle'];
    const branch = await json<{ generations: number; path: string }>(
      ...[
        'resume',
        'first',
        '--as',
        'branch',
        '--evaluations',
        '40',
        '--no-pictures',
        '--workers',
        '1',
        ...set,
      ],
    );
    expect(branch).toMatchObject({ generations: 5, path: join(workplace, 'runs', 'branch') });
    const { lineage } = await json<{ lineage: unknown }>('show', 'branch');
    expect(lineage).toMatchObject({ run: 'first', step: 3, evaluations: 24, anew: true });
    const { stdout } = await baldwin('show', 'branch');
    expect(stdout).toContain('from first after 3 steps (24 evaluations), with budget.evaluations 24 to 40');
    expect(stdout).toContain('strategy.elites 1 to 2');
    const compared = await baldwin('compare', 'first', 'branch');
    expect(compared.stderr).toContain('branch branched from first after 24 evaluations');
  });

  it('says what is missing', async () => {
    const unnamed = await baldwin('resume', 'first', '--set', 'strategy.elites=2');
    expect(unnamed).toMatchObject({ code: 2, stderr: expect.stringContaining('--as NAME') });
    const spent = await baldwin('resume', 'first', '--as', 'other', '--no-pictures');
    expect(spent).toMatchObject({ code: 2, stderr: expect.stringContaining('used up this budget already') });
    const population = await baldwin(
      ...['resume', 'first', '--as', 'other', '--set', 'strategy.population=9', '-e', '99'],
    );
    expect(population).toMatchObject({ code: 2, stderr: expect.stringContaining('strategy.population') });
    expect(existsSync(join(workplace, 'runs', 'other'))).toBe(false);
  });
});

interface Listing {
  runs: { run: string; best: number; tags: string[] }[];
}
const listed = async (...args: string[]) => (await json<Listing>('runs', ...args)).runs.map(({ run }) => run);
const folder = (run: string) => join(workplace, 'runs', run);

describe('runs', () => {
  it('lists what fits, in the order asked for', async () => {
    expect(await listed('--strategy', 'random')).toEqual(['second']);
    expect(await listed('--task', 'navigation')).toEqual([]);
    expect(await listed('--status', 'finished', '--strategy', 'ga')).toEqual(['first', 'branch']);
    expect(await listed('--sort', 'evaluations')).toEqual(['first', 'branch', 'second']);
    expect(await listed('--sort', 'evaluations', '--reverse', '--limit', '2')).toEqual(['second', 'branch']);
    expect(await listed('--since', '2999-01-01')).toEqual([]);
    expect(await listed('--since', '2020-01-01T10:00')).toHaveLength(3);
    const { runs } = await json<Listing>('runs', '--sort', 'best');
    const bests = runs.map(({ best }) => best);
    expect(bests).toEqual([...bests].sort((a, b) => a - b));
    const none = await baldwin('runs', '--task', 'navigation');
    expect(none.stdout).toContain('None of the 3 runs in runs fits.');
    const some = await baldwin('runs', '--limit', '1');
    expect(some.stderr).toContain('1 of 3 runs');
  });

  it('refuses a date, a status or an order that there is not', async () => {
    for (const args of [
      ['--since', 'yesterday'],
      ['--status', 'done'],
      ['--sort', 'name'],
    ]) {
      expect((await baldwin('runs', ...args)).code).toBe(2);
    }
  });

  it('finds by tags, which change nothing else of a run', async () => {
    const manifest = readFileSync(join(folder('first'), 'run.json'));
    expect(await json('runs', 'tag', 'first', 'pilot', 'fig.2')).toMatchObject({ tags: ['fig.2', 'pilot'] });
    await json('runs', 'tag', 'second', 'pilot');
    expect(await listed('--tag', 'pilot')).toEqual(['first', 'second']);
    expect(await listed('--tag', 'pilot', '--tag', 'fig.2')).toEqual(['first']);
    expect(await json('show', 'first')).toMatchObject({ tags: ['fig.2', 'pilot'] });
    expect((await baldwin('show', 'first')).stdout).toMatch(/tags +fig\.2, pilot/);
    expect((await baldwin('runs')).stdout).toMatch(/first .*fig\.2, pilot/);
    expect(await json('runs', 'tag', 'first', 'pilot', '--remove')).toMatchObject({ tags: ['fig.2'] });
    expect(readFileSync(join(folder('first'), 'run.json'))).toEqual(manifest);
    expect((await baldwin('runs', 'tag', 'first', 'two words')).code).toBe(2);
    writeFileSync(join(folder('first'), 'tags.json'), '{"format":"baldwin-tags/1","tags":[1]}');
    expect((await baldwin('show', 'first')).stderr).toContain('tags[0]');
    await baldwin('runs', 'tag', 'first', 'x');
    writeFileSync(join(folder('first'), 'tags.json'), '{"format":"baldwin-tags/1","tags":[]}');
  });

  it('deletes what it wrote, asks first, and refuses a run in use', async () => {
    for (const name of ['one', 'two']) cpSync(folder('first'), folder(name), { recursive: true });
    const unasked = await baldwin('runs', 'delete', 'one');
    expect(unasked).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    const lock = { pid: process.pid, host: hostname(), since: '2026-03-31' };
    writeFileSync(join(folder('two'), 'lock'), JSON.stringify(lock));
    const inUse = await baldwin('runs', 'delete', 'one', 'two', '--yes');
    expect(inUse).toMatchObject({ code: 1, stderr: expect.stringContaining('in use by process') });
    expect(existsSync(folder('one'))).toBe(true);
    for (const name of ['notes.txt', 'mine.png', 'fitness.png', 'paths.svg'])
      writeFileSync(join(folder('one'), name), 'some');
    const deleted = await json('runs', 'delete', 'one', '--yes');
    expect(deleted).toEqual({
      deleted: [{ run: 'one', path: folder('one'), left: ['mine.png', 'notes.txt'] }],
    });
    expect(readdirSync(folder('one'))).toEqual(['mine.png', 'notes.txt']);
    writeFileSync(join(folder('two'), 'lock'), '');
    await json('runs', 'delete', 'two', '--yes');
    expect(existsSync(folder('two'))).toBe(false);
    expect(await listed()).toEqual(['first', 'second', 'branch']);
  });
});
