import { suggest, UsageError } from '../../spec/errors.js';
import { countConnectome } from '../counts.js';
import { connectomeFromTable, tableHash } from '../load.js';
import { cellClasses } from '../names.js';
import { type CellColumn, type ConnectomeTable, type DeclaredCounts, tableFormat } from '../schema.js';
import type { ImportedGraph } from './graph.js';

/** What a graph alone does not tell: whose it is, where it comes from, under which terms. */
export type TableHead = Omit<
  ConnectomeTable,
  'format' | 'hash' | 'counts' | 'cells' | 'chemical' | 'gap' | 'modulators' | 'excluded'
>;

export interface AssembleOptions {
  /** Names the result in messages. */
  source: string;
  /**
   * Sensory neurons. With them a role is given to every neuron: sensory if named here, motor if it connects to a
   * muscle, inter if neither.
   */
  sensory?: ReadonlySet<string>;
  /** Totals that the result must have. */
  expected?: DeclaredCounts;
}

function rolesOf(graph: ImportedGraph, sensory: ReadonlySet<string>, source: string): string[] {
  const known = new Set(graph.ids);
  for (const name of sensory) {
    if (!known.has(name)) {
      throw new UsageError(
        `${source}: the sensory cell "${name}" has no connection in the table. ${suggest(name, graph.ids)}`,
      );
    }
  }
  const { pre, post } = graph.chemical;
  const motor = new Set(pre.filter((_, k) => graph.kinds[post[k]!] === 'm'));
  return graph.ids.map((id, i) => {
    if (graph.kinds[i] !== 'n') return '';
    return `${sensory.has(id) ? 's' : ''}${motor.has(i) ? 'm' : ''}` || 'i';
  });
}

const signCode = (sign: number): string => (sign > 0 ? '+' : sign < 0 ? '-' : '0');

/** Dresses an imported graph as a checked table with counts and hash. */
export function assembleTable(
  graph: ImportedGraph,
  head: TableHead,
  options: AssembleOptions,
): ConnectomeTable {
  const { source, sensory, expected } = options;
  const columns: [CellColumn, string[]][] = [
    ['id', graph.ids],
    ['class', cellClasses(head.species, graph.ids, graph.kinds)],
    ['kind', graph.kinds],
  ];
  if (sensory !== undefined) columns.push(['role', rolesOf(graph, sensory, source)]);
  if (graph.transmitters.some((list) => list.length > 0)) {
    columns.push(['transmitters', graph.transmitters.map((list) => list.join('+'))]);
  }
  const { chemical, gap } = graph;
  const table: ConnectomeTable = {
    ...head,
    format: tableFormat,
    cells: {
      columns: columns.map(([name]) => name),
      rows: graph.ids.map((_, i) => columns.map(([, values]) => values[i]!)),
    },
    chemical: {
      pre: [...chemical.pre],
      post: [...chemical.post],
      weight: [...chemical.weight],
      sign: Array.from(chemical.sign, signCode).join(''),
    },
    ...(gap.a.length === 0 ? {} : { gap: { a: [...gap.a], b: [...gap.b], weight: [...gap.weight] } }),
    ...(graph.excluded.length === 0 ? {} : { excluded: graph.excluded }),
  };
  const connectome = connectomeFromTable(
    expected === undefined ? table : { ...table, counts: expected },
    source,
  );
  const { negative, zero, unknownSign, withOutputs, neuronToNeuron, neuronToMuscle, ...counts } =
    countConnectome(connectome);
  const counted = { ...table, counts };
  return { ...counted, hash: tableHash(counted) };
}
