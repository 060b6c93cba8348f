import { existsSync } from 'node:fs';
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
