import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/spec/errors.js';
import { moduleHash } from '../../../src/spec/parts/module-files.js';
import { fittingFields, loadPart, type PartTable, partOf } from '../../../src/spec/parts/part.js';

interface Greeting {
  greet(): string;
}

const greetings: PartTable<Greeting> = {
  what: 'greeting',
  entries: { plain: { greet: () => 'hello' } },
  adopt: (value, source) => {
    return fittingFields(value, 'greeting', source, {
      greet: { expected: 'a function', fits: (field) => typeof field === 'function' },
    }) as unknown as Greeting;
  },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'baldwin-parts-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const load = (path: string, extra: object = {}) => loadPart(greetings, { name: path, ...extra }, 'run.json');

describe('parts', () => {
  it('are the program’s by name, with the nearest names for one that is not known', async () => {
    const spec = await loadPart(greetings, { name: 'plain', loud: true }, 'run.json');
    expect(spec).toEqual({ name: 'plain', loud: true });
    expect(partOf(greetings, spec).greet()).toBe('hello');
    expect(() => partOf(greetings, { name: 'plian' })).toThrow(
      /Unknown greeting "plian"\. Did you mean "plain"/,
    );
  });

  it('are a user’s by path, told by the file’s name and what it holds', async () => {
    const path = written('mine.mjs', "export default { greet: () => 'hi' };");
    const spec = await load(path, { loud: true });
    expect(spec).toEqual({ name: 'mine', module: { path, sha256: await moduleHash(path) }, loud: true });
    expect(partOf(greetings, spec).greet()).toBe('hi');
    // A spec that holds all of it loads the same again.
    expect(await loadPart(greetings, spec, 'run.json')).toEqual(spec);
  });

  it('that have changed since are refused by name, those that only moved are not', async () => {
    written('deep/word.mjs', "export const word = 'ho';");
    const path = written(
      'deep/part.mjs',
      "import { word } from './word.mjs'; export default { greet: () => word };",
    );
    const spec = await load(path);
    renameSync(join(folder, 'deep'), join(folder, 'moved'));
    const moved = join(folder, 'moved/part.mjs');
    expect(await moduleHash(moved)).toBe(spec.module!.sha256);
    writeFileSync(join(folder, 'moved/word.mjs'), "export const word = 'ha';");
    await expect(
      loadPart(greetings, { ...spec, module: { ...spec.module!, path: moved } }, 'run.json'),
    ).rejects.toThrow(
      /run\.json: greeting\.module: .*part\.mjs: expected SHA-256 .* found .*has changed since/,
    );
  });

  it.each([
    ['no default export', 'export const greet = 1;', /expected a default export, found greet/],
    [
      'a default export of another kind',
      'export default 7;',
      /expected a greeting as the default export, found number/,
    ],
    ['a missing field', 'export default {};', /greet: expected a function, found nothing/],
    [
      'an unknown field',
      'export default { greet() {}, gret: 1 };',
      /gret: unknown field\. Did you mean "greet"/,
    ],
    ['a mistake of syntax', 'export default {', /it is not a module that can be read/],
    [
      'a missing import',
      "import './none.mjs'; export default {};",
      /imports "\.\/none\.mjs", and there is no such file/,
    ],
    ['an error while it is loaded', "throw new Error('no way');", /cannot be imported: no way/],
  ])('of users with %s are refused by file and reason', async (name, text, message) => {
    const path = written(`${name.replaceAll(' ', '-')}.mjs`, text);
    const failure = load(path);
    await expect(failure).rejects.toThrow(UsageError);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toThrow(path);
  });

  it('that are not there are refused', async () => {
    await expect(load(join(folder, 'absent.mjs'))).rejects.toThrow(/there is no such file/);
  });
});

describe('the hash of a module', () => {
  it('covers what it imports by relative path, however deep and in whatever circle, and nothing else', async () => {
    written('h/c.mjs', "import './a.mjs'; export const c = 1;");
    written('h/b.mjs', "export { c } from './c.mjs'; export const lazy = () => import('./d.mjs');");
    written('h/d.mjs', 'export const d = 1;');
    written('h/other.mjs', 'export const other = 1;');
    const path = written('h/a.mjs', "import { c } from './b.mjs'; import 'node:fs'; export default c;");
    const before = await moduleHash(path);
    written('h/other.mjs', 'export const other = 2;');
    expect(await moduleHash(path)).toBe(before);
    written('h/c.mjs', "import './a.mjs'; export const c = 2;");
    const changed = await moduleHash(path);
    expect(changed).not.toBe(before);
    written('h/d.mjs', 'export const d = 2;');
    expect(await moduleHash(path)).not.toBe(changed);
  });
});
