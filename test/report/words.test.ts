import { describe, expect, it } from 'vitest';
import { freshVerdict } from '../../src/report/fresh.js';
import { meanAndSd, spreadText } from '../../src/report/numbers.js';
import { partText, settingsText } from '../../src/report/settings.js';
import { ceilingOver } from '../../src/tasks/protocol/ceiling.js';
import { prepareTask } from '../../src/tasks/table.js';

const spread = (mean: number, sd: number, n = 20) => ({ mean, sd, n });

describe('figures in words', () => {
  it('give no deviation of one life', () => {
    expect(spreadText(spread(2, 0, 1))).toBe('2.000 (n 1)');
    expect(spreadText(spread(2, 0.5), 'by chance')).toBe('2.000 (sd 0.500, n 20, by chance)');
    expect([meanAndSd(spread(2, 0, 1)), meanAndSd(spread(2, 0.5, 2))]).toEqual(['2.000', '2.000 (0.500)']);
  });

  it('say whether fresh lives beat the untrained start', () => {
    expect(freshVerdict(spread(3, 1), spread(1, 1))).toBe(
      'beats the untrained start by 2.000, where 2 standard errors are 0.632: 3.0 times its score',
    );
    const byTwo = 'beats the untrained start by 2.000, where 2 standard errors are 0.632';
    expect(freshVerdict(spread(12, 1), spread(10, 1))).toBe(byTwo);
    expect(freshVerdict(spread(-1, 1), spread(-3, 1))).toBe(byTwo);
    expect(freshVerdict(spread(2, 1), spread(0, 1))).toBe(byTwo);
    expect(freshVerdict(spread(1, 1), spread(3, 1))).toMatch(/^falls behind .* by 2.000/);
    expect(freshVerdict(spread(1, 1), spread(1.5, 1))).toMatch(/^no clear difference .* below it by 0.500/);
    expect(freshVerdict(spread(1, 1), spread(1, 1))).toMatch(/the means are equal$/);
    expect(freshVerdict(spread(1, 1), spread(Number.NaN, 1))).toMatch(/^not to be compared/);
  });

  it('write settings without JSON', () => {
    expect(settingsText({ a: 1, b: { kind: 'big', size: 2 }, c: [], d: null, e: { f: { g: 3 } } })).toBe(
      'a 1, b big (size 2), c none, d none, e (f (g 3))',
    );
    expect(settingsText({ cells: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] })).toBe('cells a b c d e f … (7)');
    expect(partText({ name: 'ga', population: 4 })).toBe('ga: population 4');
    expect(partText({ name: 'own', module: { path: '/a/own.mjs', sha256: 'x' } })).toBe('own (/a/own.mjs)');
  });
});

describe('ceilings', () => {
  const foraging = (patterns: string[]) => ceilingOver(prepareTask({ name: 'foraging', patterns }).scenarios);

  it('count what all scenarios have', () => {
    expect(foraging(['square'])).toMatchObject({
      score: 1080,
      about: expect.stringMatching(/^all 36 items eaten;/),
    });
    expect(foraging(['square', 'circle'])).toMatchObject({
      score: 2160,
      about: expect.stringMatching(/^all 72 items eaten, 36 in each of 2 patterns;/),
    });
  });

  it('say of words that they hold of each, or of which', () => {
    const scenario = (name: string, about: string) => ({ name, random: true, ceiling: { score: 2, about } });
    expect(ceilingOver([scenario('a', 'all right'), scenario('b', 'all right')])).toEqual({
      score: 4,
      about: 'in each of 2 scenarios: all right',
    });
    expect(ceilingOver([scenario('a', 'all right'), scenario('b', 'all left')]).about).toBe(
      'a: all right; b: all left',
    );
  });
});
