import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { compactJson } from '../../connectome/write.js';
import { decodeFrame, encodeFrame } from '../../spec/binary.js';
import { entryOf, UsageError } from '../../spec/errors.js';
import { readBytes, readJsonFile } from '../../spec/json-file.js';
import { sha256 } from '../../spec/sha256.js';
import { formatPath, validate } from '../../spec/validate.js';
import { spikeTrain } from '../cells/spike-train.js';
import { cellModels } from '../cells/table.js';
import { checkNetwork } from '../check/network.js';
import { soundDynamics } from '../check/population.js';
import { inputModels } from '../inputs/table.js';
import type { CellModel, PortModel } from '../model/model.js';
import type { Network } from '../model/network.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';
import { plasticityRules } from '../plasticity/table.js';
import { synapseModels } from '../synapses/table.js';
import { formatModelFile, readCellModel, readPlasticityRule, readPortModel } from './model-file.js';
import { type Arrays, networkHeader, networkSchema } from './network-schema.js';

/** Lists up to this long stand in the JSON itself. */
const shortList = 64;

const cells: Readonly<Record<string, CellModel>> = { ...cellModels, 'spike-train': spikeTrain };
const ports: Readonly<Record<string, PortModel>> = { ...synapseModels, ...inputModels };
const rules: Readonly<Record<string, PlasticityRule>> = plasticityRules;

/** A model by name where it is the program's own, or else written out. */
function modelText<M extends { name: string }>(
  model: M,
  builtIn: Readonly<Record<string, M>>,
  describe: (model: M) => string,
): unknown {
  const known = Object.hasOwn(builtIn, model.name) && isDeepStrictEqual(builtIn[model.name], model);
  return known ? model.name : JSON.parse(describe(model));
}

const cellText = (model: CellModel) => modelText(model, cells, (of) => formatModelFile(of, 'cell'));
const portText = (model: PortModel) =>
  modelText(model, ports, (of) => formatModelFile(of, of.receives === undefined ? 'input' : 'synapse'));
const ruleText = (rule: PlasticityRule) => modelText(rule, rules, (of) => formatModelFile(of, 'rule'));

const mapped = <T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));

/** The network with names or texts in the places of models. */
const withModelTexts = ({ populations, projections, ...rest }: Network) => ({
  ...rest,
  populations: populations.map((population) => ({
    ...population,
    model: cellText(population.model),
    ports: mapped(population.ports, (port) => ({ ...port, model: portText(port.model) })),
  })),
  projections: projections.map((projection) => {
    const { plasticity } = projection;
    return plasticity
      ? { ...projection, plasticity: { ...plasticity, rule: ruleText(plasticity.rule) } }
      : projection;
  }),
});

const numberText = (value: number) =>
  Object.is(value, -0) ? '-0' : value === Infinity ? 'inf' : value === -Infinity ? '-inf' : value;

type TypedArray = Float64Array | Int32Array;

/** A value as JSON can have it; long arrays are told to `lay`, and stand there by their path. */
function jsonOf(
  item: unknown,
  path: readonly PropertyKey[],
  lay: (name: string, array: TypedArray) => void,
): unknown {
  if (typeof item === 'number') return numberText(item);
  if (item instanceof Float64Array || item instanceof Int32Array) {
    if (item.length <= shortList) return Array.from(item, numberText);
    const name = formatPath(path);
    lay(name, item);
    return { array: name };
  }
  if (Array.isArray(item)) return item.map((part, i) => jsonOf(part, [...path, i], lay));
  if (typeof item !== 'object' || item === null) return item;
  return Object.fromEntries(
    Object.entries(item).map(([key, part]) => [key, jsonOf(part, [...path, key], lay)]),
  );
}

/**
 * A network as a file's text, and the bytes of the file of arrays where it has long ones.
 * @param arraysFile name of the file of arrays, which is to stand in the same folder
 * @throws UsageError for a network that does not fit together, or has a model that could not be read again
 */
export function formatNetwork(
  network: Network,
  arraysFile: string,
): { text: string; arrays: Uint8Array | undefined } {
  checkNetwork(network);
  const laid: Record<string, TypedArray> = {};
  const content = jsonOf(withModelTexts(network), [], (name, array) => {
    laid[name] = array;
  }) as object;
  const arrays = Object.keys(laid).length > 0 ? encodeFrame(laid, { sealed: true }) : undefined;
  const place = arrays ? { arrays: { file: arraysFile, sha256: sha256(arrays) } } : {};
  const value = { format: 'network/1', ...place, ...content };
  networkFrom(value, 'network', laid);
  return { text: `${compactJson(value)}\n`, arrays };
}

/** A model that a file names or holds. */
function modelFrom<M>(
  given: string | { format: string },
  where: { source: string; path: string; what: string },
  builtIn: Readonly<Record<string, M>>,
  read: (value: unknown, source: string) => M,
): M {
  const { source, path, what } = where;
  if (typeof given !== 'string') return read(given, `${source}: ${path}`);
  try {
    return entryOf(builtIn, given, what, ' Your own is written out in its place.');
  } catch (error) {
    throw new UsageError(`${source}: ${path}: ${(error as Error).message}`, { cause: error });
  }
}

function portFrom(given: string | { format: string }, source: string, path: string): PortModel {
  const kind = typeof given !== 'string' && given.format === 'input-model/1' ? 'input' : 'synapse';
  return modelFrom(given, { source, path, what: 'synapse or input' }, ports, (value, from) =>
    readPortModel(kind, value, from),
  );
}

function networkFrom(value: unknown, source: string, arrays: Arrays): Network {
  const parsed = validate(networkSchema(arrays), value, { source }, 'network');
  const { $schema: _, format: __, arrays: ___, ...content } = parsed;
  const populations = content.populations.map((population, i) => {
    const path = `populations[${i}]`;
    const where = { source, path: `${path}.model`, what: 'cell model' };
    return {
      ...population,
      model: modelFrom(population.model, where, cells, readCellModel),
      ports: Object.fromEntries(
        Object.entries(population.ports).map(([name, port]) => [
          name,
          { ...port, model: portFrom(port.model, source, `${path}.ports.${name}.model`) },
        ]),
      ),
    };
  });
  const projections = content.projections.map((projection, i) => {
    const { plasticity } = projection;
    if (!plasticity) return projection;
    const where = { source, path: `projections[${i}].plasticity.rule`, what: 'plasticity rule' };
    return {
      ...projection,
      plasticity: { ...plasticity, rule: modelFrom(plasticity.rule, where, rules, readPlasticityRule) },
    };
  });
  const network = { ...content, populations, projections } as Network;
  try {
    checkNetwork(network);
    for (const population of populations as Network['populations'])
      soundDynamics(population, Object.keys(network.modulators));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const faults = error.message.split('\n').map((line) => `  ${line}`);
    throw new UsageError(`${source}: not a valid network.\n${faults.join('\n')}`, { cause: error });
  }
  return network;
}

/** The arrays beside a network's file. @throws UsageError where they are missing, damaged or of another network */
function arraysBeside(path: string, { file, sha256: expected }: { file: string; sha256: string }): Arrays {
  const beside = join(dirname(path), file);
  const bytes = readBytes(beside, `arrays of ${path}`);
  const arrays = decodeFrame(bytes, { sealed: true });
  if (typeof arrays !== 'object' || arrays === null) {
    throw new UsageError(
      `${beside}: expected the arrays of a network, found a file that is damaged or of another kind.`,
    );
  }
  const found = sha256(bytes);
  if (found !== expected) {
    throw new UsageError(
      `${path}: arrays.sha256: expected ${expected}, found ${found} of ${beside}: it belongs to another network. Put the two files that were saved together into one folder.`,
    );
  }
  return arrays as Record<string, unknown>;
}

/** A network from what its file holds; the file of arrays is looked for beside `path`. */
export function readNetwork(value: unknown, path: string): Network {
  const { arrays } = validate(networkHeader, value, { source: path }, 'network');
  return networkFrom(value, path, arrays && arraysBeside(path, arrays));
}

/**
 * A network from its file, the same to the bit as the one that was saved.
 * @throws UsageError naming every fault, with file, field, what was expected and what was found
 */
export const loadNetwork = (path: string): Network => readNetwork(readJsonFile(path, 'network'), path);
