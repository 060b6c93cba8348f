import { z } from 'zod';
import type { Connectome } from '../connectome/connectome.js';
import { parseConnectome } from '../connectome/load.js';
import { noConnectome } from '../connectome/none.js';
import { LifetimeRunner } from '../evaluate/lifetime.js';
import { readGenomeFile } from '../genome/genome-file.js';
import { loadGenomeSpec } from '../genome/spec.js';
import { checkNetwork } from '../network/check/network.js';
import { withOwnParts } from '../network/files/network-spec.js';
import { entryOf, UsageError } from '../spec/errors.js';
import { readJsonFile, readTextFile } from '../spec/json-file.js';
import { type Library, libraryFile, libraryNames } from '../spec/library.js';
import { describeValue, validate } from '../spec/validate.js';
import { strategies } from '../strategies/table.js';
import { type TaskName, taskOf, tasks } from '../tasks/table.js';
import { budgetSchema, objectiveSchema, parseRunSpec, type RunSpec, setupOf } from './run-spec.js';

const connectomeLibrary: Library = { folder: 'connectomes', item: 'connectome' };
const presetLibrary: Library = { folder: 'strategies', item: 'strategy' };

export const presetSchema = z
  .strictObject({
    $schema: z.string().optional(),
    format: z.literal('strategy-preset/1'),
    name: z.string().min(1),
    about: z.string(),
    strategy: z.looseObject({ name: z.enum(Object.keys(strategies) as [string, ...string[]]) }),
    objective: objectiveSchema.prefault({}),
    budget: budgetSchema.prefault({}),
  })
  .meta({
    title: 'Baldwin strategy preset',
    description: 'A strategy with its settings, objective and budget',
  });

export type Preset = z.output<typeof presetSchema>;

export const presetNames = () => libraryNames(presetLibrary);

export function loadPreset(nameOrPath: string): Preset {
  const file = libraryFile(presetLibrary, nameOrPath);
  const preset = validate(
    presetSchema,
    readJsonFile(file, 'strategy preset'),
    { source: file },
    'strategy preset',
  );
  const { name, ...options } = preset.strategy;
  const { options: schema } = entryOf(strategies, name, 'strategy');
  validate(schema, options, { source: file, at: ['strategy'] }, `preset of the strategy "${name}"`);
  return preset;
}

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/**
 * `over` laid on `base`, field by field. An alternative of another name or kind replaces the whole of it; numbers as
 * field names (`genes.0.signLock`) reach into an array.
 */
export function merge(base: unknown, over: unknown): unknown {
  if (over === undefined) return base;
  if (!isFields(over)) return over;
  const entries = Object.entries(over);
  if (Array.isArray(base) && entries.every(([key]) => /^\d+$/.test(key))) {
    const copy: unknown[] = [...base];
    for (const [key, value] of entries) {
      if (Number(key) >= copy.length) {
        throw new UsageError(
          `--set: there is no entry ${key} in a list of ${copy.length}: entries count from 0.`,
        );
      }
      copy[Number(key)] = merge(copy[Number(key)], value);
    }
    return copy;
  }
  if (!isFields(base)) return over;
  for (const tag of ['kind', 'name']) {
    if (over[tag] !== undefined && base[tag] !== undefined && over[tag] !== base[tag]) return over;
  }
  // Not by assignment: a field of the name __proto__ is to stay a field, and be refused as unknown.
  const laid = entries.map(([key, value]) => [
    key,
    merge(Object.hasOwn(base, key) ? base[key] : undefined, value),
  ]);
  return Object.fromEntries([...Object.entries(base), ...laid]);
}

/** `path=value` from the command line; the value is JSON where it parses as such and text otherwise. */
export function parseSetting(setting: string): Fields {
  const equals = setting.indexOf('=');
  if (equals < 1) {
    throw new UsageError(`--set ${setting}: expected path=value, such as strategy.population=32.`);
  }
  const keys = setting.slice(0, equals).split('.');
  if (keys.some((key) => key === '' || key === '__proto__')) {
    throw new UsageError(`--set ${setting}: "${setting.slice(0, equals)}" is not a path of field names.`);
  }
  const text = setting.slice(equals + 1);
  let value: unknown = text;
  try {
    value = JSON.parse(text);
  } catch {
    // Text that is not JSON stands for itself: --set task.patterns=square needs no quotes.
  }
  return keys.reverse().reduce<unknown>((inner, key) => ({ [key]: inner }), value) as Fields;
}

export interface RunRequest {
  /** A run file's content; fields may be names (`"strategy": "ga"`) or whole (`"strategy": { "name": "ga", … }`). */
  file?: { path: string; value: unknown };
  /** A genome file that seeds the run: its genes, and, where nothing else is said, its spec, connectome, network and task. */
  from?: string;
  strategy?: string;
  genome?: string;
  connectome?: string;
  task?: string;
  seed?: number;
  budget?: z.input<typeof budgetSchema>;
  /** `path=value`, in order. */
  set?: readonly string[];
}

export interface ResolvedRun {
  spec: RunSpec;
  connectome: Connectome;
  /** The text of the connectome's table; undefined where the task brings its network. */
  connectomeText: string | undefined;
}

/** What a run is when nothing else is said. */
const defaults = { strategy: 'ga', genome: 'weights', connectome: 'c-elegans-openworm', task: 'foraging' };

/**
 * Settles a run: defaults, then the strategy's preset, then the run file, then the command line, then `--set`.
 * Everything it names is looked up and checked.
 */
export function resolveRun(request: RunRequest): ResolvedRun {
  const source = request.file?.path ?? 'command line';
  const given = request.file ? request.file.value : {};
  if (!isFields(given)) throw new UsageError(`${source}: a run is an object, found ${describeValue(given)}.`);
  const file: Fields = request.from === undefined ? given : { ...seedOf(request.from), ...given };

  const chosen = (field: 'strategy' | 'task' | 'genome' | 'connectome') => request[field] ?? file[field];
  const strategy = chosen('strategy') ?? defaults.strategy;
  const task = chosen('task') ?? defaults.task;

  const taskName = String(isFields(task) ? task.name : task);
  // One that is not known is refused with the rest of the spec.
  const ownGenome = Object.hasOwn(tasks, taskName)
    ? taskOf({ name: taskName as TaskName }).genome
    : undefined;
  const circuit = ownGenome === undefined ? undefined : taskName;
  const preset = typeof strategy === 'string' ? loadPreset(strategy) : undefined;
  const { strategy: _s, task: _t, genome: _g, connectome: _c, budget: fileBudget, ...rest } = file;
  let spec: unknown = {
    strategy: preset ? preset.strategy : strategy,
    task: typeof task === 'string' ? { name: task } : task,
    genome: loadGenomeSpec(chosen('genome') ?? ownGenome ?? defaults.genome, `${source}: genome`),
    // A preset's penalties are in the unit of foraging's score, and by distance from the animal.
    ...(preset && circuit === undefined ? { objective: preset.objective } : {}),
  };
  spec = merge(spec, rest);
  // An end given for this run takes the place of the preset's, rather than adding to it.
  const budget =
    request.budget && Object.keys(request.budget).length > 0
      ? request.budget
      : (fileBudget ?? preset?.budget);
  const seed = request.seed === undefined ? {} : { seed: request.seed };
  spec = merge(spec, { ...(budget ? { budget } : {}), ...seed });
  for (const setting of request.set ?? []) {
    const fields = parseSetting(setting);
    for (const name of ['strategy', 'task', 'genome', 'connectome']) {
      const value = fields[name];
      const chooses = !isFields(value) || name === 'connectome' || Object.keys(value).join() === 'name';
      if (value === undefined || !chooses) continue;
      throw new UsageError(
        `--set ${setting}: which ${name} is used is chosen by --${name}; --set changes its fields.`,
      );
    }
    spec = merge(spec, fields);
  }

  if (isFields(spec)) spec = { ...spec, ...(spec.network ? { network: withOwnParts(spec.network) } : {}) };

  const found = findConnectome(chosen('connectome'), circuit, source);
  const { connectome, path } = found;
  const byPath = path === undefined ? {} : { path };
  spec = merge(spec, { connectome: { id: connectome.id, hash: connectome.hash, ...byPath } });
  const settled = parseRunSpec(spec, source);
  // Building it once finds what no schema sees: cells that the connectome lacks, starts outside their range,
  // rules that need what the network lacks.
  checkNetwork(new LifetimeRunner(setupOf(settled, connectome)).embodied.network);
  return { spec: settled, connectome, connectomeText: found.text };
}

/** What a genome file says of a run. */
function seedOf(path: string): Fields {
  const { genomeSpec, connectome, network, task, changes } = readGenomeFile(path);
  return {
    genome: genomeSpec,
    ...(connectome.id === noConnectome.id ? {} : { connectome: connectome.id }),
    ...(network ? { network } : {}),
    task,
    start: changes.map(([gene, , value]) => [gene, value]),
  };
}

interface FoundConnectome {
  connectome: Connectome;
  /** The text of its table; absent where a task brings its network. */
  text: string | undefined;
  /** Its file, where it was not found by name. */
  path: string | undefined;
}

/** The connectome that a run names, or none where its task brings a network. */
function findConnectome(named: unknown, circuit: string | undefined, source: string): FoundConnectome {
  const wanted = isFields(named)
    ? (named as { id?: unknown; hash?: unknown; path?: unknown })
    : { id: named ?? (circuit === undefined ? defaults.connectome : noConnectome.id) };
  const asked = wanted.path ?? wanted.id;
  if (circuit !== undefined) {
    if (asked === noConnectome.id) return { connectome: noConnectome, text: undefined, path: undefined };
    throw new UsageError(
      `${source}: connectome: the task "${circuit}" brings its own network and needs no connectome, found ` +
        `${describeValue(named)}. Leave it out, or choose a task that is lived on one.`,
    );
  }
  if (typeof asked !== 'string') {
    throw new UsageError(
      `${source}: connectome: expected the name of a connectome or a path to one, found ${describeValue(named)}.`,
    );
  }
  const table = libraryFile(connectomeLibrary, asked);
  const text = readTextFile(table, 'connectome');
  const connectome = parseConnectome(text, table);
  if (wanted.hash !== undefined && wanted.hash !== connectome.hash) {
    throw new UsageError(
      `${source}: connectome.hash: expected ${String(wanted.hash)}, found ${connectome.hash}: the table is not the ` +
        'one this run was written for. Take the hash out to use it all the same.',
    );
  }
  return { connectome, text, path: asked === connectome.id ? undefined : table };
}
