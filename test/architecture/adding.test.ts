import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/spec/library.js';

const source = fileURLToPath(new URL('../../src', import.meta.url));

/** One part of each kind that is there already: what it took to add it is what the next one takes. */
const parts: Readonly<Record<string, { part: string; table: string }>> = {
  strategy: { part: 'strategies/openai-es.ts', table: 'strategies/table.ts' },
  cell: { part: 'network/cells/wilson.ts', table: 'network/cells/table.ts' },
  synapse: { part: 'network/synapses/nmda.ts', table: 'network/synapses/table.ts' },
  input: { part: 'network/inputs/sine.ts', table: 'network/inputs/table.ts' },
  rule: { part: 'network/plasticity/oja.ts', table: 'network/plasticity/table.ts' },
  task: { part: 'tasks/navigation/', table: 'tasks/table.ts' },
  objective: { part: 'objectives/energy.ts', table: 'objectives/table.ts' },
  'genome quantity': { part: 'genome/quantities/kind-share.ts', table: 'genome/quantities/table.ts' },
  importer: { part: 'connectome/import/matrix.ts', table: 'connectome/import/importers.ts' },
  'null model': { part: 'connectome/null-models/mirror.ts', table: 'connectome/null-models/table.ts' },
  command: { part: 'cli/genomes.ts', table: 'cli/main.ts' },
};

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesOf(path) : path.endsWith('.ts') ? [path] : [];
  });
}

const files = filesOf(source).map((path) => ({
  file: relative(source, path),
  text: readFileSync(path, 'utf8'),
  imports: [
    ...readFileSync(path, 'utf8').matchAll(
      /(?:import|export)\s+(type\s+)?\{?([^}'"]*)\}?\s*from\s+'(\.[^']+)'/g,
    ),
  ].map(([, , names, from]) => ({
    names: names!,
    target: relative(source, resolve(dirname(path), from!.replace(/\.js$/, '.ts'))),
  })),
}));

/** Imports of a part from outside of it, by the file that has them. */
const importsOf = (part: string) =>
  files.flatMap(({ file, imports }) =>
    file.startsWith(part)
      ? []
      : imports.filter(({ target }) => target.startsWith(part)).map(({ names }) => ({ file, names })),
  );

/** Lines of a table that name what it imports of a part, its import aside. */
function entryLines(table: string, names: readonly string[]): number {
  const { text } = files.find(({ file }) => file === table)!;
  const body = text.replace(/import[\s\S]*?from '[^']+';\n/g, '');
  return body.split('\n').filter((line) => names.some((name) => new RegExp(`\\b${name}\\b`).test(line)))
    .length;
}

/** Rows of the table in CONTRIBUTING.md: what is added, its file or folder, and the file that has its line. */
const documented = readFileSync(join(packageRoot, 'CONTRIBUTING.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, kind, , place] = cells;
    return kind && place?.startsWith('`src/') ? [{ kind, place: /`src\/([^`]+)`/.exec(place)![1]! }] : [];
  });

describe.each(Object.entries(parts))('adding a %s', (kind, { part, table }) => {
  const found = importsOf(part);

  it('takes its own file or folder, and one place beside it', () => {
    expect(found.map(({ file }) => file)).toEqual([table]);
  });

  it('takes an import there, and one line, two at the most', () => {
    const names = found
      .flatMap(({ names: text }) => text.split(',').map((name) => name.trim()))
      .filter(Boolean);
    const lines = entryLines(table, names);
    expect(lines).toBeGreaterThan(0);
    expect(lines).toBeLessThanOrEqual(2);
  });

  it('is documented', () => {
    expect(documented).toContainEqual({ kind, place: table });
  });
});
