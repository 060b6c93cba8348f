import { createHash } from 'node:crypto';
import { parseJson, readTextFile } from '../spec/json-file.js';
import { type Library, libraryFile, libraryNames } from '../spec/library.js';
import { describeValue, validate } from '../spec/validate.js';
import type { Cells, Connectome } from './connectome.js';
import { countConnectome } from './counts.js';
import { integrityProblems } from './integrity.js';
import { ProblemList } from './problems.js';
import { type CellColumn, type CellKind, type ConnectomeTable, cellKinds, tableSchema } from './schema.js';

const library: Library = { folder: 'connectomes', item: 'connectome' };

/**
 * Canonical JSON (RFC 8785) of a sound table, part by part. Lists of numbers are written as a whole: they may hold
 * millions.
 */
function* canonicalParts(value: unknown): Generator<string> {
  if (value === null || typeof value !== 'object') yield JSON.stringify(value);
  else if (Array.isArray(value)) {
    if (value.every((item) => item === null || typeof item !== 'object')) yield JSON.stringify(value);
    else {
      for (const [i, item] of value.entries()) {
        yield i === 0 ? '[' : ',';
        yield* canonicalParts(item);
      }
      yield ']';
    }
  } else {
    const fields = Object.entries(value).filter(([, item]) => item !== undefined);
    fields.sort(([a], [b]) => (a < b ? -1 : 1));
    yield '{';
    for (const [i, [key, item]] of fields.entries()) {
      yield `${i === 0 ? '' : ','}${JSON.stringify(key)}:`;
      yield* canonicalParts(item);
    }
    yield '}';
  }
}

/** The hash a table declares: SHA-256 of its canonical JSON without the `hash` field. */
export function tableHash(table: ConnectomeTable): string {
  const { hash: _declared, ...rest } = table;
  const hash = createHash('sha256');
  for (const part of canonicalParts(rest)) hash.update(part);
  return hash.digest('hex');
}

type CellValue = ConnectomeTable['cells']['rows'][number][number];

/** What each column holds: a test and the words for it in a message. */
const columnRules: Record<CellColumn, { accepts: (value: CellValue) => boolean; expected: string }> = (() => {
  const name = {
    accepts: (value: CellValue) => typeof value === 'string' && value !== '' && value.trim() === value,
    expected: 'a name without spaces around it',
  };
  const list = {
    accepts: (value: CellValue) =>
      typeof value === 'string' && (value === '' || value.split('+').every((part) => part.trim() !== '')),
    expected: 'names joined by +, or an empty string',
  };
  const coordinate = {
    accepts: (value: CellValue) => value === null || typeof value === 'number',
    expected: 'a number (micrometres) or null',
  };
  return {
    id: name,
    class: name,
    kind: {
      accepts: (value: CellValue) => (cellKinds as readonly CellValue[]).includes(value),
      expected: '"n" (neuron), "m" (muscle) or "o" (other)',
    },
    role: {
      accepts: (value: CellValue) => typeof value === 'string' && /^s?i?m?$/.test(value),
      expected: 'a subset of "sim" in that order (sensory, inter, motor), or an empty string',
    },
    transmitters: list,
    ganglion: { accepts: (value: CellValue) => typeof value === 'string', expected: 'a string' },
    x: coordinate,
    y: coordinate,
    z: coordinate,
    modalities: list,
  };
})();

/** Checks what must hold before a table can be turned into arrays: columns, rows and equal lengths. */
function checkShape(table: ConnectomeTable): ProblemList {
  const problems = new ProblemList();
  const { columns, rows } = table.cells;
  for (const required of ['id', 'class', 'kind'] as const) {
    if (!columns.includes(required)) problems.add(`cells.columns: the column "${required}" is missing.`);
  }
  for (const [i, column] of columns.entries()) {
    if (columns.indexOf(column) !== i) problems.add(`cells.columns[${i}]: "${column}" stands there twice.`);
  }
  const axes = (['x', 'y', 'z'] as const).filter((axis) => columns.includes(axis));
  if (axes.length % 3 !== 0) {
    problems.add(`cells.columns: expected all of x, y and z or none, found ${axes.join(' and ')} alone.`);
  }
  for (const [i, row] of rows.entries()) {
    if (row.length !== columns.length) {
      problems.add(`cells.rows[${i}]: expected ${columns.length} values, one a column, found ${row.length}.`);
      continue;
    }
    for (const [j, column] of columns.entries()) {
      const { accepts, expected } = columnRules[column];
      if (!accepts(row[j]!)) {
        problems.add(
          `cells.rows[${i}][${j}] (${column}): expected ${expected}, found ${describeValue(row[j])}.`,
        );
      }
    }
  }
  const sameLength = (path: string, found: { length: number } | undefined, entries: number, as: string) => {
    if (found !== undefined && found.length !== entries) {
      problems.add(
        `${path}: expected ${entries} entries, as many as ${as}, found ${found.length}; restore the missing ones.`,
      );
    }
  };
  const { chemical, gap } = table;
  for (const key of ['post', 'weight', 'sign', 'signBasis'] as const) {
    sameLength(`chemical.${key}`, chemical[key], chemical.pre.length, 'chemical.pre');
  }
  for (const key of ['b', 'weight', 'flag'] as const) {
    sameLength(`gap.${key}`, gap?.[key], gap?.a.length ?? 0, 'gap.a');
  }
  sameLength(
    'gap.capped.published',
    gap?.capped?.published,
    gap?.capped?.index.length ?? 0,
    'gap.capped.index',
  );
  for (const [i, place] of (gap?.capped?.index ?? []).entries()) {
    if (place >= gap!.a.length) {
      problems.add(
        `gap.capped.index[${i}]: expected a place of gap, 0 to ${gap!.a.length - 1}, found ${place}.`,
      );
    }
  }
  return problems;
}

function toCells(table: ConnectomeTable): Cells {
  const { columns, rows } = table.cells;
  const column = (name: CellColumn): CellValue[] | undefined => {
    const j = columns.indexOf(name);
    return j < 0 ? undefined : rows.map((row) => row[j]!);
  };
  const words = (name: CellColumn): string[] => (column(name) ?? rows.map(() => '')) as string[];
  const lists = (name: CellColumn): string[][] =>
    words(name).map((joined) => (joined === '' ? [] : joined.split('+').map((part) => part.trim())));
  const cells: Cells = {
    count: rows.length,
    ids: words('id'),
    classes: words('class'),
    kinds: words('kind') as CellKind[],
    roles: words('role'),
    transmitters: lists('transmitters'),
  };
  if (columns.includes('ganglion')) cells.ganglia = words('ganglion');
  if (columns.includes('modalities')) cells.modalities = lists('modalities');
  const axes = (['x', 'y', 'z'] as const).map(column);
  if (axes[0] !== undefined) {
    cells.positionsUm = Float64Array.from({ length: 3 * rows.length }, (_, k) => {
      const value = axes[k % 3]![Math.floor(k / 3)];
      return typeof value === 'number' ? value : Number.NaN;
    });
  }
  return cells;
}

const signValue: Record<string, number> = { '+': 1, '-': -1, '0': 0 };

function toConnectome(table: ConnectomeTable): Connectome {
  const { chemical, gap } = table;
  return {
    id: table.id,
    species: table.species,
    sex: table.sex,
    stage: table.stage,
    weightUnit: table.weightUnit,
    hash: tableHash(table),
    licence: table.licence,
    citation: table.citation,
    notes: table.notes ?? [],
    sources: table.sources,
    cells: toCells(table),
    chemical: {
      count: chemical.pre.length,
      pre: Int32Array.from(chemical.pre),
      post: Int32Array.from(chemical.post),
      weight: Float64Array.from(chemical.weight),
      sign: new Int8Array(chemical.sign.length).map((_, k) => signValue[chemical.sign[k]!]!),
      ...(chemical.signBasis === undefined ? {} : { signBasis: chemical.signBasis }),
      ...(chemical.signBasisLegend === undefined ? {} : { signBasisLegend: chemical.signBasisLegend }),
    },
    gap: {
      count: gap?.a.length ?? 0,
      a: Int32Array.from(gap?.a ?? []),
      b: Int32Array.from(gap?.b ?? []),
      weight: Float64Array.from(gap?.weight ?? []),
      flag: gap?.flag ?? '.'.repeat(gap?.a.length ?? 0),
      ...(gap?.flagLegend === undefined ? {} : { flagLegend: gap.flagLegend }),
      ...(gap?.capped === undefined ? {} : { capped: gap.capped }),
    },
    modulators: table.modulators ?? [],
    aliases: table.aliases ?? {},
    excluded: table.excluded ?? [],
  };
}

/** Compares what a table says of itself with what it holds. */
function checkDeclared(table: ConnectomeTable, connectome: Connectome): ProblemList {
  const problems = new ProblemList();
  const found = countConnectome(connectome);
  for (const [key, declared] of Object.entries(table.counts ?? {})) {
    const actual = found[key as keyof typeof found];
    // Sums of decimal fractions may be declared to fewer places than they are added to.
    if (declared !== undefined && Math.abs(actual - declared) > 1e-6 * Math.max(1, declared)) {
      problems.add(`counts.${key}: the table declares ${declared} and holds ${actual}.`);
    }
  }
  if (table.hash !== undefined && table.hash !== connectome.hash) {
    problems.add(`hash: the table declares ${table.hash}, its content gives ${connectome.hash}.`);
  }
  return problems;
}

/**
 * Checks a parsed table and turns it into typed arrays. `source` names it in messages. Throws a
 * {@link UsageError} that lists the faults with the paths of their fields.
 */
export function connectomeFromTable(value: unknown, source: string): Connectome {
  const table = validate(tableSchema, value, { source }, 'connectome table');
  const heading = `${source}: not a consistent connectome table.`;
  checkShape(table).throwIfAny(heading);
  const connectome = toConnectome(table);
  integrityProblems(connectome).throwIfAny(heading);
  checkDeclared(table, connectome).throwIfAny(
    `${source}: the table does not hold what it declares.`,
    'If the file was changed by accident, restore it or import it again. After an intended edit, correct `counts` ' +
      'and remove the `hash` field.',
  );
  return connectome;
}

/** Names of the connectomes at hand: those in the working directory's `connectomes` folder and the shipped ones. */
export function connectomeNames(): string[] {
  return libraryNames(library);
}

/** Reads a table from JSON text. */
export function parseConnectome(text: string, source: string): Connectome {
  return connectomeFromTable(parseJson(text, source, library.item), source);
}

/** Loads a connectome by name, or from a path (with a separator, or ending in .json). */
export function loadConnectome(nameOrPath: string): Connectome {
  const path = libraryFile(library, nameOrPath);
  return parseConnectome(readTextFile(path, library.item), path);
}
