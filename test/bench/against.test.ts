import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { againstNomad } from '../../src/bench/against/nomad.js';
import { againstPycma, readPycmaReference } from '../../src/bench/against/pycma.js';
import { recordSection, withSection } from '../../src/bench/against/results-page.js';
import { bench } from '../../src/cli/bench.js';
import { reportMarkdown } from '../../src/report/markdown.js';

const folder = mkdtempSync(join(tmpdir(), 'baldwin-against-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

/** Figures made up for one easy cell of each kind. */
const reference = {
  about: 'made up',
  single_runs: [
    {
      ...{ set: 'default', function: 'sphere', n: 3, x0: 'all 3', sigma0: 1, popsize: 7, target: 1e-6 },
      ...{ runs: 3, successes: 3, evals: { median: 300 } },
    },
    {
      ...{ set: 'diagonal', function: 'sphere', n: 2, x0: 'all 3', sigma0: 1, popsize: 6, target: 1e-6 },
      ...{ runs: 2, successes: 0, evals: null },
    },
  ],
  restarts_on_rastrigin: [
    {
      ...{ mode: 'ipop', function: 'rastrigin', n: 2, target: 1e-6, maxevals: 400 },
      ...{ runs: 2, successes: 2, evals: { median: 300, min: 200, max: 400 }, evals_sorted: [200, 400] },
    },
  ],
};

const fileOf = (value: unknown) => {
  const path = join(folder, 'reference.json');
  writeFileSync(path, JSON.stringify(value));
  return path;
};

describe('a strategy beside another program', () => {
  it('counts evaluations and successes beside those of pycma', () => {
    const told: string[] = [];
    const report = againstPycma(readPycmaReference(fileOf(reference)), 2, (about) => told.push(about));
    expect(told).toHaveLength(2 + 1 + 4);
    const { single, restarts, rotated } = report.data as Record<string, Record<string, unknown>[]>;
    expect(single![0]).toMatchObject({ successes: 2, of: 2, referenceMedian: 300, fisherP: 1, failures: '' });
    expect(single![0]!.ratio).toBeCloseTo((single![0]!.median as number) / 300, 12);
    expect(single![1]).toMatchObject({ referenceMedian: null, ratio: null });
    // 2 of 2 against 0 of 2: two tables of six are as unlikely.
    expect(single![1]!.fisherP).toBeCloseTo(1 / 3, 12);
    expect(restarts![0]).toMatchObject({ of: 8, referenceRange: [200, 400] });
    expect(restarts![0]!.rankSumP).toBeLessThanOrEqual(1);
    expect(rotated!.map((row) => row.function)).toEqual(['ellipsoid', 'rosenbrock', 'discus', 'cigar']);
    expect(rotated!.every(({ ratio }) => Math.abs((ratio as number) - 1) < 0.5)).toBe(true);
    const page = reportMarkdown(report);
    expect(page).toContain('## CMA-ES beside pycma: evaluations to target');
    expect(page).toMatch(/^\| default \| sphere \| 3 \| all 3, 1 \| 7 \| 2\/2 \| 3\/3 \| 1\.00 \| /m);
  });

  it('names what is wrong with a table of reference', () => {
    const wrong = { ...reference, single_runs: [{ ...reference.single_runs[0], function: 'sfere' }] };
    expect(() => readPycmaReference(fileOf(wrong))).toThrow(
      /reference\.json.*\n.*single_runs\[0\]\.function/,
    );
  });

  it('counts those of mads beside those of NOMAD', () => {
    const report = againstNomad(2, undefined, 1);
    const [row] = report.data.problems as { ours: number[]; median: number; nomadMedian: number }[];
    expect(row).toMatchObject({ about: 'Rosenbrock 2, evaluations to 1e-8', nomadMedian: 168 });
    // As measured on other machines: no arithmetic differs between them.
    expect(row!.ours).toEqual([116, 119]);
    expect(reportMarkdown(report)).toContain(
      '| Rosenbrock 2, evaluations to 1e-8 | 116, 119 | 117.5 | 198, 168, 91 | 168 |',
    );
  });
});

describe('the page of results', () => {
  it('takes a section in its place, or at its end', () => {
    const page = 'a\n<!-- x -->\nold\n<!-- /x -->\nb\n';
    expect(withSection(page, 'x', 'new $1')).toBe('a\n<!-- x -->\nnew $1\n<!-- /x -->\nb\n');
    expect(withSection(page, 'y', 'more')).toBe(`${page}\n<!-- y -->\nmore\n<!-- /y -->\n`);
    expect(() => withSection('a\n<!-- x -->\n', 'x', 'new')).toThrow('Mend it');
  });

  it('is begun where it is not there', () => {
    const path = join(folder, 'RESULTS.md');
    recordSection('one', 'first', path);
    recordSection('two', 'second', path);
    recordSection('one', 'third', path);
    const page = readFileSync(path, 'utf8');
    expect(page).toMatch(/^# Benchmarks\n/);
    expect(page).toContain('<!-- one -->\nthird\n<!-- /one -->\n\n<!-- two -->\nsecond\n');
    expect(page).not.toContain('first');
  });
});

describe('baldwin bench strategies --against', () => {
  const run = (...args: string[]) => bench.parseAsync(['strategies', ...args], { from: 'user' });

  it('refuses what does not go together', async () => {
    await expect(run('--against', 'pycma')).rejects.toThrow('--reference FILE');
    await expect(run('--against', 'nomad', '--reference', 'x.json')).rejects.toThrow('part of the program');
    await expect(run('--against', 'nomad', '--max-evaluations', '9')).rejects.toThrow(
      '--max-evaluations and --against',
    );
    await expect(run('--write')).rejects.toThrow('go with --against');
  });

  it('prints what it measured, and with which command', async () => {
    let out = '';
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      out += String(chunk);
      return true;
    });
    await run('--against', 'pycma', '--reference', fileOf(reference), '--seeds', '1');
    expect(out).toContain('`baldwin bench strategies --against pycma --reference FILE --seeds 1`');
    expect(out).toMatch(/^default +sphere +3 /m);
  });
});
