import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveRun } from '../../src/evolve/resolve.js';
import { packageRoot } from '../../src/spec/library.js';
import { planStudy } from '../../src/study/plan.js';
import { parseStudySpec } from '../../src/study/study-spec.js';

const folder = join(packageRoot, 'docs');

/** The JSON of the pages that is a document of its own: a part of one begins with a field's name. */
const blocks = readdirSync(folder)
  .filter((file) => file.endsWith('.md'))
  .flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/^```json\n(.*?)^```$/gms)]
      .map(([, text]) => text!)
      .filter((text) => text.startsWith('{'))
      .map((text, i) => ({ file, i, value: JSON.parse(text) as Record<string, unknown> })),
  );

const runs = blocks.filter(({ value }) => 'task' in value && !('format' in value));
const studies = blocks.filter(({ value }) => value.format === 'study/1');

describe('what a page tells readers to write into a file', () => {
  it('is there', () => {
    expect(runs.length).toBeGreaterThan(0);
    expect(studies.length).toBeGreaterThan(0);
  });

  it.each(runs)('a run of $file resolves', async ({ file, value }) => {
    const { notices } = await resolveRun({ file: { path: file, value } });
    expect(notices).toEqual([]);
  });

  it.each(studies)('a study of $file plans its runs', async ({ file, value }) => {
    const spec = parseStudySpec(value, file);
    const base = { path: file, value: spec.base as Record<string, unknown>, recorded: false };
    const { notices } = await planStudy(spec, base, file);
    expect(notices).toEqual([]);
  });
});
