import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/spec/errors.js';
import { parseJson, readJsonFile, readTextFile } from '../../src/spec/json-file.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'json-file-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  expect.fail('nothing was thrown');
}

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe('readJsonFile', () => {
  it('reads JSON', () => {
    expect(readJsonFile(file('good.json', ' {"a": [1, "ä€𝄞", null]}\n'), 'spec')).toEqual({
      a: [1, 'ä€𝄞', null],
    });
  });

  it('passes over a byte-order mark', () => {
    expect(readJsonFile(file('bom.json', '\ufeff{"a": 1}'), 'spec')).toEqual({ a: 1 });
    expect(readJsonFile(file('bytes.json', Uint8Array.of(0xef, 0xbb, 0xbf, 0x37)), 'spec')).toBe(7);
    // One only, and at the beginning only.
    expect(refusal(() => parseJson('\ufeff\ufeff1', 'x', 'spec'))).toContain('not valid JSON');
  });

  it('says that there is no such file', () => {
    const path = join(folder, 'missing.json');
    expect(refusal(() => readJsonFile(path, 'run spec'))).toBe(
      `${path}: cannot read the run spec: there is no such file.`,
    );
  });

  it('says that it is a folder', () => {
    const path = join(folder, 'folder.json');
    mkdirSync(path);
    expect(refusal(() => readTextFile(path, 'run spec'))).toBe(
      `${path}: cannot read the run spec: it is a folder.`,
    );
  });

  it('says what else is wrong with a path', () => {
    const path = join(file('plain.json', '1'), 'below.json');
    expect(refusal(() => readTextFile(path, 'run spec'))).toMatch(/cannot read the run spec: ENOTDIR/);
  });

  it('keeps the cause', () => {
    try {
      readJsonFile(join(folder, 'missing.json'), 'spec');
    } catch (error) {
      expect((error as Error).cause).toMatchObject({ code: 'ENOENT' });
    }
    expect.assertions(1);
  });
});

describe('parseJson', () => {
  it.each([
    ['{"a" 1}', 1, 6],
    ['{\n  "a": 1,\n  "b" 2\n}', 3, 7],
    ['[1, 2]\n\n  x', 3, 3],
    ['\ufeff{"a": 1}\nx', 2, 1],
    ['\n\n"unfinished', 3, 12],
    ['{\r\n  "a" 1}', 2, 7],
  ])('finds the fault in %j in line %d, column %d', (text, line, column) => {
    const message = refusal(() => parseJson(text, 'my.json', 'run spec'));
    expect(message).toContain(`my.json: the run spec is not valid JSON (line ${line}, column ${column}): `);
  });

  it.each([
    '',
    '   ',
    '{',
    "{'a': 1}",
    '{"a": 1,}',
    'undefined',
    '[1 2]',
    '{"a": .5}',
    '\0\0',
  ])('refuses %j', (text) => {
    expect(refusal(() => parseJson(text, 'my.json', 'run spec'))).toMatch(
      /^my\.json: the run spec is not valid JSON.*: .+\.$/s,
    );
  });
});
