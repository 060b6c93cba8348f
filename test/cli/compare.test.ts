import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { compare } from '../../src/cli/compare.js';
import { inProcessHost } from '../../src/evolve/evaluators/in-process.js';
import { startRun } from '../../src/evolve/run.js';
import { startStudy } from '../../src/study/carry-out.js';
import { planStudy } from '../../src/study/plan.js';
import { armsOfRuns } from '../../src/study/run-arms.js';
import { parseStudySpec } from '../../src/study/study-spec.js';
import { smallRun } from '../evolve/small-run.js';

const root = mkdtempSync(join(tmpdir(), 'baldwin-compare-'));

beforeAll(async () => {
  const start = async (name: string, settings: string[]) =>
    startRun(await smallRun(['task.steps=20', ...settings]), root, name, {
      workers: 1,
      host: inProcessHost(),
    });
  for (const seed of [1, 2]) {
    await start(`ga-${seed}`, [`seed=${seed}`]);
    await start(`wide-${seed}`, [`seed=${seed}`, 'strategy.population=12']);
  }
  await start('null-1', ['seed=1', 'connectome.null={"model":"rewired","seed":1}']);
  await start('null-2', ['seed=2', 'connectome.null={"model":"rewired","seed":2}']);
  const spec = parseStudySpec(
    {
      format: 'study/1',
      vary: { 'strategy.population': [8, 4] },
      seeds: 2,
      budget: { generations: 2 },
    },
    'a study',
  );
  const value = { task: { name: 'foraging', steps: 20 }, freshEpisodes: 2, strategy: { name: 'ga' } };
  const plan = await planStudy(spec, { path: 'a study', value, recorded: false }, 'a study');
  mkdirSync(join(root, 'sizes'));
  await startStudy(plan, { folder: join(root, 'sizes'), study: 'sizes' }, { host: inProcessHost() });
  return () => rmSync(root, { recursive: true, force: true });
});

afterEach(() => vi.restoreAllMocks());

async function printed(...args: string[]): Promise<{ out: string; err: string }> {
  const said = { out: '', err: '' };
  const into = (key: 'out' | 'err') => (chunk: unknown) => {
    said[key] += String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(into('out'));
  vi.spyOn(process.stderr, 'write').mockImplementation(into('err'));
  await compare.parseAsync([...args, '--runs', root], { from: 'user' });
  return said;
}

const json = async (...args: string[]) => JSON.parse((await printed(...args, '--json')).out);

describe('arms of runs', () => {
  const armsOf = (...names: string[]) =>
    armsOfRuns(names.map((name) => ({ run: name, folder: join(root, name) })));

  it('are runs that differ in their seed alone, named by what tells them apart', async () => {
    const arms = await armsOf('ga-1', 'wide-1', 'ga-2', 'null-2', 'null-1');
    expect(arms.map(({ name, runs, control }) => [name, runs.map(({ run }) => run), control])).toEqual([
      ['c-elegans-openworm_population-8', ['ga-1', 'ga-2'], null],
      ['c-elegans-openworm_population-12', ['wide-1'], null],
      ['c-elegans-openworm-null-rewired', ['null-2', 'null-1'], 'rewired'],
    ]);
    expect(arms[1]!.about).toContain('strategy.population = 12');
    expect((await armsOf('ga-2', 'ga-1')).map(({ name, about }) => [name, about])).toEqual([
      ['ga', 'the same settings throughout'],
    ]);
  });
});

describe('baldwin compare', () => {
  it('compares arms where runs differ in their seed alone, and keeps what it says of each run', async () => {
    const names = ['ga-1', 'ga-2', 'wide-1', 'wide-2'];
    const found = await json(...names);
    expect(found).toMatchObject({
      evaluations: 56,
      comparable: true,
      picture: join(root, 'comparison.png'),
      study: {
        evaluations: 56,
        arms: [
          { arm: 'ga_population-8', runs: { planned: 2, finished: 2 } },
          { arm: 'ga_population-12', trained: { n: 2 } },
        ],
        claims: { fresh: [{ arm: 'ga_population-12', with: 'ga_population-8', verdict: null }] },
      },
    });
    expect(found.runs.map(({ run, seed }: { run: string; seed: number }) => [run, seed])).toEqual([
      ['ga-1', 1],
      ['ga-2', 2],
      ['wide-1', 1],
      ['wide-2', 2],
    ]);
    expect(found.runs[0]).toHaveProperty('genesChanged');
    const { out, err } = await printed(...names, '--log', '-o', join(root, 'arms.svg'));
    expect(out).toContain('so nothing is said of ga_population-12 beside ga_population-8.');
    expect(err).toContain('Verdicts take 10 seeds: 2 give medians and intervals only.');
    expect(readFileSync(join(root, 'arms.svg'), 'utf8')).toContain('compared at 56');
  });

  it('takes a study for all of its runs, beside others or alone', async () => {
    const alone = await json('sizes');
    expect(alone.study).toMatchObject({
      study: 'sizes',
      arms: [{ arm: 'population-8' }, { arm: 'population-4' }],
    });
    expect(alone.runs).toHaveLength(4);
    const beside = await json('sizes', 'ga-1', 'sizes/population-4-s1');
    expect(beside.study.arms.map(({ arm }: { arm: string }) => arm)).toEqual([
      'sizes/population-8',
      'sizes/population-4',
      'ga_population-8_coefficient-0.1',
      'ga_population-4_floor-null',
    ]);
  });

  it('has a row for each run where none is the seed of another', async () => {
    const { runs, study } = await json('ga-1', 'wide-1');
    expect(study).toBeUndefined();
    expect(runs).toHaveLength(2);
    // One run named twice is no second seed.
    expect((await json('ga-1', 'ga-1')).study).toBeUndefined();
    expect(existsSync(join(root, 'comparison.png'))).toBe(true);
  });

  it('refuses what it cannot compare', async () => {
    await expect(printed('ga-1')).rejects.toThrow('Name at least two runs');
    await expect(printed('ga-1', 'wide-1', '--log')).rejects.toThrow('no two of these runs');
    await expect(printed('ga-1', 'nothing-such')).rejects.toThrow('Unknown run "nothing-such"');
  });
});
