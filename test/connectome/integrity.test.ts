import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  connectomeFromTable,
  loadConnectome,
  parseConnectome,
  tableHash,
} from '../../src/connectome/load.js';
import type { ConnectomeTable } from '../../src/connectome/schema.js';
import { UsageError } from '../../src/spec/errors.js';
import { smallTable } from './small-table.js';

/** The message with which a table is refused after one change. */
function refusal(change: (table: ConnectomeTable) => void): string {
  const table = smallTable();
  change(table);
  try {
    connectomeFromTable(table, 'some/table.json');
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  throw new Error('the table was accepted');
}

type Case = [what: string, change: (table: ConnectomeTable) => void, expected: string];
const cases: Case[] = [
  [
    'a source outside the cells',
    (t) => (t.chemical.pre[3] = 5),
    'chemical.pre[3]: expected the index of a cell, 0 to 4, found 5',
  ],
  [
    'a target outside the cells',
    (t) => (t.chemical.post[0] = 17),
    'chemical.post[0]: expected the index of a cell',
  ],
  [
    'a negative index',
    (t) => (t.chemical.pre[0] = -1),
    'chemical.pre[0]: expected a number of at least 0, found -1',
  ],
  ['a fractional index', (t) => (t.chemical.pre[0] = 0.5), 'chemical.pre[0]: expected a whole number'],
  [
    'sources out of order',
    (t) => (t.chemical.pre = [1, 0, 0, 2]),
    'chemical.pre[1]: expected entries sorted by (pre, post)',
  ],
  [
    'targets out of order',
    (t) => (t.chemical.post = [2, 1, 2, 4]),
    'found AL -> AR after AL -> B; sort them',
  ],
  [
    'a pair twice',
    (t) => (t.chemical.post = [2, 2, 2, 4]),
    'chemical.pre[1]: the pair AL -> B is given twice',
  ],
  [
    'a negative weight',
    (t) => (t.chemical.weight[0] = -2),
    'chemical.weight[0]: expected a number of at least 0, found -2',
  ],
  [
    'a sign too few',
    (t) => (t.chemical.sign = '+0-'),
    'chemical.sign: expected 4 entries, as many as chemical.pre, found 3',
  ],
  [
    'another sign character',
    (t) => (t.chemical.sign = '+0-x'),
    'chemical.sign: expected only the characters +, - and 0',
  ],
  ['a basis too many', (t) => (t.chemical.signBasis = 'tttut'), 'chemical.signBasis: expected 4 entries'],
  [
    'a basis without a legend',
    (t) => (t.chemical.signBasis = 'ttfu'),
    'chemical.signBasis: the code "f" is not explained in chemical.signBasisLegend',
  ],
  [
    'a target too few',
    (t) => t.chemical.post.pop(),
    'chemical.post: expected 4 entries, as many as chemical.pre, found 3',
  ],
  ['a weight too few', (t) => t.chemical.weight.pop(), 'chemical.weight: expected 4 entries'],
  [
    'a zero weight with a sign',
    (t) => (t.chemical.sign = '++-0'),
    'chemical.sign[1]: AL -> B has weight 0 and sign "+"; a zero weight takes the sign "0"',
  ],
  [
    'a weight without a sign',
    (t) => (t.chemical.sign = '00-0'),
    'chemical.sign[0]: AL -> AR has weight 2 and sign "0"; give "+" or "-", or the code "u"',
  ],
  ['a junction with a > b', (t) => (t.gap!.a = [0, 3]), 'gap.a[1]: expected a <= b, found 3 > 2'],
  ['a junction outside the cells', (t) => (t.gap!.b = [2, 9]), 'gap.b[1]: expected the index of a cell'],
  ['a junction twice', (t) => (t.gap!.a = [2, 2]), 'gap.a[1]: the pair B -> B is given twice'],
  [
    'a negative junction',
    (t) => (t.gap!.weight = [3, -1]),
    'gap.weight[1]: expected a number of at least 0, found -1',
  ],
  ['a flag without a legend', (t) => (t.gap!.flag = 'cx'), 'gap.flag: the code "x" is not explained'],
  ['a flag too few', (t) => (t.gap!.flag = 'c'), 'gap.flag: expected 2 entries, as many as gap.a, found 1'],
  [
    'a cell id twice',
    (t) => (t.cells.rows[1]![0] = 'AL'),
    'cells.rows[1]: the id "AL" is already that of cells.rows[0]',
  ],
  [
    'an empty id',
    (t) => (t.cells.rows[1]![0] = ''),
    'cells.rows[1][0] (id): expected a name without spaces around it, found ""',
  ],
  [
    'an unknown kind',
    (t) => (t.cells.rows[1]![2] = 'x'),
    'cells.rows[1][2] (kind): expected "n" (neuron), "m" (muscle) or "o" (other), found "x"',
  ],
  [
    'an unknown role',
    (t) => (t.cells.rows[1]![3] = 'ms'),
    'cells.rows[1][3] (role): expected a subset of "sim"',
  ],
  [
    'an empty transmitter',
    (t) => (t.cells.rows[1]![4] = 'ACh+'),
    'cells.rows[1][4] (transmitters): expected names joined by +',
  ],
  [
    'a position in words',
    (t) => (t.cells.rows[1]![6] = 'left'),
    'cells.rows[1][6] (x): expected a number (micrometres) or null',
  ],
  ['a short row', (t) => t.cells.rows[2]!.pop(), 'cells.rows[2]: expected 10 values, one a column, found 9'],
  ['a missing column', (t) => (t.cells.columns[2] = 'role'), 'cells.columns: the column "kind" is missing'],
  [
    'a column twice',
    (t) => (t.cells.columns[5] = 'modalities'),
    'cells.columns[9]: "modalities" stands there twice',
  ],
  [
    'an axis alone',
    (t) => t.cells.columns.splice(6, 1, 'ganglion'),
    'cells.columns: expected all of x, y and z or none, found y and z alone',
  ],
  [
    'an alias to nothing',
    (t) => (t.aliases = { Old: 'BB' }),
    'aliases["Old"]: unknown cell "BB". Did you mean "B"',
  ],
  ['an alias over an id', (t) => (t.aliases = { AL: 'B' }), 'aliases["AL"]: "AL" is a cell\'s own id'],
  [
    'a releasing cell outside',
    (t) => (t.modulators![0]!.release = [0, 5]),
    'modulators[0].release[1]: expected the index of a cell',
  ],
  [
    'releasing cells out of order',
    (t) => (t.modulators![0]!.release = [1, 1]),
    'modulators[0].release[1]: expected ascending indices, found 1 after 1',
  ],
  [
    'a receptor outside',
    (t) => (t.modulators![0]!.receptors[0]!.cells = [8]),
    'modulators[0].receptors[0].cells[0]: expected the index',
  ],
  ['another count', (t) => (t.counts!.neurons = 302), 'counts.neurons: the table declares 302 and holds 3'],
  [
    'another sum',
    (t) => (t.counts!.chemicalWeight = 8),
    'counts.chemicalWeight: the table declares 8 and holds 7.5',
  ],
  [
    'another hash',
    (t) => (t.hash = 'a'.repeat(64)),
    `hash: the table declares ${'a'.repeat(64)}, its content gives `,
  ],
  ['a hash that is none', (t) => (t.hash = 'abc'), 'hash: expected 64 lower-case hexadecimal digits'],
  [
    'another format',
    (t) => ((t as { format: string }).format = 'connectome-table/2'),
    'format: expected "connectome-table/1", found "connectome-table/2"',
  ],
  [
    'an unknown field',
    (t) => Object.assign(t, { chemicals: [] }),
    'chemicals: unknown field. Did you mean "chemical"?',
  ],
  [
    'an exclusion without reason',
    (t) => (t.excluded = [{ cell: 'X' } as never]),
    'excluded[0].reason: expected a string, found nothing',
  ],
  ['no cells', (t) => (t.cells.rows = []), 'cells.rows: expected at least 1 item'],
];

describe('a table is refused, with file and field, for', () => {
  it.each(cases)('%s', (_, change, expected) => {
    const message = refusal(change);
    expect(message).toMatch(/^some\/table\.json: /);
    expect(message).toContain(expected);
  });

  it('many faults: it tells ten and counts the rest', () => {
    const message = refusal((table) => {
      table.cells.rows = Array.from({ length: 25 }, () => ['A', 'A', 'q', '', '', '', 0, 0, 0, '']);
    });
    expect(message.split('\n')).toHaveLength(12);
    expect(message).toContain('  … and 15 more');
  });
});

describe('what a table declares of itself', () => {
  it('is accepted when it fits, the hash without its own field', () => {
    const table = smallTable();
    table.hash = tableHash(table);
    expect(tableHash(table)).toBe(table.hash);
    expect(connectomeFromTable(table, 'x').hash).toBe(table.hash);
  });

  it('leads to advice when it does not', () => {
    const message = refusal((table) => {
      table.hash = tableHash(table);
      table.chemical.weight[0] = 3;
    });
    expect(message).toContain('counts.chemicalWeight: the table declares 7.5 and holds 8.5');
    expect(message).toContain('hash: the table declares');
    expect(message).toContain('restore it or import it again');
    expect(message).toContain('remove the `hash` field');
  });
});

describe('loadConnectome', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'baldwin-connectome-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('takes a path', () => {
    const path = join(folder, 'mine.json');
    writeFileSync(path, `\ufeff${JSON.stringify(smallTable())}`);
    expect(loadConnectome(path)).toEqual(connectomeFromTable(smallTable(), path));
  });

  it('names the file of broken JSON', () => {
    const path = join(folder, 'broken.json');
    writeFileSync(path, '{\n "format": oops }');
    expect(() => loadConnectome(path)).toThrow(`${path}: the connectome is not valid JSON`);
  });

  it('names near connectomes', () => {
    expect(() => loadConnectome('c-elegans-openwurm')).toThrow(
      'Unknown connectome "c-elegans-openwurm". Did you mean "c-elegans-openworm"',
    );
    expect(() => loadConnectome(join(folder, 'absent.json'))).toThrow(UsageError);
  });

  it('refuses numbers that JSON cannot hold', () => {
    const text = JSON.stringify(smallTable()).replace('2.5', '1e999');
    expect(() => parseConnectome(text, 'x.json')).toThrow(/x\.json: .*\n {2}chemical\.weight\[3\]: expected/);
  });
});
