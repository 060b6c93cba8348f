import { UsageError } from '../../spec/errors.js';
import { describeValue } from '../../spec/validate.js';
import { canonicalName, type Naming } from '../names.js';
import { ProblemList } from '../problems.js';
import type { CellKind } from '../schema.js';
import { transmitterNames } from '../transmitters.js';
import type { Annotations } from './annotations.js';
import { plainHeader, unreadColumns } from './columns.js';
import { readDelimited } from './delimited.js';
import { placeIn, placeWithin, type SourceText } from './graph.js';

/** A list of cells: what connections may name, and what is known of each. */
export interface CellList {
  ids: string[];
  kinds: Map<string, CellKind>;
  /** Where the list has the column. */
  classes: Map<string, string>;
  /** By the ids of a graph, in its order. */
  annotations: (ids: readonly string[]) => Annotations;
  /** Columns that were not read. */
  notices: string[];
}

const headers: Record<string, string> = {
  id: 'id',
  name: 'id',
  cell: 'id',
  class: 'class',
  type: 'class',
  kind: 'kind',
  role: 'role',
  transmitter: 'transmitters',
  transmitters: 'transmitters',
  neurotransmitter: 'transmitters',
  ganglion: 'ganglion',
  modalities: 'modalities',
  x: 'x',
  y: 'y',
  z: 'z',
  'x um': 'x',
  'y um': 'y',
  'z um': 'z',
};

/** The column of a list of cells that a header, or an attribute of another format, stands for. */
export const cellColumn = (header: string): string | undefined =>
  Object.hasOwn(headers, plainHeader(header)) ? headers[plainHeader(header)] : undefined;

const roleWords: Record<string, string> = {
  sensory: 's',
  inter: 'i',
  interneuron: 'i',
  interneurons: 'i',
  motor: 'm',
  motorneuron: 'm',
  motoneuron: 'm',
  neuron: '',
  neurons: '',
  and: '',
};

/** A role as a subset of "sim", from its letters or from words such as "sensory; motor neuron". */
export function roleLetters(role: string): string | undefined {
  if (/^s?i?m?$/.test(role)) return role;
  const words = role.toLowerCase().match(/[a-z]+/g) ?? [];
  const letters = words.map((word) => (Object.hasOwn(roleWords, word) ? roleWords[word]! : '?')).join('');
  if (letters === '' || letters.includes('?')) return undefined;
  return [...'sim'].filter((letter) => letters.includes(letter)).join('');
}

const kinds: Record<string, CellKind> = {
  n: 'n',
  neuron: 'n',
  m: 'm',
  muscle: 'm',
  o: 'o',
  other: 'o',
  '': 'n',
};

/** What is wrong with a row, or nothing. */
function faultOf(row: ReadonlyMap<string, string>, first: string | undefined): string | undefined {
  const id = row.get('id')!;
  if (id === '') return 'the cell has no name';
  if (first !== undefined) return `the cell "${id}" was already given at ${first}; remove one`;
  const kind = row.get('kind')?.toLowerCase() ?? '';
  if (!Object.hasOwn(kinds, kind))
    return `kind: expected neuron, muscle or other, found ${describeValue(kind)}`;
  const role = row.get('role') ?? '';
  if (roleLetters(role) === undefined) {
    return `role: expected a subset of "sim" (sensory, inter, motor) in that order, or these words, found ${describeValue(role)}`;
  }
  for (const axis of ['x', 'y', 'z']) {
    const value = row.get(axis) ?? '';
    if (value !== '' && !Number.isFinite(Number(value))) {
      return `${axis}: expected a number of micrometres, found ${describeValue(value)}`;
    }
  }
  return undefined;
}

/** Whether two entries of a column say the same, `n` and `Neuron` or `1` and `1.0` too. */
function same(column: string, one: string, other: string): boolean {
  if (column === 'kind') return kinds[one.toLowerCase()] === kinds[other.toLowerCase()];
  if (column === 'role') return roleLetters(one) === roleLetters(other);
  return one === other || Number(one) === Number(other);
}

/** Fills what is empty in `known` from another list's row of the same cell; what differs is a fault. */
function contradiction(known: Map<string, string>, row: ReadonlyMap<string, string>): string | undefined {
  for (const [column, value] of row) {
    const before = known.get(column) ?? '';
    if (before === '') known.set(column, value);
    else if (value !== '' && column !== 'id' && !same(column, value, before)) {
      return `${column} of the cell "${row.get('id')}": found ${describeValue(value)}, and ${describeValue(before)} in a file before; make them equal`;
    }
  }
  return undefined;
}

/**
 * Reads lists of cells: CSV or TSV with the header `id` and any of class, kind, role, transmitters, ganglion, x_um, y_um,
 * z_um and modalities. A cell may stand once in each list; what one leaves empty another may fill in. Throws a
 * {@link UsageError} that names the lines of the first ten faults.
 */
export function readCells(files: readonly SourceText[], naming: Naming): CellList {
  const rows = new Map<string, Map<string, string>>();
  const problems = new ProblemList();
  const found = new Set<string>();
  const notices: string[] = [];
  for (const file of files) {
    const lines = new Map<string, number>();
    readDelimited(
      file,
      (header) => cellColumn(header) !== undefined,
      ({ headers: given }) => {
        const columns = given.map(cellColumn);
        if (!columns.includes('id')) {
          throw new UsageError(
            `${file.source}: there is no column "id". Found: ${given.slice(0, 20).join(', ')}. Name the cells' column id.`,
          );
        }
        for (const column of columns) if (column) found.add(column);
        for (const column of found) {
          if (columns.indexOf(column) !== columns.lastIndexOf(column)) {
            throw new UsageError(
              `${file.source}: several columns say "${column}": ${given.filter((_, i) => columns[i] === column).join(', ')}. Leave one.`,
            );
          }
        }
        notices.push(
          ...unreadColumns(
            file.source,
            given.filter((_, i) => columns[i] === undefined),
          ),
        );
        return (cells, line) => {
          const row = new Map(
            columns.flatMap((column, i) => (column ? [[column, cells[i] ?? ''] as const] : [])),
          );
          const id = canonicalName(row.get('id')!, naming);
          const merged = new Map(rows.get(id) ?? row);
          const fault =
            faultOf(row, lines.has(id) ? placeWithin(file, lines.get(id)!) : undefined) ??
            contradiction(merged, row);
          if (fault !== undefined) problems.add(`${placeIn(file, line)}: ${fault}.`);
          lines.set(id, line);
          rows.set(id, merged);
        };
      },
    );
  }
  problems.throwIfAny('The list of cells cannot be read.');
  const of = (id: string, column: string) => rows.get(id)?.get(column) ?? '';
  const list = (joined: string) => joined.split(/[+;]/).flatMap((part) => (part.trim() ? [part.trim()] : []));
  const position = (id: string) => {
    const given = ['x', 'y', 'z'].map((axis) => of(id, axis));
    return given.every((value) => value !== '') ? (given.map(Number) as [number, number, number]) : undefined;
  };
  return {
    ids: [...rows.keys()],
    kinds: new Map([...rows].map(([id, row]) => [id, kinds[row.get('kind')?.toLowerCase() ?? '']!])),
    classes: found.has('class')
      ? new Map([...rows.keys()].map((id) => [id, of(id, 'class') || id]))
      : new Map(),
    annotations: (ids) => ({
      ...(found.has('role') ? { roles: ids.map((id) => roleLetters(of(id, 'role'))!) } : {}),
      ...(found.has('transmitters')
        ? { transmitters: ids.map((id) => transmitterNames(of(id, 'transmitters'))) }
        : {}),
      ...(found.has('ganglion') ? { ganglia: ids.map((id) => of(id, 'ganglion')) } : {}),
      ...(found.has('x') ? { positionsUm: ids.map(position) } : {}),
      ...(found.has('modalities') ? { modalities: ids.map((id) => list(of(id, 'modalities'))) } : {}),
    }),
    notices,
  };
}
