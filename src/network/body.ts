import type { Connectome } from '../connectome/connectome.js';
import { cellIndex } from '../connectome/connectome.js';
import type { Network } from './network.js';

/** Which cells a body drives and reads, by name: port name to cell names, in order. */
export interface Wiring {
  inputs: Readonly<Record<string, readonly string[]>>;
  outputs: Readonly<Record<string, readonly string[]>>;
}

/** A network and what a body must know to live with it. */
export interface Embodied {
  network: Network;
  /** Steps of the network in one step of the world. */
  stepsAnInterval: number;
  precision: 'f32' | 'f64';
  /**
   * The animal's chemical weights as the network has them, in the connectome's order: where evolution starts. They are
   * the first of the network's weights.
   */
  start: Float64Array;
  /** Unit of the weights, for pictures. */
  weightUnit: string;
  /** Parameters that are not the network's: how the body reads its muscles, as `body.NAME`. */
  body: Readonly<Record<string, number>>;
}

/** The cells of named ports, as indices into the connectome. @throws UsageError for a cell that it lacks */
export const portCells = (connectome: Connectome, ports: Wiring['inputs']) =>
  Object.entries(ports).map(([name, ids]) => ({
    name,
    cells: Int32Array.from(ids, (id) => cellIndex(connectome, id)),
  }));

/** The value of a parameter, by `POPULATION.NAME`, `POPULATION.PORT.NAME` or `body.NAME`, where all cells share it. */
export function parameterOf({ network, body }: Embodied, path: string): number | undefined {
  if (Object.hasOwn(body, path)) return body[path];
  const [name, ...rest] = path.split('.');
  const population = network.populations.find((of) => of.name === name);
  const port = rest.length === 2 ? population?.ports[rest[0]!] : undefined;
  const model = rest.length === 2 ? port?.model : population?.model;
  const known = model?.parameters[rest.at(-1)!];
  if (!known) return undefined;
  const given = (rest.length === 2 ? port! : population!).parameters[rest.at(-1)!];
  return given instanceof Float64Array ? undefined : (given ?? known.default);
}

/** Every parameter that has one value for all cells of its population, for messages. */
export function parameterNames({ network, body }: Embodied): string[] {
  return [
    ...network.populations.flatMap(({ name, model, parameters, ports }) => [
      ...Object.keys(model.parameters)
        .filter((parameter) => !(parameters[parameter] instanceof Float64Array))
        .map((parameter) => `${name}.${parameter}`),
      ...Object.entries(ports).flatMap(([port, of]) =>
        Object.keys(of.model.parameters)
          .filter((parameter) => !(of.parameters[parameter] instanceof Float64Array))
          .map((parameter) => `${name}.${port}.${parameter}`),
      ),
    ]),
    ...Object.keys(body),
  ];
}
