import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/spec/errors.js';
import { libraryFile, libraryNames, packageRoot } from '../../src/spec/library.js';

const connectomes = { folder: 'connectomes', item: 'connectome' };
const shipped = 'c-elegans-openworm';

const home = process.cwd();
let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'library-')));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

function own(...files: string[]): void {
  mkdirSync('connectomes', { recursive: true });
  for (const file of files) writeFileSync(join('connectomes', file), '{}');
}

function refusal(name: string): string {
  try {
    libraryFile(connectomes, name);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  expect.fail('nothing was thrown');
}

describe('a library', () => {
  it('holds what is shipped, wherever it is called from', () => {
    expect(libraryFile(connectomes, shipped)).toBe(join(packageRoot, 'connectomes', `${shipped}.json`));
    expect(libraryNames(connectomes)).toContain(shipped);
  });

  it('holds what the user has, before what is shipped', () => {
    own('my-worm.json', `${shipped}.json`);
    expect(libraryFile(connectomes, 'my-worm')).toBe(join(folder, 'connectomes', 'my-worm.json'));
    expect(libraryFile(connectomes, shipped)).toBe(join(folder, 'connectomes', `${shipped}.json`));
  });

  it('names each item once, sorted, and neither its schema nor other files', () => {
    own('Zebra.json', 'ant.json', 'zoo.json', 'schema.json', 'README.md', 'json');
    const names = libraryNames(connectomes);
    expect(names).toContain('Zebra');
    expect(names.indexOf('Zebra')).toBeLessThan(names.indexOf('ant'));
    expect(names).toContain(shipped);
    expect(names).toEqual([...names].sort());
    for (const other of ['schema', 'README', 'README.md', '', 'recipes']) expect(names).not.toContain(other);
    own(`${shipped}.json`);
    expect(libraryNames(connectomes)).toEqual(names);
  });

  it('is the same in the package itself', () => {
    process.chdir(packageRoot);
    expect(libraryNames(connectomes).filter((name) => name === shipped)).toHaveLength(1);
  });

  it('is empty where there is no such folder', () => {
    expect(libraryNames({ folder: 'no-such-folder', item: 'thing' })).toEqual([]);
  });

  it('takes paths: with a separator or ending in .json', () => {
    own('my-worm.json');
    writeFileSync('bare.json', '{}');
    writeFileSync('extensionless', '{}');
    expect(libraryFile(connectomes, 'bare.json')).toBe(join(folder, 'bare.json'));
    expect(libraryFile(connectomes, './extensionless')).toBe(join(folder, 'extensionless'));
    expect(libraryFile(connectomes, 'connectomes/my-worm.json')).toBe(
      join(folder, 'connectomes/my-worm.json'),
    );
    expect(libraryFile(connectomes, join(folder, 'bare.json'))).toBe(join(folder, 'bare.json'));
  });

  it('refuses a path that leads nowhere, without looking for the name', () => {
    own('my-worm.json');
    expect(refusal('my-worm.json')).toBe('my-worm.json: there is no such connectome file.');
    expect(refusal('./my-worm')).toBe('./my-worm: there is no such connectome file.');
  });

  it('names the nearest to an unknown name, of both folders, and says that paths work', () => {
    own('c-elegans-mine.json');
    const message = refusal('c-elegans-min');
    expect(message).toMatch(/^Unknown connectome "c-elegans-min"\. Did you mean "c-elegans-mine"/);
    expect(message).toContain('A path to a connectome file (ending in .json) also works.');
    expect(refusal('c-elegans-openwrm')).toContain(`"${shipped}"`);
    // The schema beside the items is none of them.
    expect(refusal('shema')).not.toContain('"schema"');
  });
});
