import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { baldwin, workplace } from './cli.js';

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

const isThere = (shell: Shell) => spawnSync(shell, ['-c', 'true']).status === 0;

/** What a shell offers for words of which the last is being typed. */
const asked: Record<Shell, (script: string, words: readonly string[]) => string[]> = {
  bash: (script, words) => [
    '-c',
    `source ${script}; COMP_WORDS=(baldwin "$@"); COMP_CWORD=$#; _baldwin; printf '%s\n' "\${COMPREPLY[@]}"`,
    'bash',
    ...words,
  ],
  // Without a terminal zsh completes nothing: what it would choose among is asked for.
  zsh: (script, words) => [
    '-fc',
    `compdef() { :; }; source ${script}; _baldwin_candidates "$@" | grep -e "^\${@[-1]}" || true`,
    'zsh',
    ...words,
  ],
  fish: (script, words) => ['-c', `source ${script}; complete -C "baldwin ${words.join(' ')}"`],
};

beforeAll(async () => {
  for (const shell of shells) {
    const { code, stdout, stderr } = await baldwin('completion', shell);
    expect([code, stderr]).toEqual([0, '']);
    writeFileSync(join(workplace, `completion.${shell}`), stdout);
  }
  for (const [root, run] of [
    ['runs', 'mine'],
    ['elsewhere', 'theirs'],
  ] as const) {
    mkdirSync(join(workplace, root, run), { recursive: true });
    writeFileSync(join(workplace, root, run, 'run.json'), '{}');
  }
  mkdirSync(join(workplace, 'runs', 'many'), { recursive: true });
  writeFileSync(join(workplace, 'runs', 'many', 'study.json'), '{}');
  mkdirSync(join(workplace, 'connectomes'), { recursive: true });
  writeFileSync(join(workplace, 'connectomes', 'my-animal.json'), '{}');
});

describe.each(shells)('completion in %s', (shell) => {
  const offers = (...words: string[]) => {
    const script = join(workplace, `completion.${shell}`);
    const { stdout, stderr } = spawnSync(shell, asked[shell](script, words), {
      cwd: workplace,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t')[0]!)
      .sort();
  };

  it.skipIf(!isThere(shell)).each<[typed: string[], found: string[]]>([
    [['ev'], ['evolve']],
    [
      ['connectome', 's'],
      ['show', 'sub'],
    ],
    [['evolve', '--strat'], ['--strategy']],
    [
      ['evolve', '--strategy', 'enomad'],
      ['enomad-ea', 'enomad-rea'],
    ],
    [
      ['evolve', '-w', '2', '-s', 'enomad'],
      ['enomad-ea', 'enomad-rea'],
    ],
    [['plot', 'mine', '--format', 's'], ['svg']],
    [
      ['show', 'm'],
      ['many', 'mine'],
    ],
    [['study', 'show', 'm'], ['many']],
    [['show', '--runs', 'elsewhere', 't'], ['theirs']],
    [['connectome', 'show', 'my-a'], ['my-animal']],
    [['evolve', '--connectome', 'my-a'], ['my-animal']],
    [
      ['genomes', 'go'],
      ['go-no-go', 'go-no-go-form'],
    ],
    [['completion', 'f'], ['fish']],
  ])('%j gives %j', (typed, found) => {
    expect(offers(...typed)).toEqual(found);
  });
});

describe('completion', () => {
  it('knows every command of the help', async () => {
    const { stdout } = await baldwin('--help');
    const commands = [...stdout.matchAll(/^ {2}([a-z]+)(?: \[options\]| |$)/gm)].map(([, name]) => name!);
    expect(commands.length).toBeGreaterThan(20);
    const script = (await baldwin('completion', 'bash')).stdout;
    const first = /'words:'\) printf '%s\\n' (.*) ;;/.exec(script)![1]!;
    for (const name of commands.filter((name) => name !== 'baldwin')) expect(first).toContain(`'${name}'`);
  });

  it('refuses a shell it does not know', async () => {
    const { code, stderr } = await baldwin('completion', 'csh');
    expect([code, stderr]).toEqual([2, expect.stringContaining('Allowed choices are bash, zsh, fish')]);
  });
});
