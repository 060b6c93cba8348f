import { z } from 'zod';
import { UsageError } from '../../spec/errors.js';
import { describeValue } from '../../spec/validate.js';
import { namings } from '../names.js';
import { ProblemList } from '../problems.js';
import type { CellKind } from '../schema.js';
import { splitLine } from './delimited.js';
import type { ImportedGraph, SourceText } from './graph.js';
import { GraphBuilder, gapNotices } from './graph-builder.js';
import { nameMatcher } from './name-pattern.js';
import { parseWeight } from './weight.js';

const names = z.array(z.string().min(1)).default([]);

/** How adjacency matrices are read. */
export const matrixOptionsSchema = z.strictObject({
  /**
   * What each file holds: `chemical`, rows presynaptic; `gap`, a matrix of junctions, given on either or both sides of
   * its diagonal; `labels`, one class a line, for matrices without names: their cells are numbered within their class.
   */
  sections: z.array(z.enum(['chemical', 'gap', 'labels'])).default(['chemical']),
  /** `counts` are whole numbers; `real` may be fractional (contact lengths). */
  weights: z.enum(['counts', 'real']).default('counts'),
  /** Rows and columns that are no cells, such as totals. */
  ignore: names,
  muscles: names,
  others: names,
  /** Cells without a row in a chemical matrix are not neurons either, but for those in `neurons`. */
  rowsAreNeurons: z.boolean().default(false),
  neurons: names,
  /** The cells there are, where a list of them says so: no row or column may name another. */
  cells: names,
  naming: z.enum(namings).default('as-given'),
  /** Gap junctions on both sides of the diagonal: `mirrored` (the default) is one contact told twice, `once` two. */
  gapListing: z.enum(['mirrored', 'once']).optional(),
});
export type MatrixOptions = z.output<typeof matrixOptionsSchema>;

const unquoted = (cell: string) => cell.trim().replace(/^"(.*)"$/, '$1');

interface Matrix {
  columns: string[];
  rows: { name: string; values: string[]; line: number }[];
}

class MatrixReader {
  private readonly graph: GraphBuilder;
  private readonly chemicalRows = new Set<string>();
  private readonly problems = new ProblemList();
  private readonly ignored: Set<string>;
  /** Class by cell, where labels give them. */
  private readonly labels = new Map<string, string>();

  constructor(private readonly options: MatrixOptions) {
    this.graph = new GraphBuilder(options.naming, options.cells);
    this.ignored = new Set(options.ignore);
  }

  readLabels({ source, text }: SourceText): void {
    const seen = new Map<string, number>();
    for (const [i, line] of linesOf(text)) {
      const label = unquoted(line);
      if (/[,;\s]/.test(label)) {
        throw new UsageError(
          `${source}, line ${i}: expected one class name, found ${describeValue(line.trim())}.`,
        );
      }
      const number = (seen.get(label) ?? 0) + 1;
      seen.set(label, number);
      this.labels.set(`${label}${number}`, label);
    }
  }

  private parse({ source, text }: SourceText): Matrix {
    const lines = [...linesOf(text)];
    if (lines.length === 0) throw new UsageError(`${source}: the file is empty. Expected a matrix.`);
    const [, first] = lines[0]!;
    const marks = [',', '\t', ';', ' '] as const;
    // After an empty corner stands the separator itself, even where names hold another.
    const mark = /^(?:"")?([,\t;])/.exec(first)?.[1];
    const delimiter =
      marks.find((known) => known === mark) ?? marks.find((known) => first.includes(known)) ?? ',';
    const split = (line: string) => {
      if (delimiter === ' ') return line.trim().split(/ +/).map(unquoted);
      return line.includes('"') ? splitLine(line, delimiter) : line.split(delimiter).map(unquoted);
    };
    if (this.labels.size > 0) {
      const columns = [...this.labels.keys()];
      if (lines.length !== columns.length) {
        throw new UsageError(
          `${source}: expected ${columns.length} rows, one a label, found ${lines.length}. Check that both files belong together.`,
        );
      }
      return {
        columns,
        rows: lines.map(([line, row], i) => ({ name: columns[i]!, values: split(row), line })),
      };
    }
    const [corner, ...columns] = split(first);
    if (columns.length === 0 || (corner !== '' && /^[\d.]+$/.test(corner!))) {
      throw new UsageError(
        `${source}: the first line is not a line of names. Expected an empty corner and a name for each column; for a matrix without names give the labels of its cells.`,
      );
    }
    const rows = lines.slice(1).map(([line, row]) => {
      const [name = '', ...values] = split(row);
      return { name, values, line };
    });
    return { columns, rows };
  }

  readMatrix(file: SourceText, section: 'chemical' | 'gap'): void {
    const { source } = file;
    const { problems, options, graph } = this;
    const matrix = this.parse(file);
    const named = (name: string) => (this.ignored.has(name) ? undefined : graph.name(name));
    const columns = matrix.columns.map(named);
    const twice = columns.find((name, i) => name !== undefined && columns.indexOf(name) !== i);
    if (twice !== undefined) problems.add(`${source}, line 1: two columns are called "${twice}".`);
    for (const [i, name] of matrix.columns.entries()) {
      if (name === '') problems.add(`${source}, line 1: column ${i + 2} has no name.`);
    }
    for (const name of columns) {
      const fault = name ? graph.stranger(name) : undefined;
      if (fault !== undefined) problems.add(`${source}, line 1: ${fault}`);
    }
    const targets = columns.map((name) => (name ? graph.intern(name) : undefined));
    const seen = new Map<string, number>();
    for (const { name: given, values, line } of matrix.rows) {
      const at = `${source}, line ${line}`;
      const name = named(given);
      if (name === undefined) continue;
      if (name === '') {
        problems.add(`${at}: the row has no name.`);
        continue;
      }
      if (seen.has(name)) {
        problems.add(`${at}: the row "${name}" was already given at line ${seen.get(name)}; remove one.`);
        continue;
      }
      seen.set(name, line);
      if (values.length !== columns.length) {
        problems.add(`${at}: expected ${columns.length} values, one a column, found ${values.length}.`);
        continue;
      }
      const fault = graph.stranger(name);
      if (fault !== undefined) {
        problems.add(`${at}: ${fault}`);
        continue;
      }
      const pre = graph.intern(name);
      if (section === 'chemical') this.chemicalRows.add(name);
      for (const [j, cell] of values.entries()) {
        const post = targets[j];
        if (post === undefined || cell === '' || cell === '0') continue;
        const weight = parseWeight(cell, options.weights);
        if (typeof weight === 'string') problems.add(`${at}, column "${matrix.columns[j]}": ${weight}.`);
        else if (weight > 0) graph[section].add(pre, post, weight, line);
      }
    }
  }

  finish(): ImportedGraph {
    const { options } = this;
    this.problems.throwIfAny('The matrix cannot be imported.');
    const finished = this.graph.finish(options.gapListing);
    const { ids, aliases, chemical, gap, junctions, bothWays, uneven } = finished;
    const onDiagonal = gap.a.filter((a, k) => a === gap.b[k]).length;
    // A symmetric matrix is what a matrix of junctions is; anything else wants a word.
    const symmetric = uneven === 0 && bothWays + onDiagonal === junctions;
    const isMuscle = nameMatcher(options.muscles);
    const isOther = nameMatcher(options.others);
    const isNeuron = nameMatcher(options.neurons);
    const kindOf = (id: string): CellKind => {
      if (isMuscle(id)) return 'm';
      if (isOther(id)) return 'o';
      return !options.rowsAreNeurons || this.chemicalRows.has(id) || isNeuron(id) ? 'n' : 'o';
    };
    return {
      ids,
      kinds: ids.map(kindOf),
      ...(this.labels.size > 0 ? { classes: ids.map((id) => this.labels.get(id) ?? id) } : {}),
      ...{ aliases, chemical, gap },
      transmitters: ids.map(() => []),
      excluded: [],
      notices: symmetric ? [] : gapNotices(finished, options.gapListing),
    };
  }
}

/** Lines that hold anything, with their numbers from 1. */
function* linesOf(text: string): Generator<[number, string]> {
  const clean = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  for (const [i, line] of clean.split(/\r\n|\n|\r/).entries()) {
    if (/[^\s,;]/.test(line)) yield [i + 1, line];
  }
}

/**
 * Reads adjacency matrices, a file each as `sections` says, into one graph: a line of column names and a row name at
 * the head of each line, or bare numbers beside a file of labels. Empty cells and zeros are no connection. Throws a
 * {@link UsageError} that names file, line and column of the first ten faults.
 */
export function importMatrix(files: readonly SourceText[], options: MatrixOptions): ImportedGraph {
  const { sections } = options;
  if (files.length !== sections.length) {
    throw new UsageError(
      `sections: expected one entry a file, ${files.length}, found ${sections.length} (${sections.join(', ')}).`,
    );
  }
  const reader = new MatrixReader(options);
  for (const [i, file] of files.entries()) if (sections[i] === 'labels') reader.readLabels(file);
  for (const [i, file] of files.entries()) {
    const section = sections[i]!;
    if (section !== 'labels') reader.readMatrix(file, section);
  }
  return reader.finish();
}
