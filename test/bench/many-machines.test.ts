import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { machinesReport } from '../../src/bench/many-machines.js';

const page = readFileSync(new URL('../../docs/many-machines.md', import.meta.url), 'utf8');

describe('the simulation of many machines', () => {
  it('says what the page says', () => {
    expect(page).toContain(`<!-- bench:machines -->\n${machinesReport()}\n<!-- /bench:machines -->`);
  });

  it('keeps more workers busy with longer lives, and fewer of them with more workers', () => {
    const shares = machinesReport()
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) =>
        line
          .split(' | ')
          .slice(1)
          .map((cell) => Number.parseFloat(cell)),
      )
      .filter((cells) => cells.length === 9);
    expect(shares).toHaveLength(14);
    for (const row of shares) {
      expect(Math.max(...row)).toBeLessThanOrEqual(100);
      for (const workers of [0, 1, 2]) {
        expect(row[3 + workers]!).toBeGreaterThanOrEqual(row[workers]!);
        expect(row[6 + workers]!).toBeGreaterThanOrEqual(row[3 + workers]!);
      }
      for (const life of [0, 3, 6]) expect(row[life]!).toBeGreaterThan(row[life + 2]!);
    }
  });
});

describe('the table of faults', () => {
  it('names tests that there are', () => {
    const rows = [...page.matchAll(/`(faults|doors)\.test\.ts`: ([^|]+) \|/g)];
    expect(rows.length).toBe(11);
    for (const [, file, title] of rows) {
      const tests = readFileSync(new URL(`../queue/${file}.test.ts`, import.meta.url), 'utf8');
      expect(tests).toContain(title!.trim());
    }
  });
});
