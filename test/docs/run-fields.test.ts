import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { resolveRun } from '../../src/evolve/resolve.js';
import { packageRoot } from '../../src/spec/library.js';

it('the guide has every field of a run', async () => {
  const guide = readFileSync(join(packageRoot, 'docs/guide.md'), 'utf8');
  const table = guide.slice(guide.indexOf('| field of a run |'));
  const rows = table.slice(0, table.indexOf('\n\n'));
  const { spec } = await resolveRun({});
  const code = readFileSync(join(packageRoot, 'src/evolve/run-spec.ts'), 'utf8');
  const frame = code.slice(
    code.indexOf('const frame ='),
    code.indexOf('/** A run with every field settled.'),
  );
  const optional = [...frame.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name!);
  expect(optional).toContain('validation');
  const fields = [...new Set([...Object.keys(spec), ...optional])].filter((name) => name !== 'format');
  expect(fields.filter((name) => !rows.includes(`\`${name}\``))).toEqual([]);
});
