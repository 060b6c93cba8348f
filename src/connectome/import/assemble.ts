import { suggest, UsageError } from '../../spec/errors.js';
import type { Connectome } from '../connectome.js';
import { type ConnectomeCounts, countConnectome } from '../counts.js';
import { connectomeFromTable, tableHash } from '../load.js';
import { cellClasses } from '../names.js';
import {
  type CellColumn,
  type ConnectomeTable,
  type DeclaredCounts,
  signCode,
  tableFormat,
} from '../schema.js';
import type { Annotations } from './annotations.js';
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
  annotations?: Annotations;
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

const statedLegend = { s: 'as the source states', u: 'not known' };

/** The flag of each junction, and what the capped ones were. */
function flags(count: number, capped: Annotations['gapCapped']) {
  if (!capped) return {};
  const at = new Set(capped.index);
  return {
    flag: Array.from({ length: count }, (_, k) => (at.has(k) ? 'c' : '.')).join(''),
    flagLegend: { c: 'a placeholder for "many" in the source, capped' },
    capped,
  };
}

/** The totals that a table states of itself. */
function declared(counts: ConnectomeCounts, capped: boolean): DeclaredCounts {
  const { neurons, muscles, others, classes, chemicalPairs, chemicalWeight, gapPairs, gapWeight } = counts;
  const { gapWeightPublished } = counts;
  return {
    ...{ neurons, muscles, others, classes, chemicalPairs, chemicalWeight, gapPairs, gapWeight },
    ...(capped ? { gapWeightPublished } : {}),
  };
}

/** Dresses an imported graph as a checked table with counts and hash, and reads that. */
export function assembleTable(
  graph: ImportedGraph,
  head: TableHead,
  options: AssembleOptions,
): { table: ConnectomeTable; connectome: Connectome } {
  const { source, sensory, expected, annotations = {} } = options;
  const classes = graph.classes ?? cellClasses(head.species, graph.ids, graph.kinds);
  const columns: [CellColumn, (string | number | null)[]][] = [
    ['id', graph.ids],
    ['class', classes],
    ['kind', graph.kinds],
  ];
  if (sensory !== undefined) columns.push(['role', rolesOf(graph, sensory, source)]);
  else if (annotations.roles) columns.push(['role', annotations.roles]);
  const transmitters = annotations.transmitters ?? graph.transmitters;
  if (transmitters.some((list) => list.length > 0)) {
    columns.push(['transmitters', transmitters.map((list) => list.join('+'))]);
  }
  const { ganglia, positionsUm, modalities, modulators, gapCapped } = annotations;
  const stated =
    graph.signBasis === undefined ? {} : { signBasis: graph.signBasis, signBasisLegend: statedLegend };
  const { signBasis, signBasisLegend } = annotations.signBasis === undefined ? stated : annotations;
  if (ganglia) columns.push(['ganglion', ganglia]);
  if (positionsUm) {
    for (const [axis, name] of (['x', 'y', 'z'] as const).entries()) {
      columns.push([name, positionsUm.map((position) => position?.[axis] ?? null)]);
    }
  }
  if (modalities) columns.push(['modalities', modalities.map((list) => list.join('+'))]);
  const { chemical, gap } = graph;
  const aliases = { ...graph.aliases, ...head.aliases };
  const table: ConnectomeTable = {
    ...head,
    ...(Object.keys(aliases).length > 0 ? { aliases } : {}),
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
      ...(signBasis === undefined ? {} : { signBasis, signBasisLegend }),
    },
    ...(gap.a.length === 0
      ? {}
      : {
          gap: { a: [...gap.a], b: [...gap.b], weight: [...gap.weight], ...flags(gap.a.length, gapCapped) },
        }),
    ...(modulators ? { modulators } : {}),
    ...(graph.excluded.length === 0 ? {} : { excluded: graph.excluded }),
  };
  const connectome = connectomeFromTable(
    expected === undefined ? table : { ...table, counts: expected },
    source,
  );
  const counted = { ...table, counts: declared(countConnectome(connectome), gapCapped !== undefined) };
  const hash = tableHash(counted);
  return { table: { ...counted, hash }, connectome: { ...connectome, hash } };
}
