import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { UsageError } from '../../spec/errors.js';
import { parseJson } from '../../spec/json-file.js';
import { validate } from '../../spec/validate.js';
import { delimitedText } from '../export/csv.js';
import { isBodyWallMuscle } from '../names.js';
import { tableFormat } from '../schema.js';
import type { SourceText } from './graph.js';

/** A file in another format, as an edge list and, where it tells more of its cells, a list of them. */
export interface Converted {
  connections: SourceText;
  cells?: SourceText;
}

type Row = (string | number)[];

const kindByName = (name: string) => (isBodyWallMuscle(name) ? 'muscle' : 'neuron');

function converted(
  source: string,
  connections: Row[],
  cells: Row[],
  [connection, cell]: readonly [string, string],
): Converted {
  if (connections.length < 2) throw new UsageError(`${source}: there is no connection in it.`);
  return {
    connections: { source, text: delimitedText(connections), lineIs: connection },
    ...(cells.length > 1 ? { cells: { source, text: delimitedText(cells), lineIs: cell } } : {}),
  };
}

interface Xml {
  [name: string]: string | Xml | Xml[] | undefined;
}

const repeated = new Set([
  'key',
  'node',
  'edge',
  'data',
  'population',
  'projection',
  'electricalProjection',
  'continuousProjection',
]);

function parseXml({ source, text }: SourceText, root: string): Xml {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    removeNSPrefix: true,
    isArray: (name) =>
      repeated.has(name) || /^(connection|electricalConnection|continuousConnection)/.test(name),
  });
  let parsed: Xml;
  try {
    parsed = parser.parse(text, true) as Xml;
  } catch (error) {
    throw new UsageError(`${source}: not well-formed XML: ${(error as Error).message}.`, { cause: error });
  }
  const found = parsed[root];
  if (typeof found !== 'object')
    throw new UsageError(
      `${source}: expected an element <${root}> at the root, found ${Object.keys(parsed)
        .filter((name) => !name.startsWith('?'))
        .map((name) => `<${name}>`)
        .join(', ')}.`,
    );
  return found as Xml;
}

const list = (of: Xml, name: string) => (of[name] ?? []) as Xml[];
const attribute = (of: Xml, name: string) => (of[`@${name}`] ?? '') as string;

/** Attributes of nodes that say what a list of cells says, by their names in lower case. */
const cellAttributes: Record<string, string> = {
  class: 'class',
  kind: 'kind',
  role: 'role',
  transmitters: 'transmitters',
  ganglion: 'ganglion',
  x_um: 'x_um',
  y_um: 'y_um',
  z_um: 'z_um',
};

/** GraphML: nodes by their name where names are unique, else by id; undirected edges are gap junctions. */
function fromGraphml(file: SourceText): Converted {
  const root = parseXml(file, 'graphml');
  const graph = root.graph;
  if (typeof graph !== 'object' || Array.isArray(graph)) {
    throw new UsageError(
      `${file.source}: expected one <graph>, found ${Array.isArray(graph) ? graph.length : 'none'}.`,
    );
  }
  const attributeNames = new Map(
    list(root, 'key').map((key) => [attribute(key, 'id'), attribute(key, 'attr.name').toLowerCase()]),
  );
  const dataOf = (element: Xml) =>
    new Map(
      list(element, 'data').map((data) => [
        attributeNames.get(attribute(data, 'key')) ?? attribute(data, 'key'),
        String(data['#text'] ?? ''),
      ]),
    );
  const nodes = list(graph, 'node').map((node) => ({ id: attribute(node, 'id'), data: dataOf(node) }));
  const named = nodes.map(({ id, data }) => data.get('name') ?? data.get('label') ?? id);
  const unique = new Set(named).size === nodes.length && named.every((name) => name !== '');
  const nameOf = new Map(nodes.map(({ id }, i) => [id, unique ? named[i]! : id]));
  const undirected = attribute(graph, 'edgedefault') === 'undirected';
  const edges = list(graph, 'edge').map((edge, i) => {
    const data = dataOf(edge);
    const ends = ['source', 'target'].map((end) => nameOf.get(attribute(edge, end)));
    if (ends.includes(undefined)) {
      throw new UsageError(
        `${file.source}: edge ${i + 1} joins "${attribute(edge, 'source')}" and "${attribute(edge, 'target')}", of which there is no node. Correct the edge or add the node.`,
      );
    }
    const directed = attribute(edge, 'directed');
    const electrical = directed === '' ? undirected : directed === 'false';
    const weight = data.get('weight') ?? data.get('synapses') ?? data.get('count') ?? '1';
    return [
      ...(ends as string[]),
      data.get('type') ?? (electrical ? 'electrical' : 'chemical'),
      weight,
      data.get('sign'),
    ];
  });
  const signed = edges.some((edge) => edge[4] !== undefined);
  const columns = Object.keys(cellAttributes).filter((name) => nodes.some(({ data }) => data.has(name)));
  return converted(
    file.source,
    [
      ['pre', 'post', 'type', 'weight', ...(signed ? ['sign'] : [])],
      ...edges.map((edge) => edge.slice(0, signed ? 5 : 4).map((value) => value ?? '')),
    ],
    [
      ['id', 'kind', ...columns.filter((name) => name !== 'kind')],
      ...nodes.map(({ id, data }) => [
        nameOf.get(id)!,
        data.get('kind') ?? '',
        ...columns.filter((name) => name !== 'kind').map((name) => data.get(name) ?? ''),
      ]),
    ],
    ['edge', 'node'],
  );
}

/** NeuroML 2: a projection is a connection whose weight is the sum of its instances', 1 where they have none. */
function fromNeuroml(file: SourceText): Converted {
  const root = parseXml(file, 'neuroml');
  const network = root.network;
  if (typeof network !== 'object' || Array.isArray(network)) {
    throw new UsageError(`${file.source}: expected one <network>.`);
  }
  const kinds = {
    projection: 'chemical',
    continuousProjection: 'chemical',
    electricalProjection: 'electrical',
  };
  const rows = Object.entries(kinds).flatMap(([element, type]) =>
    list(network, element).map((projection): Row => {
      const instances = Object.entries(projection).flatMap(([name, children]) =>
        /onnection/.test(name) && Array.isArray(children) ? children : [],
      );
      const weight = instances.reduce((sum, instance) => sum + Number(attribute(instance, 'weight') || 1), 0);
      const ends = ['presynapticPopulation', 'postsynapticPopulation'].map((end) =>
        attribute(projection, end),
      );
      return [...ends, type, weight] as Row;
    }),
  );
  const cells = list(network, 'population').map((population): Row => [attribute(population, 'id')]);
  return converted(
    file.source,
    [['pre', 'post', 'type', 'weight'], ...rows],
    [['id', 'kind'], ...cells.map(([id]): Row => [id!, kindByName(String(id))])],
    ['projection', 'population'],
  );
}

const toolboxSchema = z.object({
  nodes: z.array(z.string().min(1)).min(1),
  connections: z.record(z.string(), z.array(z.array(z.number().min(0)))),
});

/** ConnectomeToolbox's cache: a dense matrix for each class of synapses; classes ending in GJ are gap junctions. */
function fromToolbox({ source, text }: SourceText): Converted {
  const what = 'ConnectomeToolbox cache';
  const parsed = parseJson(text, source, what);
  if ((parsed as { format?: unknown } | null)?.format === tableFormat) {
    throw new UsageError(
      `${source}: this is a connectome table already. Use it by its path, or put it into connectomes/.`,
    );
  }
  const cache = validate(toolboxSchema, parsed, { source }, what);
  const { nodes } = cache;
  const rows = Object.entries(cache.connections).flatMap(([name, matrix]) => {
    if (matrix.length !== nodes.length || matrix.some((row) => row.length !== nodes.length)) {
      throw new UsageError(
        `${source}: connections.${name}: expected ${nodes.length} rows of ${nodes.length} weights, as many as nodes.`,
      );
    }
    const electrical = /(^|_)GJ$/.test(name);
    const transmitter = electrical || name.startsWith('Generic') ? '' : name;
    return matrix.flatMap((row, pre) =>
      row.flatMap((weight, post): Row[] =>
        weight > 0
          ? [[nodes[pre]!, nodes[post]!, electrical ? 'electrical' : 'chemical', weight, transmitter]]
          : [],
      ),
    );
  });
  return converted(
    source,
    [['pre', 'post', 'type', 'weight', 'transmitter'], ...rows],
    [['id', 'kind'], ...nodes.map((name): Row => [name, kindByName(name)])],
    ['connection', 'node'],
  );
}

/** Formats that are read as an edge list and a list of cells. */
export const converters = {
  graphml: { summary: 'GraphML, as Gephi, Cytoscape and networkx write it', convert: fromGraphml },
  neuroml: {
    summary: 'populations and projections of a NeuroML 2 network, cell dynamics aside',
    convert: fromNeuroml,
  },
  toolbox: { summary: "ConnectomeToolbox's JSON cache", convert: fromToolbox },
} as const;
export type ConverterName = keyof typeof converters;

/** Which converter a text is for, by how it begins; undefined for delimited text. */
export function converterOf(text: string): ConverterName | undefined {
  if (/^\ufeff?\s*\{/.test(text)) return 'toolbox';
  if (!/^\ufeff?\s*</.test(text)) return undefined;
  return /<(\w+:)?neuroml\b/.test(text.slice(0, 5000)) ? 'neuroml' : 'graphml';
}
