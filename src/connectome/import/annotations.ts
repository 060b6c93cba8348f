import { z } from 'zod';
import { suggest, UsageError } from '../../spec/errors.js';
import { parseJson } from '../../spec/json-file.js';
import { canonicalName } from '../names.js';
import { cellKinds, type Modulator } from '../schema.js';
import { readDelimited } from './delimited.js';
import type { ImportedGraph, SourceText } from './graph.js';
import { nameMatcher } from './name-pattern.js';

/** What is known of the cells and connections beyond the graph; arrays are by cell. */
export interface Annotations {
  roles?: string[];
  transmitters?: string[][];
  ganglia?: string[];
  /** Micrometres, or nulls where not known. */
  positionsUm?: (readonly [number, number, number] | undefined)[];
  modalities?: string[][];
  modulators?: Modulator[];
  signBasis?: string;
  signBasisLegend?: Record<string, string>;
  gapCapped?: { index: number[]; published: number[] };
}

const text = z.string().min(1);

type Row = Record<string, string>;

/** Rows of a table with a header line; columns that are not there are a usage error. */
function rowsOf(file: SourceText, needed: readonly string[]): Row[] {
  const rows: Row[] = [];
  readDelimited(
    file,
    (header) => needed.includes(header),
    ({ headers }) => {
      for (const column of needed) {
        if (!headers.includes(column)) {
          throw new UsageError(`${file.source}: there is no column "${column}". ${suggest(column, headers)}`);
        }
      }
      return (cells) => rows.push(Object.fromEntries(headers.map((header, i) => [header, cells[i] ?? ''])));
    },
  );
  return rows;
}

/** `Map.groupBy` of later engines. */
function grouped(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
}

/** Values by cell, of those rows whose cell is in the graph. */
function byCell<T>(
  graph: ImportedGraph,
  rows: readonly Row[],
  column: string,
  value: (row: Row) => T,
): Map<number, T> {
  const indexOf = new Map(graph.ids.map((id, i) => [id, i]));
  const found = new Map<number, T>();
  for (const row of rows) {
    const cell = indexOf.get(canonicalName(row[column]!, 'wormatlas'));
    if (cell !== undefined) found.set(cell, value(row));
  }
  return found;
}

const filled = <T>(graph: ImportedGraph, found: ReadonlyMap<number, T>, none: T): T[] =>
  graph.ids.map((_, i) => found.get(i) ?? none);

/** Cells without a ganglion take the one that most of their class are in. */
function completed(ganglia: readonly string[], classes: readonly string[]): string[] {
  const byClass = new Map<string, Map<string, number>>();
  for (const [i, ganglion] of ganglia.entries()) {
    if (ganglion === '') continue;
    const counts = byClass.get(classes[i]!) ?? new Map<string, number>();
    byClass.set(classes[i]!, counts.set(ganglion, (counts.get(ganglion) ?? 0) + 1));
  }
  return ganglia.map((ganglion, i) => {
    if (ganglion !== '') return ganglion;
    const counts = [...(byClass.get(classes[i]!) ?? [])];
    return counts.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0] ?? '';
  });
}

/** One letter for each role that a list of words names. */
const roleLetters: Record<string, string> = { sensory: 's', interneuron: 'i', motor: 'm' };

const signSchema = z.strictObject({
  what: z.literal('signs'),
  /** Predicted polarity a pair, columns by number from 0; without it every sign that no rule gives is unknown. */
  predicted: z.strictObject({ source: text, pre: z.int(), post: z.int(), polarity: z.int() }).optional(),
  /** Signs of transmitters onto kinds of cells: of the rules that fit a connection the first counts. */
  transmitters: z
    .array(
      z.strictObject({
        name: text,
        sign: z.union([z.literal(1), z.literal(-1)]),
        onto: z.array(z.enum(cellKinds)).default([...cellKinds]),
      }),
    )
    .default([]),
  /** Weaker guesses, by what the target is. */
  guesses: z
    .array(
      z.strictObject({
        transmitter: text,
        onto: z.union([z.literal('neurons'), z.array(text)]),
        sign: z.union([z.literal(1), z.literal(-1)]),
      }),
    )
    .default([]),
});

const stepSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('roles'), source: text }),
  z.strictObject({
    what: z.literal('transmitters'),
    source: text,
    column: text,
    /** A transmitter is made where every gene of `with` has at least this much expression and none of `without`. */
    makes: z.array(
      z.strictObject({ transmitter: text, with: z.array(text).min(1), without: z.array(text).default([]) }),
    ),
    atLeast: z.number().default(1),
  }),
  z.strictObject({
    what: z.literal('positions'),
    source: text,
    column: text,
    axes: z.tuple([text, text, text]),
  }),
  z.strictObject({ what: z.literal('modalities'), source: text, column: text, prefix: text }),
  z.strictObject({ what: z.literal('ganglia'), source: text, leaveOut: z.array(text).default([]) }),
  z.strictObject({
    what: z.literal('modulators'),
    release: text,
    receptors: text,
    /** Releasing cells to leave out. */
    leaveOut: z.array(text).default([]),
    signs: z.record(z.string(), z.union([z.literal(-1), z.literal(0), z.literal(1)])),
    note: text,
  }),
  signSchema,
  z.strictObject({
    what: z.literal('gap-placeholders'),
    /** Pairs whose published weight stands for "many"; `*` for anything. */
    pairs: z.array(z.tuple([text, text])),
    cap: z.number().positive(),
  }),
]);
export const annotationSchema = z.array(stepSchema).default([]);
type Step = z.output<typeof stepSchema>;
type StepOf<W extends Step['what']> = Extract<Step, { what: W }>;
type Read = (source: string) => SourceText;

const steps: {
  [W in Step['what']]: (step: StepOf<W>, graph: ImportedGraph, to: Annotations, read: Read) => void;
} = {
  /** From OpenWorm's cache: the second entry of each neuron lists its types. */
  roles: ({ source }, graph, to, read) => {
    const file = read(source);
    const cache = z
      .object({ neuron_info: z.record(z.string(), z.array(z.unknown())) })
      .parse(parseJson(file.text, file.source, 'cell list'));
    const rows = Object.entries(cache.neuron_info).map(([cell, info]) => ({
      cell,
      roles: (info[1] as string[]).map((word) => roleLetters[word] ?? '').join(''),
    }));
    const found = byCell(graph, rows, 'cell', ({ roles }) =>
      [...'sim'].filter((letter) => roles!.includes(letter)).join(''),
    );
    to.roles = filled(graph, found, '');
  },

  transmitters: ({ source, column, makes, atLeast }, graph, to, read) => {
    const genes = makes.flatMap((rule) => [...rule.with, ...rule.without]);
    const rows = rowsOf(read(source), [column, ...genes]);
    const has = (row: Row, gene: string) => Number(row[gene]) >= atLeast;
    const found = byCell(graph, rows, column, (row) =>
      makes
        .filter(
          (rule) => rule.with.every((gene) => has(row, gene)) && !rule.without.some((gene) => has(row, gene)),
        )
        .map(({ transmitter }) => transmitter)
        .sort(),
    );
    to.transmitters = filled<string[]>(graph, found, []);
  },

  positions: ({ source, column, axes }, graph, to, read) => {
    const rows = rowsOf(read(source), [column, ...axes]);
    const found = byCell(
      graph,
      rows,
      column,
      (row) => axes.map((axis) => Number(row[axis])) as [number, number, number],
    );
    to.positionsUm = graph.ids.map((_, i) => found.get(i));
  },

  modalities: ({ source, column, prefix }, graph, to, read) => {
    const rows = rowsOf(read(source), [column]);
    const found = byCell(graph, rows, column, (row) =>
      Object.keys(row)
        .filter((header) => header.startsWith(prefix) && Number(row[header]) === 1)
        .map((header) => header.slice(prefix.length).replaceAll('_', ' '))
        .sort(),
    );
    to.modalities = filled<string[]>(graph, found, []);
  },

  /** Cells that no list names take the ganglion that most of their class are in. */
  ganglia: ({ source, leaveOut }, graph, to, read) => {
    const file = read(source);
    const lists = z
      .record(z.string(), z.array(z.string()))
      .parse(parseJson(file.text, file.source, 'list of ganglia'));
    const rows = Object.entries(lists)
      .filter(([ganglion]) => !leaveOut.includes(ganglion))
      .flatMap(([ganglion, cells]) => cells.map((cell) => ({ cell, ganglion })));
    const found = byCell(graph, rows, 'cell', ({ ganglion }) => ganglion!);
    to.ganglia = completed(filled(graph, found, ''), graph.classes ?? graph.ids);
  },

  modulators: ({ release, receptors, leaveOut, signs, note }, graph, to, read) => {
    const unflagged = (source: string, columns: string[]) =>
      rowsOf(read(source), ['monoamine', 'neuron', 'excluded', ...columns]).filter(
        (row) => row.excluded === '0',
      );
    const cellsOf = (rows: readonly Row[]) =>
      [...byCell(graph, rows, 'neuron', () => true).keys()].sort((a, b) => a - b);
    const releasing = grouped(
      unflagged(release, []).filter((row) => !leaveOut.includes(row.neuron!)),
      (row) => row.monoamine!,
    );
    const carrying = grouped(unflagged(receptors, ['receptor']), (row) => row.monoamine!);
    to.modulators = [...releasing.keys()].sort().map((ligand) => {
      const byReceptor = grouped(carrying.get(ligand) ?? [], (row) => row.receptor!);
      return {
        ligand,
        release: cellsOf(releasing.get(ligand)!),
        receptors: [...byReceptor.keys()].sort().map((name) => {
          const sign = signs[name];
          if (sign === undefined)
            throw new UsageError(`modulators: no sign is given for the receptor ${name}.`);
          return { name, sign, cells: cellsOf(byReceptor.get(name)!) };
        }),
        note,
      };
    });
  },

  signs: ({ predicted, transmitters, guesses }, graph, to, read) => {
    const { ids, kinds, chemical } = graph;
    const known = new Map<string, number>();
    if (predicted) {
      const value: Record<string, number> = { '+': 1, '-': -1 };
      readDelimited(
        read(predicted.source),
        () => false,
        () => (cells) => {
          const sign = value[cells[predicted.polarity] ?? ''];
          const pair = [cells[predicted.pre], cells[predicted.post]].map((name) =>
            canonicalName(name ?? '', 'wormatlas'),
          );
          if (sign !== undefined) known.set(pair.join(' '), sign);
        },
      );
    }
    const carried = to.transmitters ?? graph.transmitters;
    const targets = guesses.map(({ onto }) => (onto === 'neurons' ? undefined : nameMatcher(onto)));
    let basis = '';
    for (let k = 0; k < chemical.pre.length; k++) {
      const [pre, post] = [chemical.pre[k]!, chemical.post[k]!];
      const [sign, code] = ((): [number, string] => {
        const found = known.get(`${ids[pre]} ${ids[post]}`);
        if (found !== undefined) return [found, 'f'];
        const rule = transmitters.find(
          ({ name, onto }) => carried[pre]!.includes(name) && onto.includes(kinds[post]!),
        );
        if (rule) return [rule.sign, 't'];
        const guess = guesses.find(
          ({ transmitter }, i) =>
            carried[pre]!.includes(transmitter) && (targets[i]?.(ids[post]!) ?? kinds[post] === 'n'),
        );
        return guess ? [guess.sign, 'g'] : [0, 'u'];
      })();
      chemical.sign[k] = sign;
      basis += code;
    }
    to.signBasis = basis;
    const legend: Record<string, string> = {
      f: 'predicted from the transmitter of the presynaptic and the receptors of the postsynaptic cell (Fenyves et al. 2020)',
      t: 'the usual effect of the presynaptic transmitter',
      g: 'glutamate by default: the weakest guess',
      u: 'not known',
    };
    to.signBasisLegend = Object.fromEntries(Object.entries(legend).filter(([code]) => basis.includes(code)));
  },

  'gap-placeholders': ({ pairs, cap }, { ids, gap }, to) => {
    const tests = pairs.map(([a, b]) => [nameMatcher([a]), nameMatcher([b])] as const);
    const capped = { index: [] as number[], published: [] as number[] };
    for (let k = 0; k < gap.a.length; k++) {
      const [a, b] = [ids[gap.a[k]!]!, ids[gap.b[k]!]!];
      if (
        gap.weight[k]! > cap &&
        tests.some(([one, other]) => (one(a) && other(b)) || (one(b) && other(a)))
      ) {
        capped.index.push(k);
        capped.published.push(gap.weight[k]!);
        gap.weight[k] = cap;
      }
    }
    to.gapCapped = capped;
  },
};

/** Carries out a recipe's annotation steps in their order. Signs and capped weights are written into the graph. */
export function annotate(graph: ImportedGraph, given: readonly Step[], read: Read): Annotations {
  const annotations: Annotations = {};
  for (const step of given)
    (steps[step.what] as (...rest: unknown[]) => void)(step, graph, annotations, read);
  return annotations;
}
