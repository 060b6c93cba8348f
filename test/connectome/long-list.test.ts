import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { edgeListOptionsSchema, importEdgeList } from '../../src/connectome/import/edge-list.js';
import { SourceFile } from '../../src/connectome/import/source-file.js';
import { sha256 } from '../../src/spec/sha256.js';

const folder = mkdtempSync(join(tmpdir(), 'baldwin-list-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(text: string, name: string) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return importEdgeList([new SourceFile(path, 'list')], edgeListOptionsSchema.parse({}));
}

/** Some three pieces of a file; characters of two bytes fall on either side of every boundary. */
const rows = Array.from({ length: 90_000 }, (_, i) => {
  const [pre, post] = [(i * 7919) % 300, (i * 104_729) % 311];
  return { pre: `zéllé-é-${pre}`, post: `zéllé-é-${post}`, weight: i % 5 };
});
const lines = rows.map(({ pre, post, weight }) => `${pre},${post},${weight}`);
const list = `\ufeffpre,post,n\n${lines.join('\n')}\n`;

describe('a list longer than what is read at once', () => {
  it('gives the sums of its rows, sorted', () => {
    const { ids, chemical } = read(list, 'long.csv');
    const sums = new Map<string, number>();
    for (const { pre, post, weight } of rows) {
      sums.set(`${pre}>${post}`, (sums.get(`${pre}>${post}`) ?? 0) + weight);
    }
    const found = Array.from(chemical.pre, (pre, k): [string, number] => [
      `${ids[pre]}>${ids[chemical.post[k]!]}`,
      chemical.weight[k]!,
    ]);
    expect(new Map(found)).toEqual(sums);
    expect(found).toHaveLength(sums.size);
    const keys = Array.from(chemical.pre, (pre, k) => pre * ids.length + chemical.post[k]!);
    expect(keys).toEqual([...keys].sort((a, b) => a - b));
  });

  it('is the same with quotes', () => {
    const quoted = list.replace(/z[^,]*/g, '"$&"');
    expect(read(quoted, 'quoted.csv')).toEqual(read(list, 'long.csv'));
  });

  it.each([
    ['A,B,x\n', 'line 90002: expected the weight as a number'],
    ['A,"B,1\n', 'Quote Not Closed: the parsing is finished with an opening quote at line 90002'],
    ['A,B"C,1\n', 'Invalid Opening Quote: a quote is found on field 1 at line 90002'],
  ])('names the line of %j at its end', (line, message) => {
    expect(() => read(list + line, 'faulty.csv')).toThrow(message);
  });

  it('has the hash of its bytes', () => {
    const path = join(folder, 'hashed.csv');
    writeFileSync(path, list);
    expect(new SourceFile(path, 'list').sha256).toBe(sha256(list));
  });
});
