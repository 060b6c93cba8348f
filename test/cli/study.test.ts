import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { baldwin, json, start, workplace } from './cli.js';

const study = (name: string, ...more: string[]) => [
  ...['study', '--name', name, '--generations', '24', '--seeds', '2', '--vary', 'strategy.population=12,24'],
  ...['--set', 'task.steps=60', '--set', 'snapshotEvery=7', '--set', 'freshEpisodes=2', ...more],
];

const inStudy = (name: string, ...path: string[]) => join(workplace, 'runs', name, ...path);

/** Hashes of what does not depend on when or where a study was carried out. */
function bytes(name: string): Record<string, string> {
  const files = readdirSync(inStudy(name, 'runs')).flatMap((run) =>
    ['steps.jsonl', 'elites.bin', 'champion.json'].map((file) => join('runs', run, file)),
  );
  const hash = (file: string) =>
    createHash('sha256')
      .update(readFileSync(inStudy(name, file)))
      .digest('hex');
  return Object.fromEntries(files.map((file) => [file, hash(file)]));
}

/** Steps that all runs of a study have recorded. */
function steps(name: string): number {
  if (!existsSync(inStudy(name, 'runs'))) return 0;
  return readdirSync(inStudy(name, 'runs'))
    .map((run) => inStudy(name, 'runs', run, 'steps.jsonl'))
    .filter((file) => existsSync(file))
    .reduce((sum, file) => sum + readFileSync(file, 'utf8').split('\n').length - 1, 0);
}

interface Shown {
  study: string;
  arms: { name: string; runs: { run: string; status: string; evaluations: number }[] }[];
}

const shown = async (name: string): Promise<Shown> => ({
  ...(await json<Shown>('study', 'show', name)),
  study: '',
});

/** Runs by another name are the same in all else. */
const unnamed = (value: Shown, name: string): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(name, 'STUDY'));

beforeAll(async () => {
  const { code, stderr } = await baldwin(...study('whole', '--workers', '1'));
  expect([code, stderr]).toEqual([0, expect.stringContaining('2 arms on 2 seeds, 4 runs')]);
}, 60_000);

describe('a study on the command line', () => {
  // Five kills, each with a start of the program: it takes half a minute.
  it('ends the same, byte for byte, after kill -9 at any moment, its report too', async () => {
    const moments = [1, 18, 42, 66, 88];
    for (const [kill, moment] of moments.entries()) {
      const args =
        kill === 0 ? study('killed') : ['study', 'resume', 'killed', '--workers', String(1 + (kill % 2))];
      const running = start(args);
      while (steps('killed') < moment) await sleep(5);
      running.process.kill('SIGKILL');
      expect((await running.outcome).signal).toBe('SIGKILL');
    }
    const partly = await shown('killed');
    expect(partly.arms.flatMap(({ runs }) => runs).some(({ status }) => status !== 'finished')).toBe(true);
    const { code } = await baldwin('study', 'resume', 'killed');
    expect(code).toBe(0);
    expect(bytes('killed')).toEqual(bytes('whole'));
    expect(unnamed(await shown('killed'), 'killed')).toEqual(unnamed(await shown('whole'), 'whole'));
  }, 120_000);

  it('stops on Ctrl-C, says how to go on, and goes on', async () => {
    const running = start(study('interrupted'));
    while (steps('interrupted') < 12) await sleep(5);
    running.process.kill('SIGINT');
    const { code, stderr } = await running.outcome;
    expect([code, stderr]).toEqual([0, expect.stringContaining('baldwin study resume')]);
    expect((await baldwin('study', 'resume', 'interrupted')).code).toBe(0);
    expect(bytes('interrupted')).toEqual(bytes('whole'));
    const again = await baldwin('study', 'resume', 'interrupted');
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining('has ended')]);
  }, 60_000);

  it('is made of runs that are shown, scored and resumed as any other', async () => {
    const run = 'whole/population-12-s2';
    expect(await json('show', run)).toMatchObject({ run: 'population-12-s2', status: 'finished' });
    expect((await baldwin('score', run)).code).toBe(0);
    expect((await baldwin('resume', run)).stderr).toContain('nothing to do');
  });

  it('is listed as one, shown by its name, tagged and deleted with its runs', async () => {
    cpSync(inStudy('whole'), join(workplace, 'elsewhere', 'copy'), { recursive: true });
    const there = ['--runs', 'elsewhere'];
    expect((await baldwin('runs', 'tag', 'copy', 'pilot', ...there)).stdout).toBe('pilot\n');
    const listed = await json<{ runs: unknown[]; studies: object[] }>('runs', '--tag', 'pilot', ...there);
    expect(listed.runs).toEqual([]);
    expect(listed.studies).toEqual([
      expect.objectContaining({ study: 'copy', status: 'finished', arms: 2, seeds: 2, runs: 4, ended: 4 }),
    ]);
    const none = await json<typeof listed>('runs', '--strategy', 'random', ...there);
    expect(none.studies).toEqual([]);
    expect((await baldwin('show', 'latest', ...there)).stdout).toContain('Study copy');
    expect((await baldwin('score', 'copy', ...there)).stderr).toContain('is a study: name one of its runs');
    symlinkSync(join(workplace, 'elsewhere', 'copy'), join(workplace, 'elsewhere', 'link'));
    const link = await baldwin('runs', 'delete', 'elsewhere/link', '--yes', ...there);
    expect(link).toMatchObject({ code: 2, stderr: expect.stringContaining('is a link to') });
    rmSync(join(workplace, 'elsewhere', 'link'));
    const manifest = join(workplace, 'elsewhere', 'copy', 'runs', 'population-12-s1', 'run.json');
    const before = readFileSync(manifest);
    writeFileSync(manifest, '{');
    const partly = await json<{ studies: unknown[]; unreadable: unknown[] }>('runs', ...there);
    expect([partly.studies, partly.unreadable.length]).toEqual([[], 1]);
    writeFileSync(manifest, before);
    const alone = await baldwin('runs', 'delete', 'copy/population-12-s1', '--yes', ...there);
    expect(alone).toMatchObject({ code: 2, stderr: expect.stringContaining('a run of the study copy') });
    expect((await baldwin('runs', 'delete', 'copy', '--yes', ...there)).stdout).toBe('deleted  copy\n');
    expect(existsSync(join(workplace, 'elsewhere', 'copy'))).toBe(false);
  });

  it('has its champions put beside each other by their lives, where no rules are to be compared', async () => {
    const refused = await baldwin('inspect', 'whole');
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('--distance behavioural')]);
    const { families, distances } = await json<{
      families: { runs: string[] }[];
      distances: { kind: string; cut: number; matrix: number[][]; order: number[] };
    }>(...['inspect', 'whole', '--distance', 'behavioural', '--lives', '2', '--cut', '1']);
    expect(families.map(({ runs }) => runs.length)).toEqual([4]);
    expect([distances.kind, distances.cut, distances.order.toSorted()]).toEqual([
      ...['behavioural', 1],
      [0, 1, 2, 3],
    ]);
    const [row] = distances.matrix;
    expect([row![0], row!.slice(1).some((distance) => distance > 0)]).toEqual([0, true]);
    const { arms } = await json<{ arms: { arm: string; runs: number; cells: { scenario: string }[] }[] }>(
      ...['inspect', 'whole', '--scenarios', '--lives', '2'],
    );
    expect(arms.map(({ runs, cells }) => [runs, cells[0]!.scenario])).toEqual([
      [2, 'square'],
      [2, 'square'],
    ]);
  });

  it('takes a run file, or a run, as what its runs have in common', async () => {
    const file = join(workplace, 'base.json');
    writeFileSync(file, JSON.stringify({ task: { name: 'foraging', steps: 60 }, seed: 8 }));
    const { arms } = await json<{ arms: { name: string; hash: string }[] }>('study', file, '--dry-run');
    expect(arms.map(({ name }) => name)).toEqual(['base']);
    const fromRun = await json<{ arms: { hash: string }[] }>(
      ...['study', 'whole/population-12-s1', '--seeds', '1', '--dry-run'],
    );
    const planned = JSON.parse(readFileSync(inStudy('whole', 'study.json'), 'utf8')) as typeof fromRun;
    expect(fromRun.arms[0]!.hash).toBe(planned.arms[0]!.hash);
  });

  it.each([
    [
      { rule: { a: {}, b: { episodes: 2 } }, 'strategy.population': [8, 16] },
      'factors',
      'rule, strategy.population',
    ],
    [[{ name: 'one' }, { name: 'two', set: { episodes: 2 } }], 'arms', 'one, two'],
    [undefined, '', ''],
  ])('says what of a file --vary leaves out: %j', async (vary, what, names) => {
    const file = join(workplace, 'varied.json');
    writeFileSync(file, JSON.stringify({ format: 'study/1', base: { task: 'foraging' }, vary }));
    const { stdout, stderr } = await baldwin('study', file, '--vary', 'episodes=1,3', '--dry-run', '--json');
    const { arms } = JSON.parse(stdout) as { arms: { name: string }[] };
    expect(arms.map(({ name }) => name)).toEqual(['episodes-1', 'episodes-3']);
    if (vary === undefined) expect(stderr).toBe('');
    else
      expect(stderr).toContain(
        `--vary takes the place of "vary" in ${file}, whose ${what} are left out: ${names}.`,
      );
  });

  it.each([
    [['--vary', 'population'], 'expected path=value'],
    [['--seeds', 'ten'], '--seeds: expected how many'],
    [['--vary', 'episodes=1', '--vary', 'episodes=2'], 'given twice'],
    [['--name', 'latest'], 'other than "latest"'],
    [['--vary', 'strategy.populatoin=3'], 'the arm "populatoin-3"'],
    [['--task', 'go-no-go', '--controls'], 'brings its own network'],
    [['nothing-there'], 'Unknown run "nothing-there"'],
  ])('refuses %j before anything is run', async (args, message) => {
    const { code, stderr, stdout } = await baldwin('study', ...args);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(message)]);
  });

  it('checks a study file with all of its arms', async () => {
    const file = join(workplace, 'study.json');
    const write = (vary: object) =>
      writeFileSync(file, JSON.stringify({ format: 'study/1', base: { task: 'foraging' }, vary }));
    write({ 'strategy.population': [8, 16] });
    expect(await baldwin('check', file)).toMatchObject({ code: 0, stdout: `${file}: a valid study.\n` });
    write({ 'strategy.populatoin': [8] });
    expect((await baldwin('check', file)).stderr).toContain('the arm "populatoin-8"');
  });
});
