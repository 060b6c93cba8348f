import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  choose,
  type Entry,
  entries,
  type Job,
  jobName,
  patterns,
  resolveJob,
} from '../../scripts/foraging/entries.js';
import { pictureOf, seriesOf } from '../../scripts/foraging/picture.js';
import {
  type EntryResult,
  jsonOf,
  markdownOf,
  rowOf,
  type Study,
  summaryOf,
} from '../../scripts/foraging/report.js';
import { carryOut, gridOf, planJob, planOf } from '../../scripts/foraging/runs.js';
import { withReport } from '../../scripts/results-file.js';
import { loadGenomeSpec } from '../../src/genome/spec.js';
import { packageRoot } from '../../src/spec/library.js';
import { resultsVersion } from '../../src/store/manifest.js';
import { isPng, pixels } from '../inspect/png.js';

const folder = mkdtempSync(join(tmpdir(), 'baldwin-study-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ga = entries.find(({ id }) => id === 'ga')!;
const job = (more: Partial<Entry> = {}, seed = 3): Job => ({
  entry: { ...ga, ...more },
  pattern: 'square',
  seed,
});

/** Runs on the square that found `scores` within the budget; of the rest, what is given. */
function resultOf(
  more: Partial<Entry>,
  scores: readonly number[],
  champion: object = {},
  made = 20_032,
): EntryResult {
  const entry = { ...ga, ...more };
  const curveAt = gridOf(entry.evaluations);
  return {
    ...entry,
    genes: 3682,
    objective: { sparsity: { coefficient: 0.1, exponent: 1.3 }, floor: 0 },
    curveAt,
    runs: scores.map((score, i) => ({
      name: `${entry.id}-square-${i + 1}`,
      pattern: 'square',
      seed: i + 1,
      evaluations: made,
      steps: 313,
      seconds: 10 + i,
      stopReason: 'evaluations',
      score,
      curve: curveAt.map((evaluations) => Math.min(score, 100 + evaluations / 10)),
      champion: {
        score,
        objective: score - 10,
        foodEaten: 10 + i,
        weightsChanged: 20 * (i + 1),
        l2: 50.04 * (i + 1),
        genesChanged: 20,
        fresh: { mean: 100 * (i + 1), sd: 1, n: 20 },
        transfer: 50,
        hash: 'abc',
        ...champion,
      },
    })),
  };
}

const study = (...of: EntryResult[]): Study => ({
  format: 'baldwin-foraging-study/1',
  machine: 'a machine',
  command: 'npm run study:foraging',
  seeds: [1, 2, 3],
  patterns: ['square'],
  reference: { square: { untrained: 153.742, chance: 7.1, ceiling: 1080 } },
  entries: of,
});

describe('the entries', () => {
  const known = ['ga', 'ga-6400', 'cma-es', 'cma-es-by-class'];

  it('are chosen by name, or by how names begin', () => {
    expect(choose('cma-es, ga', known, '--only')).toEqual(['ga', 'cma-es']);
    expect(choose('cma', known, '--only')).toEqual(['cma-es', 'cma-es-by-class']);
    expect(() => choose('enomad', known, '--only')).toThrow('--only: unknown name "enomad"');
    expect(() => choose('ga,', known, '--only')).toThrow('unknown name ""');
  });

  it('name their runs apart', () => {
    const names = entries.flatMap((entry) =>
      patterns.flatMap((pattern) => [1, 2].map((seed) => jobName({ entry, pattern, seed }))),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('ga-square-2');
  });

  it('resolve to their preset on one pattern, the others held out', async () => {
    const changed = job({ settings: ['strategy.population=16'] });
    const { spec } = await resolveJob({ ...changed, pattern: 'triangle' });
    expect(spec).toMatchObject({
      seed: 3,
      budget: { evaluations: 20_000 },
      strategy: { name: 'ga', population: 16 },
      task: { patterns: ['triangle'], heldOut: ['square', 'pentagon'] },
      objective: { sparsity: { coefficient: 0.1, exponent: 1.3 } },
    });
  });

  it.each(entries)('$id can be run', async (entry) => {
    const { spec } = await resolveJob({ entry, pattern: 'square', seed: 1 });
    expect(spec.genome).toEqual(loadGenomeSpec(entry.genome, 'test'));
    expect(spec.budget).toEqual({ evaluations: entry.evaluations });
  });
});

describe('a grid of evaluations', () => {
  it('runs in equal ratios from a first step to the budget, with the marks between', () => {
    const grid = gridOf(60_000);
    expect(grid[0]).toBe(64);
    expect(grid.at(-1)).toBe(60_000);
    expect(grid).toEqual(expect.arrayContaining([1000, 6400, 20_000]));
    expect(grid.length).toBeLessThanOrEqual(43);
    expect(grid).toEqual([...new Set(grid)].sort((a, b) => a - b));
    expect(gridOf(6400).filter((at) => at === 6400)).toHaveLength(1);
  });

  it('serves budgets smaller than a step', () => {
    expect(gridOf(5)).toEqual([1, 2, 3, 4, 5]);
    expect(gridOf(1)).toEqual([1]);
  });
});

describe('a run that is there', () => {
  const wanted = { outcome: 'hash', evaluations: 1000 };
  const found = {
    resultsVersion,
    status: 'finished',
    outcome: 'hash',
    budget: { evaluations: 1000 },
  } as const;

  it('is read when it is whole, and goes on when it is not', () => {
    expect(planOf(found, wanted)).toEqual({ do: 'read' });
    expect(planOf({ ...found, status: 'interrupted' }, wanted)).toEqual({ do: 'resume' });
    expect(planOf({ ...found, status: 'running' }, wanted)).toEqual({ do: 'resume' });
    expect(planOf({ ...found, budget: { evaluations: 640 } }, wanted)).toEqual({ do: 'resume' });
  });

  it.each([
    ['there is no run', undefined],
    ['spec differs', { ...found, outcome: 'other' }],
    ['results differ', { ...found, resultsVersion: resultsVersion + 1 }],
    ['{"evaluations":2000} where 1000', { ...found, budget: { evaluations: 2000 } }],
    ['{"generations":3} where 1000', { ...found, budget: { generations: 3 } }],
    ['"target":9', { ...found, budget: { evaluations: 1000, target: 9 } }],
  ])('is refused where %s', (reason, other) => {
    expect(planOf(other, wanted)).toMatchObject({ do: 'refuse', reason: expect.stringContaining(reason) });
  });

  it('is made once, read again, continued with a larger budget, and redone when that is asked for', async () => {
    const small = job({ evaluations: 70, settings: ['task.steps=40'] });
    expect(await planJob(small, folder, false)).toBe('start');
    const run = await carryOut(small, folder, 'start');
    expect(run).toMatchObject({ name: 'ga-square-3', evaluations: 128, genes: 3682 });
    expect(run.curve).toHaveLength(gridOf(70).length);
    expect(run.curve.at(-1)).toBe(run.score);
    expect(run.champion.weightsChanged).toBe(run.champion.genesChanged);
    expect(run.champion.objective).toBeLessThanOrEqual(run.champion.score);
    expect(await planJob(small, folder, false)).toBe('read');
    const { seconds: _, ...again } = await carryOut(small, folder, 'read');
    expect(run).toMatchObject(again);

    const larger = { ...small, entry: { ...small.entry, evaluations: 200 } };
    expect(await planJob(larger, folder, false)).toBe('resume');
    expect((await carryOut(larger, folder, 'resume')).evaluations).toBe(256);
    await expect(planJob(small, folder, false)).rejects.toThrow('Redo it with --fresh');
    const other = job({ evaluations: 200, settings: ['task.steps=41'] });
    await expect(planJob(other, folder, false)).rejects.toThrow('its spec differs');
    expect(await planJob(other, folder, true)).toBe('start');
    expect(await planJob(other, folder, false)).toBe('start');
  });

  it('is not taken for one where its folder holds something else, or another process is at it', async () => {
    const stray = job({ id: 'stray' });
    mkdirSync(join(folder, jobName(stray)));
    await expect(planJob(stray, folder, false)).rejects.toThrow('there is no run in it');
    const holder = { pid: process.pid, host: 'elsewhere', since: 'now' };
    writeFileSync(join(folder, jobName(stray), 'lock'), JSON.stringify(holder));
    await expect(planJob(stray, folder, true)).rejects.toThrow('in use by process');
  });
});

describe('the tables', () => {
  it('summarise by quantiles', () => {
    expect(summaryOf([4, 1, 3, 2])).toEqual({
      mean: 2.5,
      median: 2.5,
      q25: 1.75,
      q75: 3.25,
      low: 1,
      high: 4,
    });
  });

  it('have a row for each entry and pattern', () => {
    expect(rowOf(resultOf({}, [300, 420, 360]), 'square')).toEqual([
      'ga',
      'weights (3,682)',
      'square',
      '20,000 (20,032)',
      'score - 0.1 k^1.3',
      '300, 420, 360',
      '360',
      '360 (330-390)',
      '10-12',
      '20-60',
      '50.0-150',
      '200',
      '50',
      '11',
    ]);
  });

  it('name the champions that the budget does not hold, and the runs that ended early', () => {
    const whole = markdownOf(study(resultOf({}, [300, 420])));
    expect(whole).not.toContain('beyond the budget');
    const beyond = markdownOf(study(resultOf({}, [300], { score: 333 })));
    expect(beyond).toContain('`ga-square-1`: 300.0 within 20,000, 333.0 in all.');
    const early = markdownOf(study(resultOf({}, [300], {}, 12_345)));
    expect(early).toContain('`ga-square-1` ended at 12,345 (evaluations).');
  });

  it('compare at the same numbers of evaluations, as far as the budgets go', () => {
    const text = markdownOf(
      study(resultOf({}, [500, 700, 900]), resultOf({ id: 'b', label: 'b', evaluations: 6400 }, [9])),
    );
    expect(text).toContain('| label | square, 1,000 | square, 6,400 | square, 20,000 |');
    expect(text).toContain('| ga | 200 | 700 | 700 |\n| b | 9 | 9 |  |');
    expect(markdownOf(study(resultOf({ evaluations: 500 }, [9])))).not.toContain('same numbers');
  });

  it('are stored as JSON with one run a line', () => {
    const stored = study(resultOf({}, [300.123456789012, 420]), resultOf({ id: 'b' }, [1]));
    const text = jsonOf(stored);
    const lines = text.split('\n').filter((line) => line.includes('-square-'));
    expect(lines).toHaveLength(3);
    const read = JSON.parse(text) as Study;
    expect(read.entries[0]!.runs[0]!.score).toBeCloseTo(300.123456789012, 6);
    expect(read.entries[1]).toEqual(stored.entries[1]);
    expect(Object.keys(read)).toEqual(Object.keys(stored));
  });

  it('go between their markers', () => {
    const marked = 'a\n<!-- study:foraging -->\nold\n<!-- /study:foraging -->\nb';
    // A replacement pattern of String.replace stays text.
    expect(withReport(marked, 'study:foraging', 'new $1')).toBe(
      'a\n<!-- study:foraging -->\nnew $1\n<!-- /study:foraging -->\nb',
    );
    expect(() => withReport('nothing', 'study:foraging', 'new')).toThrow('no place');
    for (const [page, name] of [
      ['foraging.md', 'study:foraging'],
      ['spiking.md', 'study:spiking'],
      ['strategies.md', 'study:mads'],
    ] as const) {
      const results = readFileSync(join(packageRoot, 'docs/results', page), 'utf8');
      expect(withReport(results, name, 'new')).toContain(`-->\nnew\n<!-- /${name}`);
    }
  });
});

describe('the picture', () => {
  const random = resultOf({ id: 'random', strategy: 'random', label: 'random' }, [200, 210]);
  const first = resultOf({}, [300, 420]);
  const short = resultOf({ id: 'ga-6400', evaluations: 6400 }, [300]);
  const variant = resultOf({ id: 'ga-16', settings: ['strategy.population=16'] }, [310, 320]);

  it('leaves out what repeats another entry, and gives variants of a strategy its colour', () => {
    const series = seriesOf([random, first, short, variant]);
    expect(series.map(({ entry }) => entry.id)).toEqual(['random', 'ga', 'ga-16']);
    expect(series.map((one) => one.variant)).toEqual([false, false, true]);
    expect(series[2]!.colour).toBe(series[1]!.colour);
    expect(series[0]!.colour).not.toBe(series[1]!.colour);
  });

  it('shows every series', async () => {
    const png = await pictureOf(study(random, first, short, variant));
    expect(isPng(png)).toBe(true);
    const { near } = await pixels(png);
    for (const { colour } of seriesOf([random, first])) expect(near(colour)).toBeGreaterThan(300);
  });
});
