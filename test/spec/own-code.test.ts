import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parseJson } from '../../src/spec/json-file.js';
import { messageWithPlace, placeInOwnCode } from '../../src/spec/own-code.js';

const folder = mkdtempSync(join(tmpdir(), 'baldwin-own-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const thrownBy = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

describe("an error in code of one's own", () => {
  it('is told with file and line, and one in the program is not', async () => {
    const path = join(folder, 'mine.mjs');
    writeFileSync(
      path,
      'export const fails = () => {\n  return undefined.field;\n};\nexport const calls = (work) => work();\n',
    );
    const { fails, calls } = (await import(/* @vite-ignore */ `${pathToFileURL(path).href}?sha256=1`)) as {
      fails: () => void;
      calls: (work: () => unknown) => void;
    };
    const error = thrownBy(fails);
    expect(placeInOwnCode(error)).toMatch(/mine\.mjs:2:\d+$/);
    // Records of runs hold it, wherever the file stands.
    expect(messageWithPlace(error)).toMatch(/^Cannot read .* \(at mine\.mjs:2:\d+\)$/);
    // What the program throws is the program's, whoever called it.
    const refused = thrownBy(() => calls(() => parseJson('{', 'x.json', 'file')));
    expect(placeInOwnCode(refused)).toBeUndefined();
    expect(messageWithPlace('text')).toBe('text');
    const plain = new Error('from nowhere');
    plain.stack = `Error: from nowhere\n    at run (${join(process.cwd(), 'src/cli/main.ts')}:3:4)\n    at node:internal/x:1:1`;
    expect(placeInOwnCode(plain)).toBeUndefined();
  });
});
