import { UsageError } from '../../spec/errors.js';
import { kindByName } from '../names.js';
import { transmitterNames } from '../transmitters.js';
import { cellColumn, roleLetters } from './cells.js';
import type { Row } from './converted.js';
import type { LeftOut } from './left-out.js';
import { attribute, childrenOf, type XmlElement } from './xml.js';

interface Cell {
  name: string;
  component: string;
  transmitters: string[];
  /** What a list of cells says, by its columns. */
  columns: ReadonlyMap<string, string>;
}

interface Population {
  /** Cells by the number of their instance. */
  instances: Map<number, Cell>;
}

/** The cells of a network's populations, by the paths that connections name them by. */
export class NeuromlCells {
  private readonly populations = new Map<string, Population>();
  private readonly list: Cell[] = [];
  readonly notices: string[] = [];
  private unsized: string[] = [];

  constructor(
    private readonly source: string,
    private readonly leftOut: LeftOut,
  ) {}

  private fault(what: string): never {
    throw new UsageError(`${this.source}: ${what}`);
  }

  /** The numbers of a population's cells, each with its element where it is listed. */
  private instancesOf(population: XmlElement, id: string): Map<number, XmlElement | undefined> {
    const listed = childrenOf(population, 'instance');
    const size = attribute(population, 'size');
    if (size !== '' && !/^\d+$/.test(size)) {
      this.fault(`population "${id}": expected size as a whole number, found "${size}".`);
    }
    if (listed.length > 0) {
      if (size !== '' && Number(size) !== listed.length) {
        this.notices.push(
          `${this.source}: population "${id}" says size ${size} and lists ${listed.length} instances; the instances count.`,
        );
      }
      const found = new Map(
        listed.map((instance) => [Number(attribute(instance, 'id') || Number.NaN), instance]),
      );
      if (found.size < listed.length || [...found.keys()].some((number) => !(number >= 0))) {
        this.fault(`population "${id}": expected instances with ids of their own, 0, 1, 2, …`);
      }
      return found;
    }
    if (childrenOf(population, 'layout').length > 0 && size === '') {
      this.fault(`population "${id}": its layout does not list its cells; give a size or instances.`);
    }
    if (size === '') this.unsized.push(id);
    return new Map(Array.from({ length: Number(size || 1) }, (_, number) => [number, undefined]));
  }

  /** What a population's properties say of its cells, by columns of a list of cells. */
  private propertiesOf(population: XmlElement): { name: string; columns: Map<string, string> } {
    const columns = new Map<string, string>();
    let name = '';
    for (const property of childrenOf(population, 'property')) {
      const [tag, value] = [attribute(property, 'tag'), attribute(property, 'value') || property.text];
      const column = cellColumn(tag);
      const role = roleLetters(value);
      if (tag === 'name') name = value;
      else if (tag === 'type' && /muscle/i.test(value)) columns.set('kind', 'muscle');
      else if (tag === 'type' && role !== undefined) columns.set('role', role);
      else if (tag === 'type' || column === undefined || column === 'id')
        this.leftOut.add(`the property "${tag}"`);
      else columns.set(column, value);
    }
    return { name, columns };
  }

  add(population: XmlElement): void {
    const id = attribute(population, 'id');
    if (id === '') this.fault(`population ${this.populations.size + 1} has no id.`);
    if (this.populations.has(id)) this.fault(`two populations have the id "${id}"; give each its own.`);
    const component = attribute(population, 'component');
    const { name: given, columns } = this.propertiesOf(population);
    const name = given || id;
    if (!columns.has('kind')) columns.set('kind', /muscle/i.test(component) ? 'muscle' : kindByName(name));
    const transmitters = transmitterNames(columns.get('transmitters') ?? '');
    const instances = this.instancesOf(population, id);
    const cells = new Map<number, Cell>();
    for (const [number, instance] of instances) {
      const [location] = instance ? childrenOf(instance, 'location') : [];
      const place = location
        ? (['x', 'y', 'z'] as const).map((axis) => [axis, attribute(location, axis)] as const)
        : [];
      const cell = {
        name: instances.size === 1 ? name : `${name}[${number}]`,
        ...{ component, transmitters, columns: new Map([...columns, ...place]) },
      };
      cells.set(number, cell);
      this.list.push(cell);
    }
    this.populations.set(id, { instances: cells });
    for (const { name: child } of population.children) {
      if (!['instance', 'property', 'notes', 'annotation', 'layout'].includes(child)) {
        this.leftOut.add(`<${child}> of populations`);
      }
    }
  }

  /**
   * The cell that a connection names: `../pop/3/component`, `pop/3`, `../pop[3]`, `pop[3]`, a bare number within the
   * population `home`, or a population of one by its id alone.
   */
  find(path: string, home: string, where: string): Cell {
    const parts = path
      .replace(/^(\.{0,2}\/)+/, '')
      .replace(/\[(\d+)\]/, '/$1')
      .split('/');
    if (/^\d+$/.test(parts[0]!) && !this.populations.has(parts[0]!)) parts.unshift(home);
    // A path from outside the network begins with the network's own id.
    if (!this.populations.has(parts[0]!) && this.populations.has(parts[1] ?? '')) parts.shift();
    const [id, number] = parts as [string, string | undefined];
    const population = this.populations.get(id);
    if (!population) this.fault(`${where}: "${path}" names no population of the network.`);
    if (home !== '' && id !== home) {
      this.fault(`${where}: "${path}" is in the population "${id}", and the projection names "${home}".`);
    }
    const { instances } = population;
    const cell =
      number === undefined
        ? instances.size === 1 && [...instances.values()][0]
        : /^\d+$/.test(number) && instances.get(Number(number));
    if (!cell) {
      const ids = [...instances.keys()].slice(0, 5).join(', ');
      this.fault(
        `${where}: "${path}" names no cell. The population "${id}" has ${instances.size}, numbered ${ids}${instances.size > 5 ? ', …' : ''}.`,
      );
    }
    return cell;
  }

  /** Rows of a list of cells. */
  rows(): Row[] {
    const columns = [...new Set(this.list.flatMap((cell) => [...cell.columns.keys()]))];
    const names = new Set<string>();
    for (const { name } of this.list) {
      if (names.has(name))
        this.fault(`two cells are called "${name}"; give each population a name of its own.`);
      names.add(name);
    }
    if (this.unsized.length > 0) {
      this.notices.push(
        `${this.source}: populations without a size or instances, taken as one cell each: ${this.unsized.length} (${this.unsized.slice(0, 5).join(', ')}).`,
      );
    }
    return [
      ['id', ...columns],
      ...this.list.map(({ name, columns: values }) => [
        name,
        ...columns.map((column) => values.get(column) ?? ''),
      ]),
    ];
  }
}
