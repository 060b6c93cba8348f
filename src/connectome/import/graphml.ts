import { suggest, UsageError } from '../../spec/errors.js';
import { describeValue } from '../../spec/validate.js';
import { cellColumn } from './cells.js';
import { type ColumnRole, plainHeader, roleNames } from './columns.js';
import { type Converted, type ConvertOptions, converted, type Row, Undirected } from './converted.js';
import type { SourceText } from './graph.js';
import { LeftOut } from './left-out.js';
import { typesByCode } from './row-types.js';
import { attribute, attributeIn, childrenOf, readXml, type XmlElement } from './xml.js';

/** A declared attribute of nodes or edges. */
interface Key {
  /** As declared; the key's id where it has no name. */
  name: string;
  /** Of GraphML's types, or empty. */
  type: string;
  of: 'node' | 'edge' | 'all' | 'other';
  /** What an element without a value of its own has. */
  fallback?: string;
}

const booleans = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

interface Edge {
  ends: [string, string];
  directed: boolean;
  values: ReadonlyMap<string, string>;
}

/** Node attributes that say something of a cell; a bare x, y or z is a place on a drawing, and a type may be anything. */
const cellAttribute = (name: string) =>
  /^(type|[xyz])$/.test(plainHeader(name)) ? undefined : cellColumn(name);

/** Reads the elements of a file, whatever graph they are nested in. */
class GraphmlReader {
  private readonly keys = new Map<string, Key>();
  private readonly undeclared = new Set<string>();
  readonly nodes = new Map<string, ReadonlyMap<string, string>>();
  readonly edges: Edge[] = [];
  readonly leftOut: LeftOut;
  readonly notices: string[] = [];
  private nested = 0;

  constructor(private readonly source: string) {
    this.leftOut = new LeftOut(source);
  }

  fault(what: string): never {
    throw new UsageError(`${this.source}: ${what}`);
  }

  read(root: XmlElement): void {
    const graphs = childrenOf(root, 'graph');
    if (graphs.length !== 1) {
      this.fault(
        `expected one <graph>, found ${graphs.length || 'none'}. Import each from a file of its own.`,
      );
    }
    for (const child of root.children) {
      if (child.name === 'key') this.declare(child);
      else if (child.name !== 'graph') this.leave(child, 'the file');
    }
    this.graph(graphs[0]!);
    if (this.nested > 0) {
      this.notices.push(
        `${this.source}: nested graphs: ${this.nested}. Their nodes and edges count as those of the outer graph.`,
      );
    }
    if (this.undeclared.size > 0) {
      const ids = [...this.undeclared].map((id) => `"${id}"`).join(', ');
      this.notices.push(`${this.source}: keys of data that are not declared, read by their ids: ${ids}.`);
    }
  }

  private leave(element: XmlElement, of: string): void {
    if (element.name !== 'desc') this.leftOut.add(`<${element.name}> of ${of}`);
  }

  private declare(element: XmlElement): void {
    const id = attribute(element, 'id');
    if (this.keys.has(id)) this.fault(`two keys have the id "${id}"; give each its own.`);
    const domain = attribute(element, 'for') || 'all';
    const [fallback] = childrenOf(element, 'default');
    this.keys.set(id, {
      name: attribute(element, 'attr.name') || attribute(element, 'yfiles.type') || id,
      type: attribute(element, 'attr.type'),
      of: domain === 'node' || domain === 'edge' || domain === 'all' ? domain : 'other',
      ...(fallback === undefined ? {} : { fallback: fallback.text }),
    });
  }

  /** The values of a node or edge by key, defaults included. */
  private valuesOf(element: XmlElement, of: 'node' | 'edge'): Map<string, string> {
    const values = new Map<string, string>();
    for (const [id, key] of this.keys) {
      if (key.fallback !== undefined && (key.of === of || key.of === 'all')) values.set(id, key.fallback);
    }
    for (const data of childrenOf(element, 'data')) {
      const id = attribute(data, 'key');
      if (data.children.length > 0) {
        this.leftOut.add(`the data "${this.keys.get(id)?.name ?? id}" of ${of}s, which are not text`);
        continue;
      }
      if (!this.keys.has(id)) {
        this.undeclared.add(id);
        this.keys.set(id, { name: id, type: '', of: 'other' });
      }
      values.set(id, data.text);
    }
    return values;
  }

  /** What an xs:boolean says, or `otherwise` where it is not given. */
  private boolean(value: string | undefined, otherwise: boolean, where: string): boolean {
    if (value === undefined) return otherwise;
    const said = booleans.get(value);
    return said ?? this.fault(`${where}: expected true, false, 1 or 0, found ${describeValue(value)}.`);
  }

  private graph(graph: XmlElement): void {
    const direction = attribute(graph, 'edgedefault');
    if (!['directed', 'undirected', ''].includes(direction)) {
      this.fault(`edgedefault: expected directed or undirected, found ${describeValue(direction)}.`);
    }
    if (direction === '') {
      this.notices.push(`${this.source}: no edgedefault: edges that do not say count as directed.`);
    }
    for (const child of graph.children) {
      if (child.name === 'node') this.node(child);
      else if (child.name === 'edge') this.edge(child, direction !== 'undirected');
      else this.leave(child, 'the graph');
    }
  }

  private within(element: XmlElement, of: string): void {
    for (const child of element.children) {
      if (child.name === 'graph') {
        this.nested++;
        this.graph(child);
      } else if (child.name !== 'data') this.leave(child, of);
    }
  }

  private node(node: XmlElement): void {
    const id = attribute(node, 'id');
    if (id === '') this.fault(`node ${this.nodes.size + 1} has no id.`);
    if (this.nodes.has(id)) this.fault(`two nodes have the id "${id}"; give each its own.`);
    this.nodes.set(id, this.valuesOf(node, 'node'));
    this.within(node, 'nodes');
  }

  private edge(edge: XmlElement, directed: boolean): void {
    for (const port of ['sourceport', 'targetport']) {
      if (attributeIn(edge, port) !== undefined) this.leftOut.add(`${port} of edges`);
    }
    this.edges.push({
      ends: [attribute(edge, 'source'), attribute(edge, 'target')],
      directed: this.boolean(
        attributeIn(edge, 'directed'),
        directed,
        `edge ${this.edges.length + 1}, directed`,
      ),
      values: this.valuesOf(edge, 'edge'),
    });
    this.within(edge, 'edges');
  }

  /** Keys that any of these elements has a value for. */
  keysOn(elements: Iterable<ReadonlyMap<string, string>>): Map<string, Key> {
    const found = new Set<string>();
    for (const values of elements) for (const id of values.keys()) found.add(id);
    return new Map([...this.keys].filter(([id]) => found.has(id)));
  }

  /** A value by the type of its key. */
  typed(value: string, key: Key, where: string): string {
    const at = () => `${where}, attribute "${key.name}" of type ${key.type}`;
    if (key.type === 'boolean' && value !== '')
      return this.boolean(value.toLowerCase(), false, at()) ? '1' : '0';
    // Programs that have no missing numbers write NaN for them.
    if (!/^(int|long|float|double)$/.test(key.type) || /^(nan)?$/i.test(value))
      return value.replace(/^nan$/i, '');
    const number = Number(value);
    if (Number.isNaN(number) || (/^(int|long)$/.test(key.type) && !Number.isInteger(number))) {
      const expected = /^(int|long)$/.test(key.type) ? 'a whole number' : 'a number';
      this.fault(`${at()}: expected ${expected}, found ${describeValue(value)}.`);
    }
    return String(number);
  }
}

const edgeRoles = ['weight', 'type', 'sign', 'transmitter'] as const satisfies readonly ColumnRole[];
type EdgeRole = (typeof edgeRoles)[number];

/** The key of each role among those that edges have. */
function rolesOf(
  reader: GraphmlReader,
  keys: ReadonlyMap<string, Key>,
  columns: ConvertOptions['columns'] = {},
) {
  const found: Partial<Record<EdgeRole, string>> = {};
  for (const role of Object.keys(columns)) {
    if (!(edgeRoles as readonly string[]).includes(role)) {
      reader.fault(
        `--columns ${role}=…: edges of GraphML name their ends; give weight, type, sign or transmitter.`,
      );
    }
  }
  for (const role of edgeRoles) {
    const own = columns[role];
    const names = own === undefined ? roleNames(role) : [plainHeader(own)];
    const given = [...keys].map(([id, { name }]) => [id, plainHeader(name)] as const);
    const name = names.find((candidate) => given.some(([, plain]) => plain === candidate));
    if (name === undefined) {
      if (own !== undefined) {
        reader.fault(
          `${role}: edges have no attribute "${own}". ${suggest(
            own,
            [...keys.values()].map((key) => key.name),
          )}`,
        );
      }
      continue;
    }
    const ids = given.filter(([, plain]) => plain === name).map(([id]) => id);
    if (ids.length > 1)
      reader.fault(
        `${role}: two attributes of edges are called "${name}"; rename the one that should not be read.`,
      );
    found[role] = ids[0]!;
  }
  return found;
}

const quotedNames = (keys: Iterable<Key>) => [...keys].map(({ name }) => `"${name}"`).join(', ');

/** Edges as rows of an edge list. */
function edgeRows(
  reader: GraphmlReader,
  source: string,
  nameOf: ReadonlyMap<string, string>,
  { columns, gapListing, types }: ConvertOptions,
): Row[] {
  const { edges, notices, leftOut } = reader;
  const keys = reader.keysOn(edges.map(({ values }) => values));
  const roles = rolesOf(reader, keys, columns);
  const optional = (['sign', 'transmitter'] as const).filter((role) => roles[role] !== undefined);
  const undirected = new Undirected(gapListing);
  const kinds = typesByCode(types);
  let [weightless, directionless] = [0, 0];
  const rows = edges.map(({ ends, directed, values }, i): Row => {
    const where = `edge ${i + 1}`;
    const [one, other] = ends.map((id) => nameOf.get(id));
    if (one === undefined || other === undefined) {
      reader.fault(
        `${where} joins "${ends[0]}" and "${ends[1]}", for which there is no node. Correct the edge or add the node.`,
      );
    }
    const value = (role: EdgeRole) => {
      const id = roles[role];
      return id === undefined ? '' : reader.typed(values.get(id) ?? '', keys.get(id)!, where);
    };
    const type = value('type') || (directed ? 'chemical' : 'electrical');
    if (value('weight') === '') weightless++;
    const junction = !directed && kinds.get(type.toLowerCase()) === 'gap';
    if (!directed && !junction) directionless++;
    const ordered = junction ? undirected.ends(one, other) : [one, other];
    return [...ordered, type, value('weight') || 1, ...optional.map(value)];
  });
  const used = new Set(Object.values(roles));
  const others = [...keys].filter(([id]) => !used.has(id));
  if (roles.weight === undefined) {
    const known = roleNames('weight')
      .map((name) => `"${name}"`)
      .join(', ');
    notices.push(
      `${source}: no attribute of the edges is a weight, so each edge counts 1. ` +
        (others.length === 0
          ? 'Edges have no other attribute.'
          : `There are: ${quotedNames(others.map(([, key]) => key))}. Known names are ${known}; --columns weight=NAME says which it is.`),
    );
  } else if (weightless > 0) {
    notices.push(`${source}: edges without a weight, each counted as 1: ${weightless} of ${edges.length}.`);
  }
  if (directionless > 0) {
    notices.push(
      `${source}: undirected edges of a type other than electrical, taken as leading from source to target: ${directionless}.`,
    );
  }
  notices.push(...undirected.notices(source));
  for (const [id, { name }] of others) {
    leftOut.add(`the attribute "${name}" of edges`, edges.filter(({ values }) => values.has(id)).length);
  }
  return [['pre', 'post', 'type', 'weight', ...optional], ...rows];
}

/** Nodes as rows of a list of cells, and the name of each. */
function nodeRows(reader: GraphmlReader, source: string): { rows: Row[]; nameOf: Map<string, string> } {
  const { nodes, notices, leftOut } = reader;
  const keys = reader.keysOn(nodes.values());
  const byName = (wanted: string) => [...keys].find(([, { name }]) => plainHeader(name) === wanted)?.[0];
  const naming = byName('name') ?? byName('label');
  const named = [...nodes].map(([id, values]) => [id, (naming && values.get(naming)) || id] as const);
  const unique = new Set(named.map(([, name]) => name)).size === nodes.size;
  if (!unique) {
    notices.push(
      `${source}: several nodes have the same "${keys.get(naming!)!.name}", so cells are called by their nodes' ids.`,
    );
  }
  const nameOf = new Map(unique ? named : [...nodes.keys()].map((id) => [id, id]));
  const columns = new Map<string, string>();
  for (const [id, { name }] of keys) {
    const column = cellAttribute(name);
    if (column !== undefined && column !== 'id' && !columns.has(column)) columns.set(column, id);
  }
  const used = new Set([naming, ...columns.values()]);
  for (const [id, { name }] of keys) {
    if (used.has(id)) continue;
    leftOut.add(
      `the attribute "${name}" of nodes`,
      [...nodes.values()].filter((values) => values.has(id)).length,
    );
  }
  if (!columns.has('kind')) columns.set('kind', '');
  return {
    nameOf,
    rows: [
      ['id', ...columns.keys()],
      ...[...nodes].map(
        ([id, values], i): Row => [
          nameOf.get(id)!,
          ...[...columns.values()].map((key) =>
            reader.typed(
              values.get(key) ?? '',
              keys.get(key) ?? { name: '', type: '', of: 'all' },
              `node ${i + 1}`,
            ),
          ),
        ],
      ),
    ],
  };
}

/**
 * GraphML: nodes by their name where names are unique, else by id; undirected edges are gap junctions unless a type says
 * otherwise. Defaults of keys stand in for values that are not given (GraphML primer, section 3.2).
 */
export function fromGraphml(file: SourceText, options: ConvertOptions = {}): Converted {
  const reader = new GraphmlReader(file.source);
  reader.read(readXml(file, 'graphml'));
  const { rows, nameOf } = nodeRows(reader, file.source);
  const edges = edgeRows(reader, file.source, nameOf, options);
  return converted(
    file.source,
    edges,
    rows,
    ['edge', 'node'],
    [...reader.notices, ...reader.leftOut.notices()],
  );
}
