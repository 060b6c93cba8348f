import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { baldwin, json, workplace } from './cli.js';

const evolve = (name: string, ...more: string[]) =>
  baldwin('evolve', '--name', name, '-e', '40', '--no-pictures', '--set', 'task.steps=20', ...more);

const manifestOf = (run: string) => readFileSync(join(workplace, 'runs', run, 'run.json'), 'utf8');

let first: Awaited<ReturnType<typeof baldwin>>;

beforeAll(async () => {
  first = await evolve('first');
}, 60_000);

describe('a step that is longer than the budget', () => {
  it('is announced', () => {
    expect(first.stderr).toContain('A step of ga has 64 candidates, and the budget is 40');
  });

  it('is not where it fits', async () => {
    const { stderr } = await evolve('fitting', '--set', 'strategy.population=20');
    expect(stderr).not.toContain('A step of');
  });
});

describe('what a run starts from', () => {
  it('is a file, and a run says how to come to one', async () => {
    const { code, stderr } = await evolve('from-a-run', '--from', 'first');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('"baldwin inspect first --export champion.json"'),
    ]);
  });
});

describe('strategies', () => {
  it('shows fields within fields, and names auto where a name is unknown', async () => {
    expect((await baldwin('strategies', 'cma-es')).stdout).toContain('strategy.stop.tolfun ');
    expect((await baldwin('strategies', 'qqqqqqq')).stderr).toContain('Choose one of: auto, ');
  });
});

describe('an example', () => {
  it('is found by its path where Baldwin is installed, as a run and as a study', async () => {
    const path = 'examples/quality-diversity/run.json';
    const spec = await json<{ strategy: { name: string } }>('evolve', path, '--dry-run');
    expect(spec.strategy.name).toBe('map-elites');
    expect((await baldwin('study', path, '--dry-run')).code).toBe(0);
  });
});

describe('the end of a run', () => {
  it('says whether fresh lives beat the untrained start, and what the ceiling counts', () => {
    expect(first.stdout).toMatch(
      /on fresh seeds .*\n.*\n *no better than the untrained start: the means are equal\n/,
    );
    expect(first.stdout).toContain('(all 36 items eaten; the shaping');
  });
});

describe('a run that has ended', () => {
  it('has nothing to resume, which is no failure', async () => {
    const before = manifestOf('first');
    const { code, stdout, stderr } = await baldwin('resume', 'first');
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain('there is nothing to do');
    expect(stderr).toContain('baldwin resume first --evaluations 128');
    const result = await json<{ run: string; best: { score: number } }>('resume', 'first');
    expect(result).toMatchObject({ run: 'first', best: { score: expect.any(Number) } });
    expect(manifestOf('first')).toBe(before);
  });

  it('is not said to go on where its strategy has nothing more to try', async () => {
    const still = ['strategy.initial=start', 'strategy.mutation.genes=0', 'strategy.population=8'];
    const { stdout } = await baldwin(
      ...['evolve', '--name', 'still', '--generations', '50', '--no-pictures', '--set', 'task.steps=20'],
      ...still.flatMap((setting) => ['--set', setting]),
    );
    expect(stdout).toContain(
      'strategy: nothing else to try: all 160 candidates of the last 20 steps were one',
    );
    const { code, stderr } = await baldwin('resume', 'still');
    expect([code, stderr]).toEqual([0, expect.stringContaining('another seed or strategy')]);
    expect(stderr).not.toContain('larger budget');
  });

  it('refuses a budget that is used up, and keeps its own', async () => {
    const before = JSON.parse(manifestOf('first'));
    const { code, stderr } = await baldwin('resume', 'first', '-e', '32');
    expect(code).toBe(2);
    expect(stderr).toContain('has used up this budget already (evaluations: 64 of 32)');
    const after = JSON.parse(manifestOf('first'));
    expect([after.spec.budget, after.status]).toEqual([before.spec.budget, 'finished']);
  });
});

describe('a run in which every candidate fails', () => {
  const task = `export default {
    summary: 'never a number', source: 'made up', options: {}, measures: {}, lives: 'on-connectome',
    prepare: () => ({
      scenarios: [{ name: 'x', random: true, ceiling: { score: 1, about: 'one' } }],
      behaviour: {},
      wiring: { inputs: { a: ['AVAL'] }, outputs: { b: ['MDL07'] } },
      live: (_scenario, seed, controller) => {
        controller.reset(seed);
        return { score: NaN, measures: {}, behaviour: {} };
      },
    }),
    randomPolicy: () => ({ body: {}, reset() {}, respond(_observation, action) { action.fill(0); } }),
  };`;

  it('fails, says why once with its count, and is listed and shown as failed', async () => {
    writeFileSync(join(workplace, 'nan.mjs'), task);
    const { code, stdout, stderr } = await baldwin(
      ...['evolve', '--task', './nan.mjs', '--name', 'nan', '-e', '128', '--no-pictures'],
    );
    expect(code).toBe(1);
    expect(stderr.match(/the score is NaN$/gm)).toHaveLength(1);
    expect(stdout).toContain('none: all 128 candidates failed');
    expect(stdout).toContain('128 of 128 candidates: the score is NaN');
    const runs = await baldwin('runs');
    expect(runs.stdout).toMatch(/^nan +failed /m);
    expect(runs.stdout).toContain('nan failed: every candidate failed, 128 of them: the score is NaN');
    const show = await baldwin('show', 'nan');
    expect([show.code, show.stdout]).toEqual([0, expect.stringContaining('128 of 128 candidates')]);
    const plot = await baldwin('plot', 'nan');
    expect([plot.code, plot.stderr]).toEqual([1, expect.stringContaining('every candidate failed')]);
  });
});

describe('what a run is', () => {
  it('is shown in words, with the options of its task and network', async () => {
    const { stdout } = await baldwin('show', 'first');
    expect(stdout).toMatch(
      /^strategy +ga: population 64, elites 1, initial prior, selection proportional \(fraction 0.5\)/m,
    );
    expect(stdout).toMatch(/^task +foraging: patterns square, heldOut none, steps 20,/m);
    expect(stdout).toMatch(/^network +cell accumulate-and-fire, threshold 30$/m);
    expect(stdout).toMatch(/^budget +evaluations 40$/m);
  });

  it('is shown where its result is empty', async () => {
    const folder = join(workplace, 'runs', 'empty');
    cpSync(join(workplace, 'runs', 'first'), folder, { recursive: true });
    const manifest = JSON.parse(manifestOf('first'));
    writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...manifest, run: 'empty', result: {} }));
    const { code, stdout, stderr } = await baldwin('show', 'empty');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^best +-?\d/m)]);
    expect(stderr).toContain('How the run ended cannot be read');
  });
});

describe('runs of different tasks', () => {
  it('are compared with the reason, and drawn apart', async () => {
    await evolve('other', '--set', 'task.patterns=circle');
    const compared = await baldwin('compare', 'first', 'other', '-o', 'apart.svg');
    expect(compared.stderr).toContain('do not measure the same, and are drawn apart');
    await baldwin('compare', 'first', 'first', '-o', 'together.svg');
    const titles = (file: string) =>
      readFileSync(join(workplace, file), 'utf8').match(/evaluations/g)!.length;
    expect(titles('apart.svg')).toBeGreaterThan(titles('together.svg'));
  });
});

describe('names that do not fit', () => {
  it('are told with what there is', async () => {
    const manifest = JSON.parse(manifestOf('first'));
    for (let i = 0; i < 23; i++) {
      const folder = join(workplace, 'many', `like-${String(i).padStart(2, '0')}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...manifest, run: `like-${i}` }));
    }
    const ambiguous = await baldwin('show', 'like', '--runs', 'many');
    expect(ambiguous.code).toBe(2);
    expect(ambiguous.stderr).toContain('fits 23 runs in many: like-00, like-01');
    expect(ambiguous.stderr).toContain('like-19 and 3 more.');
    const missing = await baldwin('score', 'nosuch.json');
    expect([missing.code, missing.stderr]).toEqual([
      2,
      expect.stringContaining('nosuch.json: there is no such file'),
    ]);
    writeFileSync(join(workplace, 'a-file'), '');
    for (const command of [['runs'], ['evolve', '-e', '64'], ['show', 'latest']]) {
      const { code, stderr } = await baldwin(...command, '--runs', 'a-file');
      expect([code, stderr]).toEqual([
        2,
        expect.stringContaining('a-file: expected the folder of the runs, found a file'),
      ]);
    }
  });
});

describe('pages', () => {
  it('are HTML, and replace no file unasked', async () => {
    const other = await baldwin('inspect', 'first', '--html', 'x.pdf');
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('"x.pdf" should end in .html')]);
    writeFileSync(join(workplace, 'there.html'), 'mine');
    const there = await baldwin('inspect', 'first', '--html', 'there.html');
    expect([there.code, there.stderr]).toEqual([2, expect.stringContaining('Give --force to replace it')]);
    expect(readFileSync(join(workplace, 'there.html'), 'utf8')).toBe('mine');
    const alone = await baldwin('inspect', 'first', '--force');
    expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining('it goes with --html')]);
  });
});

describe('pictures of an unknown kind', () => {
  it.each([
    ['compare', 'first', 'first', '-o', 'x.jpg'],
    ['inspect', 'first', '--picture', 'x.jpg'],
    ['connectome', 'show', 'c-elegans-openworm', '--picture', 'x.jpg'],
    ['connectome', 'compare', 'c-elegans-openworm', 'c-elegans-varshney-2011', '--picture', 'x.jpg'],
    ['cells', 'izhikevich', '--plot', 'x.jpg'],
    ['synapses', 'alpha', '--plot', 'x.jpg'],
    ['rules', 'hebb', '--plot', 'x.jpg'],
    ['reproduce', 'go-no-go', '--plot', 'x.jpg'],
  ])('%s %s is refused', async (...command) => {
    const { code, stderr, stdout } = await baldwin(...command);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('"x.jpg" should end in .png or .svg');
    expect(existsSync(join(workplace, 'x.jpg'))).toBe(false);
  });
});
