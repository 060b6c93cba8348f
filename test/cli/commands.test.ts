import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/spec/library.js';
import { baldwin, json, start, workplace } from './cli.js';

const png = [0x89, 0x50, 0x4e, 0x47];
const isPng = (path: string) => {
  const file = readFileSync(path.startsWith('/') ? path : join(workplace, path));
  return png.every((byte, i) => file[i] === byte) && file.length > 5000;
};

interface Fresh {
  mean: number;
  sd: number;
  n: number;
  about: string;
}
interface Result {
  run: string;
  path: string;
  evaluations: number;
  generations: number;
  seconds: number;
  best: { score: number; fresh: Fresh; heldOut?: { score: number } };
  championHash: string;
  stopReason: string;
  wiring: { tested: boolean; study: string } | null;
  pictures: string[];
}

let first: Result;

beforeAll(async () => {
  first = await json<Result>(
    ...[
      'evolve',
      '--name',
      'first',
      '--seed',
      '5',
      '--evaluations',
      '300',
      '--set',
      'strategy.population=20',
    ],
    ...['--set', 'task.heldOut=circle'],
  );
  await json('evolve', '--name', 'second', '--strategy', 'random', '--evaluations', '128', '--no-pictures');
}, 60_000);

describe('evolve', () => {
  it('reports what scripts rely on', () => {
    expect(first).toMatchObject({ run: 'first', evaluations: 300, generations: 15 });
    expect(first.path).toBe(join(workplace, 'runs', 'first'));
    expect(first.championHash).toMatch(/^[0-9a-f]{64}$/);
    expect(first.best.fresh).toMatchObject({
      n: 20,
      about: expect.stringContaining('nothing in the task is random'),
    });
    expect(first.best.heldOut!.score).toBeGreaterThan(0);
    const study = 'baldwin study runs/first --seeds 10 --controls';
    expect(first.wiring).toEqual({ tested: false, study });
    expect(first.stopReason).toBe('evaluations: 300 of 300');
  });

  it('draws four pictures', () => {
    expect(first.pictures.map((path) => path.split('/').at(-1))).toEqual([
      'fitness.png',
      'paths.png',
      'weights.png',
      'cells.png',
    ]);
    for (const picture of first.pictures) expect(isPng(picture)).toBe(true);
  });

  it('prints the resolved run and does nothing on --dry-run', async () => {
    const spec = await json<{ strategy: { name: string }; seed: number }>(
      'evolve',
      '--dry-run',
      '--seed',
      '9',
    );
    expect(spec).toMatchObject({
      format: 'baldwin-run/1',
      seed: 9,
      strategy: { name: 'ga', population: 64 },
    });
    expect(existsSync(join(workplace, 'runs', '9'))).toBe(false);
    const text = await baldwin('evolve', '--dry-run', '--seed', '9');
    expect(JSON.parse(text.stdout)).toEqual(spec);
  });

  it('takes a run as a file, and the file it prints is one', async () => {
    const { stdout } = await baldwin(
      'evolve',
      '--dry-run',
      '--seed',
      '5',
      '--evaluations',
      '300',
      '--set',
      'strategy.population=20',
      '--set',
      'task.heldOut=circle',
    );
    writeFileSync(join(workplace, 'again.json'), stdout);
    const again = await json<Result>('evolve', 'again.json', '--name', 'again', '--no-pictures');
    expect(again.championHash).toBe(first.championHash);
    expect(await json('validate', 'again.json')).toEqual({
      ok: true,
      path: 'again.json',
      format: 'baldwin-run/1',
    });
  });

  it('speaks plainly without --json, with the start, chance and ceiling beside the score', async () => {
    const { code, stdout, stderr } = await baldwin(
      'evolve',
      '--name',
      'plain',
      '--generations',
      '2',
      '--no-pictures',
    );
    expect(code).toBe(0);
    for (const word of ['untrained', 'best', 'on fresh seeds', 'chance', 'ceiling', 'genes changed']) {
      expect(stdout).toContain(word);
    }
    expect(stderr).toContain('Run plain');
  });
});

describe('the other commands', () => {
  it('runs lists what there is', async () => {
    const { runs } = await json<{ runs: Record<string, unknown>[] }>('runs');
    expect(runs).toContainEqual(
      expect.objectContaining({
        run: 'first',
        status: 'finished',
        task: 'foraging',
        strategy: 'ga',
        best: first.best.score,
        started: expect.any(String),
      }),
    );
    expect((await baldwin('runs')).stdout).toMatch(/first\s+finished\s+foraging\s+ga/);
  });

  it('show tells the spec, the hashes and the history', async () => {
    const shown = await json<{ spec: { seed: number }; hashes: object; history: Record<string, number>[] }>(
      'show',
      'first',
    );
    expect(shown.spec.seed).toBe(5);
    expect(shown.hashes).toMatchObject({ outcome: expect.any(String), connectome: expect.any(String) });
    expect(shown.history).toHaveLength(15);
    for (const field of ['evaluations', 'best', 'median', 'q25', 'q75']) {
      expect(shown.history.at(-1)).toHaveProperty(field, expect.any(Number));
    }
    expect(shown.history.at(-1)!.best).toBe(first.best.score);
    expect((await baldwin('show', 'fir')).stdout).toContain('Run first: finished');
  });

  it("score lives by a rule that somebody wrote, in the place of the task's own", async () => {
    await baldwin('rules', 'escape-rate-eligibility', '--export', 'mine.json');
    const file = join(workplace, 'mine.json');
    const rule = JSON.parse(readFileSync(file, 'utf8')) as object;
    // One that changes no weight, so that nothing is learned.
    writeFileSync(file, JSON.stringify({ ...rule, onEvent: { outcome: ['w += 0*eta*E'] } }));
    const small = ['--task', 'reward-driven', '--set', 'task.trials=60', '--episodes', '2'];
    const gain = async (...target: string[]) =>
      (await json<{ gain: { effect: number } }>('score', ...target, ...small)).gain.effect;
    expect(await gain()).not.toBe(0);
    expect(await gain('mine.json')).toBe(0);
  });

  it('score gives the untrained worm its golden values', async () => {
    const scored = await json<{
      score: number;
      episodes: { scenario: string; score: number; foodEaten: number }[];
      seed: number;
    }>(...['score', '--set', 'task.patterns=square,triangle,circle']);
    expect(
      scored.episodes.map(({ scenario, score, foodEaten }) => [scenario, score.toFixed(3), foodEaten]),
    ).toEqual([
      ['square', '153.742', 5],
      ['triangle', '187.171', 6],
      ['circle', '31.758', 1],
    ]);
    expect(scored.score).toBeCloseTo(153.742 + 187.171 + 31.758, 2);
    expect(scored.seed).toBe(1);
  });

  it("score gives a run's champion and its genome file the run's own score", async () => {
    const run = await json<{ score: number; genomeHash: string; heldOut: { score: number } }>(
      'score',
      'first',
    );
    expect(run.score).toBe(first.best.score);
    expect(run.genomeHash).toBe(first.championHash);
    expect(run.heldOut.score).toBe(first.best.heldOut!.score);
    const file = await json<{ score: number; genomeHash: string }>('score', 'runs/first/champion.json');
    expect(file).toMatchObject({ score: first.best.score, genomeHash: first.championHash });
    const elsewhere = await json<{ episodes: { scenario: string }[]; fresh: Fresh }>(
      ...['score', 'first', '--fresh', '--set', 'task.heldOut=[]', '--set', 'task.patterns=circle'],
    );
    expect(elsewhere.episodes.map(({ scenario }) => scenario)).toEqual(['circle']);
    expect(elsewhere.fresh.n).toBe(20);
  });

  it('replay lives the champion again', async () => {
    const replayed = await json<{
      picture: string;
      data: string;
      champion: { score: number; trace: { x: number[] } }[];
    }>('replay', 'first');
    expect(replayed.champion[0]!.score).toBe(first.best.score);
    expect(replayed.champion[0]!.trace.x).toHaveLength(251);
    expect(isPng(replayed.picture)).toBe(true);
    expect(JSON.parse(readFileSync(replayed.data, 'utf8'))).toHaveProperty('untrained');
    expect((await baldwin('replay', 'first', '-o', 'elsewhere')).stdout).toContain('elsewhere');
  });

  it('replay records what is named, as a table or a picture, and lists what there is', async () => {
    const recorded = ['replay', 'first', '--record', 'cells.charge[AVAL,AVAR]', '-o'];
    const { score, samples, quantities } = await json<{
      score: number;
      samples: number;
      quantities: { name: string; unit: string; columns: string[] }[];
    }>(...recorded, 'charge.csv');
    expect([score, samples]).toEqual([first.best.score, 250]);
    expect(quantities).toMatchObject([{ name: 'cells.charge', columns: ['AVAL', 'AVAR'] }]);
    const lines = readFileSync(join(workplace, 'charge.csv'), 'utf8').split('\n');
    expect(lines[0]).toMatch(/^timeMs,cells\.charge\[AVAL\].*,cells\.charge\[AVAR\]/);
    expect(lines).toHaveLength(1 + 250 + 1);
    expect((await baldwin(...recorded, 'charge.png')).stdout).toContain('charge.png');
    expect(isPng('charge.png')).toBe(true);
    expect((await baldwin('replay', 'first', '--record', 'list')).stdout).toMatch(
      /^cells\.charge +\S+ +\d+ cells /m,
    );
    for (const [args, message] of [
      [['--record', 'cells.charg', '-o', 'x.csv'], 'Did you mean "cells.charge"?'],
      [['--record', 'cells.charge', '-o', 'x.gif'], '.png, .svg, .csv, .json, .parquet, .npz'],
      [['--record', 'cells.charge'], '-o FILE'],
      [['--every', '5'], '--every goes with --record'],
      [['--record', 'cells.charge', '--window', '9,3', '-o', 'x.csv'], 'the earlier first'],
    ] as const) {
      const refused = await baldwin('replay', 'first', ...args);
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
    }
  });

  it('plot draws into a folder of choice', async () => {
    const { pictures } = await json<{ pictures: string[] }>('plot', 'second', '-o', 'pictures');
    expect(pictures).toHaveLength(4);
    for (const picture of pictures) expect(isPng(picture)).toBe(true);
  });

  it('compare looks at equal evaluations', async () => {
    const compared = await json<{
      evaluations: number;
      runs: { atEqual: { evaluations: number } }[];
      picture: string;
    }>(...['compare', 'first', 'second']);
    expect(compared.evaluations).toBe(128);
    expect(compared.runs.map(({ atEqual }) => atEqual.evaluations)).toEqual([128, 128]);
    expect(isPng(compared.picture)).toBe(true);
    expect((await baldwin('compare', 'first', 'second')).stderr).not.toContain('do not measure');
    await json('evolve', '--name', 'other', '--generations', '1', '--no-pictures', '--set', 'task.steps=100');
    expect((await baldwin('compare', 'first', 'other')).stderr).toContain('do not measure the same');
    expect((await baldwin('compare', 'first')).code).toBe(2);
  });

  it('strategies, genomes and tasks list and explain', async () => {
    expect(
      (await json<{ strategies: { name: string }[] }>('strategies')).strategies.map(({ name }) => name),
    ).toEqual(expect.arrayContaining(['enomad-ea', 'enomad-rea', 'ga', 'random']));
    expect((await baldwin('strategies', 'ga')).stdout).toContain('strategy.mutation.genes');
    expect(await json('strategies', 'ga')).toHaveProperty('schema');
    expect((await baldwin('genomes')).stdout).toContain('weights');
    expect(await json('genomes', 'weights')).toMatchObject({ format: 'genome-spec/1' });
    const genes = (await baldwin('genomes', 'go-no-go')).stdout;
    expect(genes).toMatch(/^quantity +genes +unit +range +scale +step +prior +start$/m);
    expect(genes).toMatch(
      /^parameter +toGo\.eta +1 +0\.00001 to 0\.1 +log +0\.5 +0\.0001 to 0\.03 +network$/m,
    );
    expect(genes).toMatch(/^ +toGo\.tauMinus & toNoGo\.tauMinus$/m);
    expect((await baldwin('genomes', 'worm-abcd')).stdout).toMatch(
      /^synapse-parameter +excitation of neurons\.eta +weight/m,
    );
    expect((await baldwin('tasks', 'foraging')).stdout).toContain('task.patternTurnRad');
    expect(await json('tasks', 'foraging')).toMatchObject({ ceiling: { score: 1080 } });
  });

  it('connectome draws, compares, cuts, randomises, exports and takes back', async () => {
    const worm = 'c-elegans-openworm';
    expect(await json('connectome', 'show', worm, '--picture', 'worm.png')).toMatchObject({
      picture: 'worm.png',
    });
    expect(isPng('worm.png')).toBe(true);
    const touch = ['connectome', 'sub', worm, '--classes', 'ALM', 'AVM', '--hops', '1', '--id', 'touch'];
    expect(await json(...touch)).toMatchObject({ id: 'touch', path: 'connectomes/touch.json' });
    expect((await baldwin(...touch)).stderr).toContain('there is a file already');
    expect(await json('connectome', 'check', 'touch')).toMatchObject({ ok: true, problems: [] });
    expect(await json('connectome', 'compare', 'touch', worm, '--picture', 'both.png')).toMatchObject({
      picture: 'both.png',
      cells: { first: 0 },
      chemical: { first: 0, second: 0, jaccard: 1, weightCorrelation: expect.closeTo(1, 9) },
    });
    expect(isPng('both.png')).toBe(true);
    const control = await json<{ id: string }>(
      'connectome',
      'null',
      worm,
      '--model',
      'rewired',
      '--seed',
      '3',
    );
    expect(control.id).toBe(`${worm}-rewired-3`);
    expect(control).toMatchObject({
      seed: 3,
      models: [{ model: 'rewired' }],
      report: { byCell: { inDegrees: { kept: true }, inStrengths: { kept: false } } },
    });
    expect(await json('score', '--connectome', control.id)).toMatchObject({ score: expect.any(Number) });
    for (const format of ['csv', 'graphml', 'neuroml', 'json']) {
      expect((await baldwin('connectome', 'export', 'touch', '-f', format, '-o', 'out')).code).toBe(0);
    }
    const back = (name: string, ...files: string[]) =>
      json<{ counts: object }>('connectome', 'import', ...files, '--id', name);
    const { neurons, chemicalPairs, chemicalWeight } = (
      await json<{ counts: Record<string, number> }>('connectome', 'check', 'touch')
    ).counts;
    const counts = { neurons, chemicalPairs, chemicalWeight };
    expect(await back('g', 'out.graphml')).toMatchObject({ counts });
    expect(await back('n', 'out.net.nml')).toMatchObject({ counts });
    expect(await back('c', 'out-connections.csv', '--cells', 'out-cells.csv')).toMatchObject({ counts });
    writeFileSync(join(workplace, 'matrix.csv'), ',A,B\nA,,2\nB,1,\n');
    expect(await back('m', 'matrix.csv')).toMatchObject({ counts: { neurons: 2, chemicalPairs: 2 } });
    writeFileSync(join(workplace, 'stranger.csv'), 'pre,post,n\nA,ALMM,1\n');
    const refused = await baldwin(
      ...['connectome', 'import', 'stranger.csv', '--id', 's', '--cells', 'out-cells.csv'],
    );
    expect(refused.stderr).toContain('stranger.csv, line 2: unknown cell "A"');
    expect(refused.code).toBe(2);
    const graph = (nodes: string, edge: string) =>
      `<graphml><key id="k" attr.name="kind"/><graph>${nodes}<edge source="A" target="B" ${edge}/></graph></graphml>`;
    const node = (id: string, kind: string) => `<node id="${id}"><data key="k">${kind}</data></node>`;
    writeFileSync(join(workplace, 'one.graphml'), graph(node('A', 'neuron') + node('B', 'muscle'), ''));
    writeFileSync(
      join(workplace, 'two.graphml'),
      graph(`<node id="A"/><node id="B"/>${node('D', 'other')}`, 'directed="false"'),
    );
    expect(await back('two', 'one.graphml', 'two.graphml')).toMatchObject({
      counts: { neurons: 1, muscles: 1, others: 1, chemicalPairs: 1, gapPairs: 1 },
    });
    expect(
      (await baldwin('connectome', 'import', 'one.graphml', 'stranger.csv', '--id', 'mixed')).stderr,
    ).toContain('one.graphml looks like graphml, stranger.csv like edge-list');
  });

  it.each<[what: string, file: string, text: string, expected: string, args?: string[]]>([
    [
      'a delimiter that is none',
      'w.csv',
      'pre|post|n\nA|B|1\n',
      'w.csv: the header line has a single column',
    ],
    ['no header line', 'w.csv', 'A,B,1\nB,A,2\n', 'The first line must name the columns'],
    ['an empty file', 'w.csv', '', 'w.csv: the file is empty'],
    ['a header alone', 'w.csv', '\ufeffpre;post;n\r\n', 'w.csv: no row follows the header line'],
    [
      'faults in rows',
      'w.csv',
      '\ufeffpre;post;n\r\nA;B;1\r\nA;B;-1\r\n',
      'w.csv, line 3: expected a weight of at least 0',
    ],
    [
      'a duplicate',
      'w.csv',
      'pre,post,n\nA,B,1\nA,B,1\n',
      'w.csv, line 3: A -> B was already given',
      ['--duplicates', 'error'],
    ],
    ['a file given twice', 'w.csv', 'pre,post,n\nA,B,1\n', 'w.csv: the file is given twice', ['w.csv']],
    [
      'a folder',
      'w.csv',
      'pre,post,n\nA,B,1\n',
      'runs: cannot read the list or matrix: it is a folder',
      ['runs'],
    ],
    [
      'no such file',
      'w.csv',
      'pre,post,n\nA,B,1\n',
      'x.csv: cannot read the list or matrix: there is no such file',
      ['x.csv'],
    ],
    [
      'sections of a list',
      'w.csv',
      'pre,post,n\nA,B,1\n',
      '--sections does not go with the format edge-list',
      ['--sections', 'gap', '--format', 'edge-list'],
    ],
    [
      'a matrix with a word',
      'w.csv',
      ',A,B\nA,,x\n',
      'w.csv, line 2, column "B": expected the weight as a number',
    ],
    ['a web page', 'w.xml', '<html/>', 'w.xml: expected an element <graphml> at the root, found <html>'],
    [
      'a fault in GraphML',
      'w.xml',
      '<graphml><graph><node id="A"/><edge source="A" target="A"><data key="weight">-2</data></edge></graph></graphml>',
      'w.xml, edge 1: expected a weight of at least 0',
    ],
    ['a table', 'w.json', '{"format":"connectome-table/1"}', 'w.json: this is a connectome table already'],
  ])('connectome import refuses %s', async (_, file, text, expected, args = []) => {
    writeFileSync(join(workplace, file), text);
    const { code, stdout, stderr } = await baldwin('connectome', 'import', file, ...args, '--id', 'wrong');
    expect(stderr).toContain(expected);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('connectome lists, shows, checks and imports', async () => {
    expect(
      (await json<{ connectomes: { name: string }[] }>('connectome', 'list')).connectomes.map(
        ({ name }) => name,
      ),
    ).toContain('c-elegans-openworm');
    expect(await json('connectome', 'check', 'c-elegans-openworm')).toMatchObject({
      ok: true,
      problems: [],
      counts: {
        neurons: 300,
        muscles: 96,
        chemicalPairs: 3682,
        negative: 315,
        zero: 6,
        neuronToNeuron: 3119,
        neuronToMuscle: 563,
      },
    });
    expect((await baldwin('connectome', 'show', 'c-elegans-openworm')).stdout).toContain('300 neurons');
    writeFileSync(join(workplace, 'edges.csv'), 'pre,post,type,synapses\nA,B,chemical,3\nB,M1,chemical,2\n');
    const imported = await json<{ path: string; counts: object }>(
      ...['connectome', 'import', 'edges.csv', '--id', 'tiny', '--muscles', 'M*'],
    );
    expect(imported.counts).toMatchObject({ neurons: 2, muscles: 1, chemicalPairs: 2, chemicalWeight: 5 });
    expect(await json('connectome', 'check', 'tiny')).toMatchObject({ ok: true });
    expect((await baldwin('connectome', 'import', 'edges.csv', '--id', 'tiny')).stderr).toContain(
      'there is a file already',
    );
    expect((await baldwin('score', '--connectome', 'tiny')).stderr).toMatch(
      /task.touchCells: 10 of 10 are not in it: FLPR/,
    );
  });
});

describe('a task that brings its network', () => {
  const quick = ['trials=100', 'cueMs=100', 'gapMs=20', 'heldOutShifts=0'].flatMap((setting) => [
    '--set',
    `task.${setting}`,
  ]);
  const evolve = (...args: string[]) =>
    json<Result>(
      ...['evolve', '--task', 'go-no-go', '--strategy', 'cma-es', '--set', 'strategy.population=6', ...quick],
      ...['--set', 'freshEpisodes=2', ...args],
    );

  it('evolves, goes on, is scored, shown, lived again and drawn without a connectome', async () => {
    const run = await evolve('--name', 'go', '--generations', '2');
    expect(run.pictures.map((path) => path.split('/').at(-1))).toEqual(['fitness.png', 'learning.png']);
    for (const picture of run.pictures) expect(isPng(picture)).toBe(true);
    expect(existsSync(join(run.path, 'connectome.json'))).toBe(false);
    const longer = await json<Result>('resume', 'go', '--generations', '4', '--no-pictures');
    const whole = await evolve('--name', 'whole', '--generations', '4', '--no-pictures', '--workers', '2');
    expect(longer.championHash).toBe(whole.championHash);
    expect((await json<{ score: number }>('score', 'go')).score).toBe(longer.best.score);
    const file = await json<{ genomeHash: string; chance: { about: string } }>(
      ...['score', 'runs/go/champion.json'],
    );
    expect(file).toMatchObject({ genomeHash: longer.championHash, chance: { about: 'a random policy' } });
    expect((await baldwin('show', 'go')).stdout).toContain('the task brings its network');
    const scored = await json<{
      score: number;
      innate: { mean: number };
      learned: { mean: number };
      gain: { effect: number };
      vitals: { rateHz: number; filters: object[] };
      episodes: object[];
    }>('score', 'go');
    expect(scored.learned.mean).toBe(scored.score);
    expect(scored.gain.effect).toBeCloseTo(scored.score - scored.innate.mean, 12);
    expect(scored.vitals.rateHz).toBeGreaterThan(0);
    expect(scored.vitals.filters).toHaveLength(8);
    expect(scored.episodes[0]).not.toHaveProperty('vitals');
    expect((await baldwin('score', 'go')).stdout).toMatch(
      /innate \(plasticity off\) +[\d.]+\nwhat learning adds +[\d.-]+\n/,
    );
    // What a life costs is told of networks that do not learn, too.
    expect(await json('score')).toHaveProperty('vitals.synapticEvents');
    const replayed = await json<{ picture: string; champion: { trace: { right: number[] } }[] }>(
      'replay',
      'go',
    );
    expect(replayed.champion[0]!.trace.right).toHaveLength(200);
    expect(isPng(replayed.picture)).toBe(true);
    expect((await json<{ pictures: string[] }>('plot', 'go')).pictures).toHaveLength(2);
    expect((await json<{ runs: { connectome: string }[] }>('runs')).runs).toContainEqual(
      expect.objectContaining({ run: 'go', connectome: 'none' }),
    );
    await json('validate', 'runs/go/champion.json');
  });

  it('is refused a connectome', async () => {
    const { code, stderr } = await baldwin(
      'score',
      '--task',
      'go-no-go',
      '--connectome',
      'c-elegans-openworm',
    );
    expect(code).toBe(2);
    expect(stderr).toContain('the task "go-no-go" brings its own network and needs no connectome');
  });
});

describe('rules', () => {
  it('lists them, and draws what one makes of a pair of spikes', async () => {
    const { rules } = await json<{ rules: { name: string }[] }>('rules');
    expect(rules.map(({ name }) => name)).toContain('pair-stdp');
    expect(await json('rules', 'gated-hebb')).not.toHaveProperty('window');
    const { window } = await json<{
      window: { lagMs: number[]; curves: { name: string; change: number[] }[] };
    }>(...['rules', 'gated-hebb', '--plot', 'window.png']);
    expect(isPng('window.png')).toBe(true);
    expect(window.curves.map(({ name }) => name)).toEqual(['ACh at 0', 'ACh at 0.5', 'ACh at 1']);
    expect(window.curves[2]!.change).toHaveLength(window.lagMs.length);
  });

  it('prints the lines that the page of rules has, and what is kept beside the weight', async () => {
    const { stdout } = await baldwin('rules', 'competitive-neuromodulation');
    const page = readFileSync(join(packageRoot, 'docs/rules.md'), 'utf8');
    const [, section] = page.split('## competitive-neuromodulation\n');
    const lines = /```\n([^`]*)```/.exec(section!)![1]!.trim().split('\n');
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) expect(stdout).toContain(line.split('  (')[0]);
    expect(stdout).toMatch(/x5HT +trace of the presynaptic cell, which counts a spike of the same step/);
    expect(stdout).toContain('w stays within wMin and wMax');
  });

  it('writes one as a file, which it shows, draws and checks like its own', async () => {
    expect(await json('rules', 'hebb', '--export', 'own-rule.json')).toMatchObject({
      exported: 'own-rule.json',
    });
    const again = await baldwin('rules', 'hebb', '--export', 'own-rule.json');
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('there is a file already')]);
    expect((await baldwin('rules', 'hebb', '--export', 'own-rule.json', '--force')).code).toBe(0);
    expect((await baldwin('rules', 'own-rule.json')).stdout).toBe((await baldwin('rules', 'hebb')).stdout);
    const [own, known] = [await json('rules', 'own-rule.json'), await json('rules', 'hebb')];
    expect(own).toEqual(known);
    expect(await json('rules', 'own-rule.json', '--plot', 'own-rule.png')).toHaveProperty('window');
    expect(isPng('own-rule.png')).toBe(true);
    expect(await json('validate', 'own-rule.json')).toMatchObject({ ok: true, format: 'plasticity-rule/1' });
    expect((await baldwin('rules', '--export', 'none.json')).code).toBe(2);
    await json('rules', 'hebb', '--export', 'own-rule.tex');
    expect(readFileSync(join(workplace, 'own-rule.tex'), 'utf8')).toContain('\\begin{align*}');
  });

  it('says where there is nothing to draw', async () => {
    const { code, stderr } = await baldwin('rules', 'e-prop', '--plot', 'none.png');
    expect([code, stderr]).toEqual([2, expect.stringContaining('"e-prop" has no window')]);
    expect((await baldwin('rules', '--plot', 'none.png')).code).toBe(2);
  });
});

describe('reproduce', () => {
  it('lists, compares and draws', async () => {
    const { reproductions } = await json<{ reproductions: { name: string; doi: string }[] }>('reproduce');
    expect(reproductions.map(({ name }) => name)).toContain('go-no-go');
    const result = await json<{
      published: { value: unknown; source: string };
      ours: { value: number; spread: number; n: number };
      scaledDown: string | null;
      pass: boolean;
      seconds: number;
      figures: { pass: boolean | null }[];
    }>('reproduce', 'go-no-go', '--seeds', '2', '--plot', 'go-no-go.png');
    expect(result).toMatchObject({
      published: { value: expect.anything(), source: expect.any(String) },
      ours: { value: expect.any(Number), spread: expect.any(Number), n: 2 },
      scaledDown: null,
      pass: true,
    });
    expect(result.seconds).toBeGreaterThan(0);
    expect(isPng('go-no-go.png')).toBe(true);
    expect((await baldwin('reproduce', 'go-no-go', '--seeds', '2')).stdout).toContain('arXiv:2501.06762');
  });

  it('fails where a figure is missed, and names what there is', async () => {
    const example = JSON.parse(
      readFileSync(new URL('../../examples/go-no-go.json', import.meta.url), 'utf8'),
    ) as { task: object; figures: { accept?: (number | null)[] }[] };
    example.task = { name: 'go-no-go', trials: 100, cueMs: 60, gapMs: 20, heldOutShifts: 0 };
    example.figures[0]!.accept = [1, null];
    writeFileSync(join(workplace, 'missed.json'), JSON.stringify(example));
    const { code, stdout } = await baldwin('reproduce', './missed.json', '--seeds', '2');
    expect(code).toBe(1);
    expect(stdout).toContain('MISSED');
    expect(await json('validate', 'missed.json')).toMatchObject({ format: 'reproduction/1' });
    const unknown = await baldwin('reproduce', 'go-nogo');
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('Did you mean "go-no-go"')]);
  });
});

describe('wrong usage', () => {
  it.each([
    [['evolv'], 2, /unknown command 'evolv'.*Did you mean evolve/s],
    [['evolve', '--seeds', '3'], 2, /unknown option '--seeds'/],
    [['evolve', '--evaluations', '0'], 2, /whole number of at least 1/],
    [['evolve', '--evaluations', '1e99'], 2, /whole number/],
    [['evolve', '--strategy', 'gaa'], 2, /Unknown strategy "gaa"/],
    [['evolve', 'nowhere.json'], 2, /nowhere\.json: there is no such file, nor one of that name/],
    [['evolve', '--set', 'task.patterns=squar'], 2, /task\.patterns\[0\].*Did you mean "square"/s],
    [['resume', 'nothing'], 2, /Unknown run "nothing"/],
    [['show', 'nothing'], 2, /Unknown run "nothing"/],
    [['validate', 'nowhere.json'], 2, /no such file/],
    [['connectome', 'show', 'c-elegans-openwrm'], 2, /Did you mean "c-elegans-openworm"/],
    [['connectome', 'import'], 2, /at least one file/],
    [
      ['connectome', 'import', '--recipe', 'x.json', '--species', 'y'],
      2,
      /--species: a recipe says this itself/,
    ],
    [['tasks', 'forage'], 2, /Did you mean "foraging"/],
    [['evolve', '--name', '../elsewhere'], 2, /--name: expected letters/],
    [['evolve', '--runs', '/dev/null/runs', '--generations', '1'], 1, /cannot make the run's folder/],
  ])('%j exits with %i and says why', async (args, code, message) => {
    const outcome = await baldwin(...args);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).not.toContain('    at ');
  });

  it('names the line of a broken file', async () => {
    writeFileSync(join(workplace, 'broken.json'), '{\n  "seed": 1,\n}\n');
    const { code, stderr } = await baldwin('validate', 'broken.json');
    expect(code).toBe(2);
    expect(stderr).toMatch(/broken\.json: the file is not valid JSON \(line 3, column 1\)/);
  });

  it('refuses a damaged run with what to do, exit code 1', async () => {
    await json(
      'evolve',
      '--name',
      'damaged',
      '--generations',
      '3',
      '--no-pictures',
      '--set',
      'task.steps=10',
    );
    const steps = join(workplace, 'runs', 'damaged', 'steps.jsonl');
    const text = readFileSync(steps, 'utf8');
    writeFileSync(steps, text.replace('"step":1', '"step":7'));
    const { code, stderr } = await baldwin('resume', 'damaged');
    expect(code).toBe(1);
    expect(stderr).toMatch(/line 2 is damaged: it holds step 7 where step 1 belongs.*delete that line/s);
    expect((await baldwin('runs')).stdout).toContain('damaged');
  });

  it('lists other runs when one cannot be read', async () => {
    await json(
      'evolve',
      '--name',
      'foreign',
      '--generations',
      '1',
      '--no-pictures',
      '--set',
      'task.steps=10',
    );
    const path = join(workplace, 'runs', 'foreign', 'run.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('baldwin-run-record/1', 'baldwin-run-record/2'));
    const shown = await baldwin('show', 'foreign');
    expect(shown.code).toBe(1);
    expect(shown.stderr).toMatch(/made by another version/);
    const { runs, unreadable } = await json<{ runs: object[]; unreadable: object[] }>('runs');
    expect(runs.length).toBeGreaterThan(1);
    expect(unreadable).toHaveLength(1);
  });

  it('ends quietly when its reader has seen enough', async () => {
    const running = start(['show', 'first', '--json']);
    running.process.stdout!.destroy();
    const { stderr } = await running.outcome;
    expect(stderr).toBe('');
  });
});
