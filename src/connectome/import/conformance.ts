import type { z } from 'zod';
import { type Check, expectSame, expectThat } from '../../spec/conformance.js';
import { UsageError } from '../../spec/errors.js';
import { assembleTable } from './assemble.js';
import type { ImportedGraph, SourceText } from './graph.js';

/** A reader of files that hold connections. */
export interface Importer<Schema extends z.ZodType = z.ZodType> {
  summary: string;
  options: Schema;
  read(files: readonly SourceText[], options: z.output<Schema>): ImportedGraph;
}

export interface ImporterContext<Schema extends z.ZodType = z.ZodType> {
  /** Files with connections between a few cells. */
  files: readonly SourceText[];
  /** Those among the importer's options that they need. */
  options?: z.input<Schema>;
  /** Chemical connections that the files hold: how many, and the sum of their weights. */
  expected: { cells: number; connections: number; weight: number };
  /** Files of which one is faulty: the refusal has to name it. */
  faulty: readonly SourceText[];
}

const ascending = (pairs: readonly (readonly [number, number])[]) =>
  pairs.every(([a, b], i) => {
    if (i === 0) return true;
    const [before, after] = pairs[i - 1]!;
    return before < a || (before === a && after < b);
  });

function expectSound({ ids, kinds, transmitters, chemical, gap }: ImportedGraph): void {
  expectSame([...new Set(ids)].sort(), ids, 'the ids, each once, sorted');
  expectSame(kinds.length, ids.length, 'the number of kinds');
  expectSame(transmitters.length, ids.length, 'the number of lists of transmitters');
  const isCell = (index: number) => index >= 0 && index < ids.length;
  const pairs = Array.from(chemical.pre, (pre, k) => [pre, chemical.post[k]!] as const);
  expectThat(pairs.flat().every(isCell), 'connections between cells that there are', pairs);
  expectThat(ascending(pairs), 'connections sorted by (pre, post), each once', pairs);
  chemical.weight.forEach((weight, k) => {
    const sign = chemical.sign[k]!;
    expectThat(Number.isFinite(weight) && weight >= 0, 'weights that are magnitudes', weight);
    expectThat([-1, 0, 1].includes(sign), 'signs of -1, 0 or 1', sign);
  });
  const junctions = Array.from(gap.a, (a, k) => [a, gap.b[k]!] as const);
  expectThat(junctions.flat().every(isCell), 'gap junctions between cells that there are', junctions);
  expectThat(
    junctions.every(([a, b]) => a <= b) && ascending(junctions),
    'gap junctions sorted by (a, b), a <= b, each once',
    junctions,
  );
}

/** What is asked of every importer: a sound graph that becomes a table, the same again, and faults told by their file. */
export function importerChecks<Schema extends z.ZodType>(
  importer: Importer<Schema>,
  { files, options, expected, faulty }: ImporterContext<Schema>,
): Check[] {
  const settled = () => importer.options.parse(options ?? {});
  const read = (texts: readonly SourceText[]) => importer.read(texts, settled());
  return [
    {
      name: 'says what it reads',
      run: () => expectThat(/\w/.test(importer.summary), 'a summary in words', importer.summary),
    },
    {
      name: 'reads a sound graph',
      run() {
        const graph = read(files);
        expectSound(graph);
        const weight = graph.chemical.weight.reduce((sum, x) => sum + x, 0);
        const found = { cells: graph.ids.length, connections: graph.chemical.pre.length, weight };
        expectSame(found, expected, 'what was read');
      },
    },
    {
      name: 'reads the same again, and changes neither options nor texts',
      run() {
        const before = settled();
        const copy = structuredClone(files);
        const first = importer.read(files, before);
        expectSame(importer.read(files, before), first, 'the graph read again');
        expectSame(before, settled(), 'the options');
        expectSame(files, copy, 'the texts');
      },
    },
    {
      name: 'makes what becomes a table that is sound',
      run() {
        const head = {
          ...{ id: 'imported', species: 'unknown', sex: 'unknown', stage: 'unknown', notes: [] },
          ...{ weightUnit: 'synapses' as const, licence: { statement: 'none' }, citation: ['nobody'] },
          ...{ sources: [], aliases: {} },
        };
        const { connectome } = assembleTable(read(files), head, { source: 'imported' });
        expectSame(connectome.cells.ids.length, expected.cells, 'cells of the table');
      },
    },
    {
      name: 'refuses a faulty file by its name',
      run() {
        let message = 'nothing';
        try {
          read(faulty);
        } catch (error) {
          expectThat(error instanceof UsageError, 'a UsageError', error);
          message = error.message;
        }
        const named = faulty.some(({ source }) => message.includes(source));
        expectThat(named, `a refusal that names ${faulty.map(({ source }) => source).join(' or ')}`, message);
      },
    },
  ];
}
