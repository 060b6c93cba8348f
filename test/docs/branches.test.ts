import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/spec/library.js';
import type { StrategyModule } from '../../src/strategies/strategy.js';
import { strategies } from '../../src/strategies/table.js';

it('docs/guide.md says of every strategy what a branch may change', () => {
  const guide = readFileSync(join(packageRoot, 'docs/guide.md'), 'utf8');
  const heading =
    '| strategy | options that a branch may change | what is scored may change |\n|---|---|---|\n';
  const rows = Object.entries(strategies as unknown as Record<string, StrategyModule>).map(
    ([name, { branching }]) => {
      const options = branching?.options.map((option) => `\`${option}\``).join(', ') || 'none';
      return `| \`${name}\` | ${options} | ${branching?.withoutScores ? 'yes' : 'no'} |\n`;
    },
  );
  expect(guide).toContain(`${heading}${rows.join('')}\n`);
});
