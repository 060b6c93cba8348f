/**
 * The program as a stranger has it: packed, installed in one folder, used in another that holds nothing but the example
 * plugins. It takes longer than ten seconds because it packs and installs the package, and because every command is a
 * process of its own: two runs with two workers, of which one is killed and taken up again.
 */
import { execFile, spawn } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'baldwin-packed-'));
/** Where the package is installed, and where a user works: apart, as with a program that is installed globally. */
const [home, work] = [join(temporary, 'home'), join(temporary, 'work')];
const installed = join(home, 'node_modules/baldwin');
const execute = promisify(execFile);

/** Puts the package and what it depends on in place without a network, from what is here. */
async function unpack(packed: string): Promise<void> {
  rmSync(join(home, 'node_modules'), { recursive: true, force: true });
  mkdirSync(installed, { recursive: true });
  await execute('tar', ['-xzf', packed, '-C', installed, '--strip-components=1']);
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) {
    const link = join(home, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link, 'dir');
  }
}

async function install(): Promise<void> {
  const { stdout } = await execute(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', temporary],
    { cwd: root, maxBuffer: 1e8 },
  );
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  const packed = join(temporary, filename);
  const arguments_ = ['install', packed, '--prefer-offline', '--no-audit', '--no-fund', '--fetch-retries=0'];
  try {
    await execute('npm', arguments_, { cwd: home, timeout: 60_000, maxBuffer: 1e8 });
  } catch {
    await unpack(packed);
  }
}

interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

function start(args: readonly string[]) {
  const child = spawn(process.execPath, [join(installed, 'dist/cli.js'), ...args], {
    cwd: work,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (data: Buffer) => {
      said[stream] += data.toString();
    });
  }
  const outcome = new Promise<Outcome>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...said }));
  });
  return { child, outcome };
}

const baldwin = (...args: string[]) => start(args).outcome;

async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await baldwin(...args, '--json');
  if (code !== 0) throw new Error(`baldwin ${args.join(' ')} ended with ${code}: ${stderr}${stdout}`);
  return JSON.parse(stdout) as T;
}

/** A run with everything of one's own together. */
const ownRun = (name: string) => [
  ...['evolve', '--task', './turn-to-touch.mjs', '--strategy', './one-plus-lambda.mjs'],
  ...['--objective', './thrifty.mjs', '--connectome', 'touch', '--genome', 'weights-log'],
  ...['--set', 'network.cell=tired-leaky.json', '--set', 'network.plasticity.rule=homeward-hebb.json'],
  ...['--set', 'network.synapseScale=0.08', '--set', 'freshEpisodes=4'],
  ...['--evaluations', '800', '--workers', '2', '--name', name],
];

const stepsOf = (name: string) => {
  const file = join(work, 'runs', name, 'steps.jsonl');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;
};

/** Starts a run and kills it at once when some of its steps are on the disk. */
async function killedMidway(name: string): Promise<number> {
  const { child, outcome } = start([...ownRun(name), '--no-pictures']);
  let over = false;
  void outcome.then(() => {
    over = true;
  });
  while (stepsOf(name) < 10 && !over) await new Promise((done) => setTimeout(done, 5));
  child.kill('SIGKILL');
  const { code, stderr } = await outcome;
  expect(code, stderr).toBeNull();
  return stepsOf(name);
}

const isPng = (path: string) => readFileSync(path).subarray(1, 4).toString('latin1') === 'PNG';

beforeAll(async () => {
  if (!existsSync(join(root, 'dist/cli.js'))) {
    throw new Error('The package is tested as built: run "npm run build" first.');
  }
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{ "private": true }');
  await install();
  cpSync(join(installed, 'examples/plugins'), work, { recursive: true });
}, 120_000);
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** What stands in code is no link. */
const proseOf = (page: string) =>
  readFileSync(join(installed, page), 'utf8')
    .replace(/^```.*?^```/gms, '')
    .replace(/`[^`\n]*`/g, 'code');

describe('the packed package, installed', { timeout: 60_000 }, () => {
  it('is a library for functions of your own, as the example has it', async () => {
    cpSync(join(root, 'examples/minimize.mjs'), join(home, 'minimize.mjs'));
    const { stdout } = await execute(process.execPath, ['minimize.mjs'], { cwd: home });
    expect(stdout).toMatch(/^cma-es: f \d\.\de-1\d after \d+ evaluations \(target\)$/m);
    expect(stdout).toMatch(/^mads: f \d\.\de-\d+ after \d+ evaluations \(.+\)$/m);
    expect(stdout).toMatch(/^by hand: the next point lies near 1\.00, 1\.00$/m);
  });

  it('has what its pages link to', () => {
    const pages = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.md') && !file.includes('node_modules'),
    );
    expect(pages.length).toBeGreaterThan(8);
    const dead = pages.flatMap((page) =>
      [...proseOf(page).matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)]
        .map(([, link]) => link!)
        .filter((link) => !existsSync(join(installed, dirname(page), link)))
        .map((link) => `${page}: ${link}`),
    );
    expect(dead).toEqual([]);
  });

  it('takes a connectome and checks every part of one’s own', async () => {
    const { id } = await json<{ id: string }>(
      ...['connectome', 'import', 'connections.csv', '--muscles', 'muscle-*', '--id', 'touch'],
    );
    expect(id).toBe('touch');
    const files: [string, object, ...string[]][] = [
      ['turn-to-touch.mjs', { part: 'task' }, '--connectome', 'touch'],
      ['one-plus-lambda.mjs', { part: 'strategy' }],
      ['thrifty.mjs', { part: 'objective' }, '--task', './turn-to-touch.mjs'],
      ['tired-leaky.json', { format: 'cell-model/1' }],
      ['homeward-hebb.json', { format: 'plasticity-rule/1' }],
    ];
    const checked = await Promise.all(
      files.map(([file, , ...options]) => json<{ checks: unknown[] }>('check', file, ...options)),
    );
    files.forEach(([path, is], i) => {
      expect(checked[i]).toMatchObject({ ok: true, path, ...is });
      expect(checked[i]!.checks.length).toBeGreaterThan(4);
    });
  });

  it('runs an example of a network, which imports it by name', async () => {
    cpSync(join(installed, 'examples/networks/psp.mjs'), join(home, 'psp.mjs'));
    const { stdout } = await execute(process.execPath, ['psp.mjs'], { cwd: home });
    expect(stdout).toMatch(/^begins after 11.6 ms\npeak 0.787 mV/);
  });

  it('exports the suites to tests of one’s own', async () => {
    const script =
      "import { suites } from 'baldwin/testing'; import * as program from 'baldwin';" +
      'console.log(JSON.stringify([Object.keys(suites), typeof program.defineTask, ' +
      "suites.strategy(program.strategies.ga, { name: 'ga' }).length]))";
    const { stdout } = await execute(process.execPath, ['--input-type=module', '-e', script], { cwd: home });
    const [names, define, checks] = JSON.parse(stdout) as [string[], string, number];
    expect(names).toEqual(expect.arrayContaining(['strategy', 'task', 'objective', 'cell', 'rule']));
    expect(define).toBe('function');
    expect(checks).toBeGreaterThan(30);
  });

  it('runs them together, and a run killed and resumed ends as one never killed', async () => {
    const steps = await killedMidway('killed');
    expect(steps).toBeGreaterThanOrEqual(10);
    expect(steps).toBeLessThan(100);
    cpSync(join(work, 'runs/killed'), join(work, 'runs/changed'), { recursive: true });
    const resumed = await json<{ championHash: string; evaluations: number }>(
      ...['resume', 'killed', '--workers', '2', '--no-pictures'],
    );
    const whole = await json<{ championHash: string; best: { score: number }; pictures: string[] }>(
      ...ownRun('whole'),
    );
    expect(resumed).toMatchObject({ championHash: whole.championHash, evaluations: 800 });
    expect(whole.best.score).toBeGreaterThan(4);
    expect(whole.pictures.length).toBeGreaterThan(1);
    for (const picture of whole.pictures) expect(isPng(picture), picture).toBe(true);
  });

  it('inspects the champion, and draws it', async () => {
    const found = await json<{ rules: unknown[] }>(
      ...['inspect', 'killed', '--lives', '2', '--picture', 'inspected.png'],
    );
    expect(JSON.stringify(found.rules)).toContain('wMin + wMax');
    expect(isPng(join(work, 'inspected.png'))).toBe(true);
  });

  it('refuses to resume with a changed file, one that a module imports, and names the module', async () => {
    appendFileSync(join(work, 'line.mjs'), '// another word\n');
    const { code, stderr } = await baldwin('resume', 'changed');
    expect(code).toBe(1);
    expect(stderr).toContain('turn-to-touch.mjs');
    expect(stderr).toMatch(/imports, has changed since/);
  });

  it('fails a run once, with the reason, where workers cannot load a module', async () => {
    writeFileSync(
      join(work, 'homebody.mjs'),
      "import { isMainThread } from 'node:worker_threads';\n" +
        "if (!isMainThread) throw new Error('this one stays at home');\n" +
        "export { default } from './turn-to-touch.mjs';\n",
    );
    const { code, stderr } = await baldwin(
      ...['evolve', '--task', './homebody.mjs', '--connectome', 'touch', '--evaluations', '640'],
      ...['--workers', '2', '--name', 'homebody', '--no-pictures', '--json'],
    );
    expect(code).not.toBe(0);
    expect(stderr.match(/this one stays at home/g)).toHaveLength(1);
    expect(stderr.trim().split('\n').length).toBeLessThan(10);
  });
});
