import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { tasks } from '../../src/tasks/table.js';

const source = fileURLToPath(new URL('../../src', import.meta.url));

/** Where a task may be named outside its folder, and why. */
const allowed: Readonly<Record<string, string>> = {
  'tasks/table.ts': 'the line of each task',
  'evolve/resolve.ts': 'the default task',
  'tasks/task-suite/options.ts': 'the tasks of a suite where none are named',
  'cli/options.ts': 'help says what the default is',
  'cli/evolve.ts': 'an example in the help',
  'cli/parameters.ts': 'an example in the help',
  'cli/score.ts': 'an example in the help',
  'cli/bench.ts': 'the benchmark of that name',
  'cli/bench-strategies.ts': 'strategies timed beside rollouts in that world',
  'bench/foraging.ts': 'a benchmark of rollouts in that world, beside C',
  'bench/rules.ts': 'rules timed in tasks whose built-in rule the form can say',
  'network/cells/fitzhugh-nagumo.ts': 'the word, of a fixed point',
  'network/cells/izhikevich.ts': 'the word bistability',
  'bench/timing.ts': 'strategies timed beside rollouts in that world',
};

// Names that others are a part of come first: what they matched is then out of the way.
const names = Object.keys(tasks).sort((a, b) => b.length - a.length);
/** The name with hyphens, in camel case, or in words. */
const patternOf = (name: string) => new RegExp(name.split('-').join('[-/ _]?'), 'gi');

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesOf(path) : path.endsWith('.ts') ? [path] : [];
  });
}

/** Names of tasks in a text, without those of the task whose folder it stands in. */
function namedIn(text: string, home: string | undefined): string[] {
  let rest = text;
  return names.filter((name) => {
    const found = patternOf(name).test(rest);
    rest = rest.replace(patternOf(name), '');
    return found && name !== home;
  });
}

const found = filesOf(source).flatMap((path) => {
  const file = relative(source, path);
  const home = /^tasks\/([^/]+)\//.exec(file)?.[1];
  const named = namedIn(`${file.replace(`tasks/${home}/`, '')}\n${readFileSync(path, 'utf8')}`, home);
  return named.length > 0 ? [{ file, named }] : [];
});

describe("tasks' names", () => {
  it('are recognised in every way of writing them', () => {
    expect(namedIn('goNoGo, Go/no-go and GO_NO_GO', undefined)).toEqual(['go-no-go']);
    expect(namedIn('PatchForagingTrace', 'patch-foraging')).toEqual([]);
    expect(namedIn('patch-foraging and foraging', 'patch-foraging')).toEqual(['foraging']);
  });

  it('stand in the folder of the task, and where they are allowed', () => {
    expect(found.filter(({ file }) => !Object.hasOwn(allowed, file))).toEqual([]);
  });

  it('are still in every place that is allowed', () => {
    const places = found.map(({ file }) => file);
    expect(Object.keys(allowed).filter((file) => !places.includes(file))).toEqual([]);
  });
});
