import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readGlossary } from '../../src/report/glossary.js';
import { packageRoot } from '../../src/spec/library.js';

const terms = new Set(
  readGlossary()
    .filter(({ idea }) => !idea)
    .flatMap((entry) => entry.terms),
);

const builders = [
  ...readdirSync(join(packageRoot, 'src/report'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `src/report/${file}`),
  'src/reproduce/report.ts',
];

/** What a builder of reports calls its fields (`['chance', …]`) and the columns of its tables. */
function labelsOf(code: string): string[] {
  const fields = [...code.matchAll(/\[\s*'([\p{L}][^'\n]*)',/gu)].map(([, label]) => label!);
  const columns = [...code.matchAll(/columns: \[(.*?)\]/gs)].flatMap(([, list]) =>
    [...list!.matchAll(/['`]([\p{L}][^'`\n]*)['`]/gu)].map(([, label]) => label!.replace(/\$\{.*\}/, 'N')),
  );
  return [...fields, ...columns].filter((label) => !label.endsWith('.'));
}

describe('the glossary', () => {
  it('reads labels from code', () => {
    const code =
      "fields: [['best', x], ['', y]]; columns: ['run', `best at $" + "{n}`], ['A whole sentence.', z]";
    expect(labelsOf(code)).toEqual(['best', 'run', 'run', 'best at N']);
  });

  it.each(builders)('explains every field and column that %s prints', (file) => {
    const labels = labelsOf(readFileSync(join(packageRoot, file), 'utf8'));
    expect(labels.flatMap((label) => label.split('; ')).filter((label) => !terms.has(label))).toEqual([]);
  });

  it('covers the reports', () => {
    const all = builders.flatMap((file) => labelsOf(readFileSync(join(packageRoot, file), 'utf8')));
    expect(all).toEqual(expect.arrayContaining(['chance', 'q75', 'effect / sd', 'rate, Hz', 'asked']));
  });
});
