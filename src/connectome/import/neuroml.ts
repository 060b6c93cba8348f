import { UsageError } from '../../spec/errors.js';
import { describeValue } from '../../spec/validate.js';
import { signCode } from '../schema.js';
import { type Converted, type ConvertOptions, converted, type Row, Undirected } from './converted.js';
import type { SourceText } from './graph.js';
import { LeftOut } from './left-out.js';
import { NeuromlCells } from './neuroml-cells.js';
import { SynapseSigns } from './neuroml-signs.js';
import { attribute, childrenOf, readXml, type XmlElement } from './xml.js';

/** Elements that hold connections, by the names of these. */
const projections: Record<string, RegExp> = {
  projection: /^connection(W|WD)?$/,
  electricalProjection: /^electricalConnection(Instance|InstanceW)?$/,
  continuousProjection: /^continuousConnection(Instance|InstanceW)?$/,
};
const single = /^(synaptic|explicit)Connection(W|WD)?$/;
/** Attributes that say where on its cells a connection is; 0 and 0.5 say the first segment and its middle. */
const places = ['pre', 'post'].flatMap((end) =>
  ['SegmentId', 'Segment', 'FractionAlong'].map((what) => `${end}${what}`),
);
const words = new Set(['notes', 'annotation', 'property']);

class NeuromlReader {
  readonly leftOut: LeftOut;
  readonly cells: NeuromlCells;
  private readonly signs: SynapseSigns;
  private readonly undirected: Undirected;
  private readonly rows: Row[] = [];
  private readonly empty: string[] = [];
  /** Connections whose sign is not known, by their synapse. */
  private readonly unsigned = new Map<string, number>();

  constructor(
    private readonly source: string,
    private readonly root: XmlElement,
    { gapListing }: ConvertOptions,
  ) {
    this.leftOut = new LeftOut(source);
    this.cells = new NeuromlCells(source, this.leftOut);
    this.signs = new SynapseSigns(root);
    this.undirected = new Undirected(gapListing);
  }

  private weight(connection: XmlElement, where: string): number {
    const text = attribute(connection, 'weight') || '1';
    const weight = Number(text);
    if (!Number.isFinite(weight)) {
      throw new UsageError(
        `${this.source}: ${where}: expected the weight as a number, found ${describeValue(text)}.`,
      );
    }
    return weight;
  }

  /** Parts of a connection that are dynamics or geometry. */
  private aside(connection: XmlElement): void {
    if (Number.parseFloat(attribute(connection, 'delay')) > 0) this.leftOut.add('delays of connections');
    const placed = places.some((name) => ![0, 0.5].includes(Number(attribute(connection, name))));
    if (placed) this.leftOut.add('places of connections on their cells');
    for (const { name } of connection.children)
      if (!words.has(name)) this.leftOut.add(`<${name}> of connections`);
  }

  /**
   * One connection between two cells. A negative weight turns the sign of its synapse round.
   * @param homes the populations that its projection names, or empty
   */
  private connect(
    connection: XmlElement,
    [pre, post]: [string, string],
    homes: [string, string],
    synapse: string,
    electrical: boolean,
    where: string,
  ): void {
    const [from, to] = [this.cells.find(pre, homes[0], where), this.cells.find(post, homes[1], where)];
    const weight = this.weight(connection, where);
    this.aside(connection);
    if (electrical) {
      this.rows.push([...this.undirected.ends(from.name, to.name), 'electrical', weight, '']);
      return;
    }
    const sign = this.signs.signOf(synapse, to.component, from.transmitters) * Math.sign(weight || 1);
    if (sign === 0) this.unsigned.set(synapse, (this.unsigned.get(synapse) ?? 0) + 1);
    this.rows.push([from.name, to.name, 'chemical', Math.abs(weight), signCode(sign)]);
  }

  private projection(projection: XmlElement): void {
    const id = attribute(projection, 'id');
    const homes: [string, string] = [
      attribute(projection, 'presynapticPopulation'),
      attribute(projection, 'postsynapticPopulation'),
    ];
    let connections = 0;
    for (const child of projection.children) {
      if (!projections[projection.name]!.test(child.name)) {
        if (!words.has(child.name)) this.leftOut.add(`<${child.name}> of projections`);
        continue;
      }
      connections++;
      const where = `${child.name} ${connections} of the ${projection.name} "${id}"`;
      const end = (which: 'pre' | 'post') =>
        attribute(child, `${which}CellId`) || attribute(child, `${which}Cell`);
      const synapse =
        attribute(child, 'postComponent') || attribute(child, 'synapse') || attribute(projection, 'synapse');
      const back = attribute(child, 'preComponent');
      if (back !== '' && !this.signs.isSilent(back)) {
        this.leftOut.add(`the effect of "${back}" on presynaptic cells`);
      }
      const electrical = projection.name === 'electricalProjection' || this.signs.isJunction(synapse);
      this.connect(child, [end('pre'), end('post')], homes, synapse, electrical, where);
    }
    if (connections === 0) this.empty.push(id);
  }

  read(): Converted {
    const networks = childrenOf(this.root, 'network');
    if (networks.length !== 1) {
      throw new UsageError(
        `${this.source}: expected one <network>, found ${networks.length || 'none'}. Import each from a file of its own.`,
      );
    }
    const [network] = networks as [XmlElement];
    for (const population of childrenOf(network, 'population')) this.cells.add(population);
    for (const child of network.children) {
      if (child.name === 'population' || words.has(child.name)) continue;
      if (projections[child.name]) this.projection(child);
      else if (single.test(child.name)) {
        const synapse = attribute(child, 'synapse');
        const ends: [string, string] = [attribute(child, 'from'), attribute(child, 'to')];
        const where = `${child.name} from "${ends[0]}" to "${ends[1]}"`;
        this.connect(child, ends, ['', ''], synapse, this.signs.isJunction(synapse), where);
      } else this.leftOut.add(`<${child.name}> of the network`);
    }
    const cells = this.cells.rows();
    return converted(
      this.source,
      [['pre', 'post', 'type', 'weight', 'sign'], ...this.rows],
      cells,
      ['connection', 'cell'],
      [
        ...this.cells.notices,
        ...this.notices(),
        ...this.undirected.notices(this.source),
        ...this.leftOut.notices(),
      ],
    );
  }

  private notices(): string[] {
    const notices: string[] = [];
    const listed = (names: readonly string[]) =>
      `${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`;
    const includes = this.root.children
      .filter(({ name }) => /^include$/i.test(name))
      .map((include) => `"${attribute(include, 'href') || attribute(include, 'file')}"`);
    if (includes.length > 0) {
      notices.push(
        `${this.source}: included files that were not read: ${includes.length} (${listed(includes)}).`,
      );
    }
    if (this.empty.length > 0) {
      notices.push(
        `${this.source}: projections that hold no connection: ${this.empty.length} (${listed(this.empty)}).`,
      );
    }
    if (this.unsigned.size > 0) {
      const count = [...this.unsigned.values()].reduce((sum, n) => sum + n, 0);
      const synapses = [...this.unsigned.keys()].map(
        (id) => `"${id}"${this.signs.has(id) ? '' : ', which the file does not define'}`,
      );
      notices.push(
        `${this.source}: connections whose sign is not known: ${count}. Neither the reversal potential of the synapse nor ` +
          `the transmitter of the presynaptic cell tells it (synapses: ${listed(synapses)}).`,
      );
    }
    return notices;
  }
}

/** A NeuroML 2 network: a cell for each instance of a population, and what joins them; the dynamics of cells are left out. */
export function fromNeuroml(file: SourceText, options: ConvertOptions = {}): Converted {
  for (const role of Object.keys(options.columns ?? {})) {
    throw new UsageError(`--columns ${role}=…: NeuroML names its own attributes; leave it out.`);
  }
  return new NeuromlReader(file.source, readXml(file, 'neuroml'), options).read();
}
