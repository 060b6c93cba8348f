import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const text = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

describe('the faults that were tried on studies', () => {
  it('name tests that there are', () => {
    const rows = [...text('../docs/studies.md').matchAll(/`([a-z/-]+\.test\.ts)`(?:: ([^|]+))? \|/g)];
    expect(rows.length).toBe(10);
    for (const [, file, title] of rows) expect(text(file!)).toContain((title ?? '').trim());
  });
});
