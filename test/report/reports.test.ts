import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { reportText } from '../../src/cli/print-report.js';
import type { RunComparison } from '../../src/inspect/comparison.js';
import { comparisonReport } from '../../src/report/comparison.js';
import { figure, figuresThatCount, spreadText } from '../../src/report/numbers.js';
import type { Report } from '../../src/report/report.js';

const textOf = (report: Report) => stripVTControlCharacters(reportText(report));

describe('a report', () => {
  it('is printed section by section, a line apart, headings upon what follows them', () => {
    const report: Report = {
      data: {},
      sections: [
        {
          title: 'Scores',
          aside: 'of two lives',
          parts: [
            {
              part: 'fields',
              fields: [
                ['learned', '1.000'],
                ['innate part', 2],
              ],
            },
            { part: 'lines', lines: ['one', 'two'] },
          ],
        },
        {
          parts: [
            {
              part: 'table',
              columns: ['name', 'n'],
              rows: [
                ['a', 10],
                ['bcdef', 2],
              ],
            },
          ],
        },
        { title: 'Sources', parts: [{ part: 'small', lines: ['a paper'] }] },
      ],
    };
    expect(textOf(report).split('\n')).toEqual([
      'Scores  of two lives',
      'learned      1.000',
      'innate part  2',
      '',
      'one',
      'two',
      '',
      'name    n',
      'a      10',
      'bcdef   2',
      '',
      'Sources',
      'a paper',
    ]);
  });

  it('gives numbers in one way', () => {
    expect([figure(1.23456), figure(null), figure(Number.NaN)]).toEqual(['1.235', '-', '-']);
    expect([figure(-0.0004), figure(-0.0006), figure(-10.0001)]).toEqual(['0.000', '-0.001', '-10.000']);
    expect(figuresThatCount(0.000123456, 3)).toBe('0.000123');
    expect(spreadText({ mean: 1, sd: 0.5, n: 4 })).toBe('1.000 (sd 0.500, n 4)');
    expect(spreadText(null)).toBe('-');
  });
});

describe('the report of a comparison', () => {
  const run: RunComparison['runs'][number] = {
    run: 'first',
    strategy: 'ga',
    seed: 1,
    scenarios: ['square'],
    evaluations: 2000,
    atEqual: { evaluations: 1000, best: 12.5 },
    best: 20,
    champion: 20,
    fresh: null,
    genesChanged: 1234,
    l2: 4.2371,
    outcomeHash: 'abc',
  };
  const comparison: RunComparison = { evaluations: 1000, comparable: true, runs: [run] };

  it('says whose fresh mean stands beside a best score that is another genome’s', () => {
    const validated = { ...run, run: 'second', champion: 15 };
    const { notices } = comparisonReport({ ...comparison, runs: [run, validated] }, 'comparison.png');
    expect(notices).toEqual([expect.stringContaining('champions other than the final best: second 15.000.')]);
  });

  it('has a row for each run, and the same in its data', () => {
    const report = comparisonReport(comparison, 'comparison.png');
    expect(report.data).toEqual({ ...comparison, picture: 'comparison.png' });
    expect(report.notices).toBeUndefined();
    const lines = textOf(report).split('\n');
    expect(lines[0]).toContain('best at 1,000');
    expect(lines[1]).toMatch(/^first +ga +1 +2,000 +12\.500 +20\.000 +- +1,234 +4\.24$/);
  });

  it('warns where the runs measure different things', () => {
    const report = comparisonReport({ ...comparison, comparable: false }, 'comparison.png');
    expect(report.notices).toEqual([expect.stringContaining('do not measure the same')]);
  });
});
