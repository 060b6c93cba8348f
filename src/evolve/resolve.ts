import type { z } from 'zod';
import { type Connectome, UnknownCellError } from '../connectome/connectome.js';
import { parseConnectome } from '../connectome/load.js';
import { noConnectome } from '../connectome/none.js';
import { type Habitat, openHabitat } from '../evaluate/habitat.js';
import { checkGenome } from '../genome/fitting.js';
import { readGenomeFile } from '../genome/genome-file.js';
import { loadGenomeSpec } from '../genome/spec.js';
import { withOwnParts } from '../network/files/network-spec.js';
import { UsageError } from '../spec/errors.js';
import { readTextFile } from '../spec/json-file.js';
import { type Library, libraryFile } from '../spec/library.js';
import { isModulePath } from '../spec/parts/module-files.js';
import { loadPart, type PartSpec, partOf } from '../spec/parts/part.js';
import { describeValue } from '../spec/validate.js';
import { strategyParts } from '../strategies/parts.js';
import { checkTakes } from '../strategies/takes.js';
import { taskOf, taskParts } from '../tasks/table.js';
import { checkConstraints } from './constraints.js';
import { checkObjectives, isUnnamed, withNames } from './objectives.js';
import { loadPreset } from './presets.js';
import { problemOf } from './problem.js';
import { type budgetSchema, loadRunParts, parseRunSpec, type RunSpec, setupOf } from './run-spec.js';
import { type Fields, isFields, merge, parseSetting } from './settings.js';
import { fittedWiring, wiringNotice } from './wiring.js';

const connectomeLibrary: Library = { folder: 'connectomes', item: 'connectome' };

export interface RunRequest {
  /** A run file's content; fields may be names (`"strategy": "ga"`) or whole (`"strategy": { "name": "ga", … }`). */
  file?: { path: string; value: unknown };
  /** A genome file that seeds the run: its genes, and, where nothing else is said, its spec, connectome, network and task. */
  from?: string;
  /** Whether the file's genome spec was recorded by a run: it is taken as it is, whatever would be said of it today. */
  recorded?: boolean;
  strategy?: string;
  genome?: string;
  connectome?: string;
  task?: string;
  /** Objectives by name or path; one, or several where the strategy takes them. */
  objective?: readonly string[];
  seed?: number;
  budget?: z.input<typeof budgetSchema>;
  /** `path=value`, in order. */
  set?: readonly string[];
}

export interface ResolvedRun {
  spec: RunSpec;
  /** Where the run's lives are lived. */
  habitat: Habitat;
  /** The text of the connectome's table; undefined where the task brings its network. */
  connectomeText: string | undefined;
  /** What was settled that the user may want to settle otherwise. */
  notices: readonly string[];
}

/** What a run is when nothing else is said. */
const defaults = { strategy: 'ga', genome: 'weights', connectome: 'c-elegans-openworm', task: 'foraging' };

/**
 * Settles a run: defaults, then the strategy's preset, then the run file, then the command line, then `--set`.
 * Everything it names is looked up and checked.
 */
export async function resolveRun(request: RunRequest): Promise<ResolvedRun> {
  const source = request.file?.path ?? 'command line';
  const given = request.file ? request.file.value : {};
  if (!isFields(given)) throw new UsageError(`${source}: a run is an object, found ${describeValue(given)}.`);
  const file: Fields = request.from === undefined ? given : { ...seedOf(request.from), ...given };

  const chosen = (field: 'strategy' | 'task' | 'genome' | 'connectome') => request[field] ?? file[field];
  const strategy = await chosenStrategy(chosen('strategy') ?? defaults.strategy, source);
  const task = await chosenTask(chosen('task') ?? defaults.task, source);
  // What is not even named is refused with the rest of the spec.
  const home = isNamed(task) ? taskOf(task) : undefined;
  const circuit = home?.lives === 'in-circuit' ? String((task as PartSpec).name) : undefined;
  const preset = typeof strategy === 'string' ? loadPreset(strategy) : undefined;
  const { strategy: _s, task: _t, genome: _g, connectome: _c, budget: fileBudget, ...rest } = file;
  let spec: unknown = {
    strategy: preset ? preset.strategy : strategy,
    task,
    genome: loadGenomeSpec(chosen('genome') ?? home?.genome ?? defaults.genome, `${source}: genome`),
  };
  spec = merge(spec, 'objective' in rest ? { ...rest, objective: withNames(rest.objective) } : rest);
  // An end given for this run takes the place of the preset's, rather than adding to it.
  const budget =
    request.budget && Object.keys(request.budget).length > 0
      ? request.budget
      : (fileBudget ?? preset?.budget);
  const seed = request.seed === undefined ? {} : { seed: request.seed };
  const named = request.objective?.map((name) => ({ name }));
  const objectives = named?.length === 1 ? named[0] : named;
  spec = merge(spec, { ...(budget ? { budget } : {}), ...seed });
  if (objectives && isFields(spec)) spec = { ...spec, objective: objectives };
  spec = (request.set ?? []).reduce(withSetting, spec);

  if (isFields(spec)) {
    // A preset's penalties are in the unit of the default task's score, and by distance from the animal.
    const penalised = preset && circuit === undefined && isUnnamed(spec.objective);
    spec = {
      ...spec,
      ...(penalised ? { objective: merge(preset.objective, spec.objective) } : {}),
      ...(spec.network ? { network: withOwnParts(spec.network) } : {}),
    };
  }

  const found = findConnectome(chosen('connectome'), circuit, source);
  const { connectome, path } = found;
  const byPath = path === undefined ? {} : { path };
  spec = merge(spec, { connectome: { id: connectome.id, hash: connectome.hash, ...byPath } });
  const asked = parseRunSpec(await loadRunParts(spec, source), source);
  // Opening it finds what no schema sees: cells that the connectome lacks, starts outside their range, rules that need
  // what the network lacks.
  const { spec: settled, habitat, notices } = await openFitted(asked, connectome);
  const isRecorded = request.genome === undefined && (request.recorded || request.from !== undefined);
  if (!isRecorded) checkGenome(settled.genome, habitat.ground);
  refuseMisfits(settled, habitat, source);
  return { spec: settled, habitat, connectomeText: found.text, notices };
}

/** A run with one of its fields set. */
function withSetting(spec: unknown, setting: string): unknown {
  const fields = parseSetting(setting);
  for (const name of ['strategy', 'task', 'genome', 'connectome']) {
    const value = fields[name];
    const chooses = !isFields(value) || name === 'connectome' || Object.keys(value).join() === 'name';
    if (value === undefined || !chooses) continue;
    throw new UsageError(
      `--set ${setting}: which ${name} is used is chosen by --${name}; --set changes its fields.`,
    );
  }
  return merge(spec, fields);
}

/** Opens a run's habitat; where the task names cells that the connectome lacks, with the wiring that fits. */
async function openFitted(
  spec: RunSpec,
  connectome: Connectome,
): Promise<{ spec: RunSpec; habitat: Habitat; notices: string[] }> {
  const open = (task: RunSpec['task']) => openHabitat(setupOf({ ...spec, task }, connectome));
  try {
    return { spec, habitat: await open(spec.task), notices: [] };
  } catch (error) {
    if (!(error instanceof UnknownCellError)) throw error;
    const { task, changed } = fittedWiring(spec.task, connectome);
    const habitat = await open(task);
    return { spec: { ...spec, task }, habitat, notices: [wiringNotice(connectome, changed)] };
  }
}

/** @throws UsageError where the parts of a run are sound and do not fit each other */
function refuseMisfits(spec: RunSpec, { space, description, task }: Habitat, source: string): void {
  checkTakes(spec.strategy.name, partOf(strategyParts, spec.strategy), problemOf(spec, space));
  const measures = [...Object.keys(description.measures), ...Object.keys(task.behaviour)];
  const known = { measures: [...new Set(measures)] };
  checkObjectives(spec.objective, known, source);
  checkConstraints(spec.constraints ?? [], known, source);
}

/** The strategy that a run names: a preset stays a name, a module becomes a spec. */
async function chosenStrategy(strategy: unknown, source: string): Promise<unknown> {
  const isModule = typeof strategy === 'string' && isModulePath(strategy);
  return isModule ? loadPart(strategyParts, { name: strategy }, source) : strategy;
}

/** The task that a run names: by name, by the path of a module, or with its options. */
async function chosenTask(task: unknown, source: string): Promise<unknown> {
  if (typeof task === 'string') return loadPart(taskParts, { name: task }, source);
  return isNamed(task) ? loadPart(taskParts, task, source) : task;
}

const isNamed = (part: unknown): part is PartSpec => isFields(part) && typeof part.name === 'string';

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
        'one this run was written for. Remove the hash to use it anyway.',
    );
  }
  return { connectome, text, path: asked === connectome.id ? undefined : table };
}
