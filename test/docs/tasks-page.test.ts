import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tasksPage } from '../../scripts/task-gallery.js';
import { tasks } from '../../src/tasks/table.js';

it('docs/tasks.md is what "npm run gallery tasks" writes', () => {
  expect(readFileSync(new URL('../../docs/tasks.md', import.meta.url), 'utf8')).toBe(tasksPage());
});

it('every task stands in the guide', () => {
  const guide = readFileSync(new URL('../../docs/guide.md', import.meta.url), 'utf8');
  expect(Object.keys(tasks).filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
});
