/** The commands of the tutorial on one's own data, taken from the page, at small size. */
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/spec/library.js';
import { type Outcome, start, workplace } from './cli.js';

const page = readFileSync(join(packageRoot, 'docs/tutorials/your-data.md'), 'utf8');
const blocks = [...page.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, kind, text]) => ({
  kind: kind!,
  text: text!,
}));
const commands = blocks.flatMap(({ kind, text }, place) =>
  kind === ''
    ? text
        .trim()
        .split('\n')
        .map((line) => ({ line, place }))
    : [],
);

/** Words of a command line; quotes keep spaces. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => (a ?? b ?? c)!);

const evolves = ([command, next]: readonly string[]) =>
  command === 'evolve' || (command === 'study' && !['show', 'resume'].includes(next!));

/** The command with what only takes time made small. */
function small(words: readonly string[]): string[] {
  if (!evolves(words)) return [...words];
  const fewer = words.map((word, i) => (words[i - 1] === '--seeds' ? '1' : word));
  return [
    ...fewer,
    '--evaluations',
    '16',
    '--set',
    'strategy.population=8',
    '--set',
    'episodes=1',
    '--set',
    'freshEpisodes=2',
  ];
}

const outcomes = new Map<string, Outcome>();

beforeAll(async () => {
  cpSync(join(packageRoot, 'examples/tutorial'), join(workplace, 'examples/tutorial'), { recursive: true });
  for (const { line } of commands) {
    const [program, ...words] = wordsOf(line);
    expect(program).toBe('baldwin');
    outcomes.set(line, await start(small(words)).outcome);
  }
}, 120_000);

describe('docs/tutorials/your-data.md', () => {
  it('has commands', () => {
    expect(commands.map(({ line }) => wordsOf(line)[1])).toEqual([
      ...['connectome', 'connectome', 'evolve', 'connectome', 'study', 'study'],
    ]);
  });

  it.each(commands)('$line runs', ({ line }) => {
    const { code, stderr } = outcomes.get(line)!;
    expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
  });

  it.each(blocks.filter(({ kind }) => /^(csv|json) /.test(kind)))('quotes $kind as it is', ({
    kind,
    text,
  }) => {
    const [language, file] = kind.split(' ');
    const found = readFileSync(join(packageRoot, 'examples/tutorial', file!), 'utf8');
    if (language === 'json') expect(text).toBe(found);
    else expect(found.startsWith(text)).toBe(true);
  });

  const quoting = commands.flatMap(({ line, place }) => {
    const next = blocks[place + 1];
    return /^baldwin connectome/.test(line) && next?.kind === 'text' ? [{ line, quoted: next.text }] : [];
  });
  it('quotes what commands print', () => expect(quoting).toHaveLength(2));
  it.each(quoting)('quotes what $line prints', ({ line, quoted }) => {
    const { stdout, stderr } = outcomes.get(line)!;
    for (const part of quoted.trim().split('\n')) {
      if (part !== '…') expect(`${stderr}\n${stdout}`).toContain(part);
    }
  });

  it('quotes what a run and a study end with', () => {
    const of = (words: string) => [...outcomes].find(([line]) => line.includes(words))![1].stdout;
    const quoted = blocks.filter(({ kind }) => kind === 'text').map(({ text }) => text.trim());
    expect(of(' evolve ')).toContain(quoted.find((text) => text.startsWith('wiring')));
    const study = quoted.find((text) => text.startsWith('Study wiring'))!;
    const headings = (text: string) =>
      text.split('\n').filter((line) => /^(arm|Claims|Targets|Study) /.test(line));
    const first = (lines: string[]) => lines.map((line) => line.trim().split(/ {2,}/)[0]);
    expect(first(headings(of(' study examples')))).toEqual(expect.arrayContaining(first(headings(study))));
  });

  it('draws its figures', () => {
    for (const file of ['crawler.png', 'wiring.svg', 'runs/wiring/runs.csv', 'runs/wiring/curves.csv']) {
      expect(existsSync(join(workplace, file))).toBe(true);
    }
  });
});
