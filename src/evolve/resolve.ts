import type { z } from 'zod';
import { type Connectome, UnknownCellError } from '../connectome/connectome.js';
import { noConnectome } from '../connectome/none.js';
import { type Habitat, openHabitat } from '../evaluate/habitat.js';
import { filterMeasures } from '../evaluate/vitals.js';
import { checkGenome } from '../genome/fitting.js';
import { type GenomeFile, parseGenomeFile } from '../genome/genome-file.js';
import { startOfRule } from '../genome/rule-start.js';
import type { GenomeSpace } from '../genome/space.js';
import { loadGenomeSpec } from '../genome/spec.js';
import { readPlasticityRule } from '../network/files/model-file.js';
import { withOwnParts } from '../network/files/network-spec.js';
import type { PlasticityRule } from '../network/model/plasticity-rule.js';
import { UsageError } from '../spec/errors.js';
import { readJsonFile } from '../spec/json-file.js';
import { isModulePath } from '../spec/parts/module-files.js';
import { loadPart, type PartSpec, partOf } from '../spec/parts/part.js';
import { describeValue } from '../spec/validate.js';
import { checkInjected } from '../strategies/injected.js';
import { strategyParts } from '../strategies/parts.js';
import { checkTakes } from '../strategies/takes.js';
import { whichStrategy } from '../strategies/which.js';
import { genomeOf, taskOf, taskParts } from '../tasks/table.js';
import type { Task } from '../tasks/task.js';
import { checkConstraints } from './constraints.js';
import { injectedFrom, injectedGenomes } from './injected.js';
import { checkObjectives, isUnnamed, withNames } from './objectives.js';
import { anyStrategy, loadPreset } from './presets.js';
import { problemOf } from './problem.js';
import { findConnectome } from './run-connectome.js';
import { type budgetSchema, loadRunParts, parseRunSpec, type RunSpec, setupOf } from './run-spec.js';
import { type Fields, isFields, merge, parseSetting } from './settings.js';
import { warmStarted } from './warm-start.js';
import { checkWarmStart } from './warm-start-field.js';
import { fittedWiring, wiringNotice } from './wiring.js';

export interface RunRequest {
  /** A run file's content; fields may be names (`"strategy": "ga"`) or whole (`"strategy": { "name": "ga", … }`). */
  file?: { path: string; value: unknown };
  /**
   * A file that seeds the run. A genome file: its genes, and, where nothing else is said, its spec, connectome, network and
   * task. Or a rule file, whose formulas and numbers become genes. Read already where its content is given.
   */
  from?: string | { source: string; value: unknown };
  /** Genome files whose genomes the first steps live in place of candidates. */
  inject?: readonly string[];
  /** Folders of runs from whose best genomes the strategy begins. */
  warmStart?: readonly string[];
  /** Whether the file's genome spec was recorded by a run: it is taken as it is, whatever would be said of it today. */
  recorded?: boolean;
  /** Whether the search has begun, and this is what becomes of it. */
  underWay?: boolean;
  strategy?: string;
  genome?: string;
  connectome?: string;
  /** A null model that takes the connectome's place, drawn by the run's seed. */
  nullModel?: string;
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
  const given = request.file?.value;
  const named = request.strategy ?? (isFields(given) ? given.strategy : undefined);
  const isAny = named === anyStrategy || (isFields(named) && named.name === anyStrategy);
  if (!isAny) return settledRun(request);
  if (request.warmStart?.length) {
    throw new UsageError(
      `--warm-start: "${anyStrategy}" looks at the run alone: name a strategy that begins from earlier solutions, such as ` +
        '"--strategy cma-es".',
    );
  }
  const options = isFields(named) ? Object.keys(named).filter((field) => field !== 'name') : [];
  if (options.length > 0) {
    throw new UsageError(
      `${request.file?.path ?? 'command line'}: strategy: "${anyStrategy}" takes no options, found ${options.join(', ')}. Name the strategy ` +
        'that they are of, or leave them out.',
    );
  }
  const settings = (request.set ?? []).filter((setting) => !setting.startsWith('strategy.'));
  const { spec, habitat } = await settledRun({ ...request, strategy: 'random', set: settings });
  const { task } = habitat;
  const evaluations = chosenBudget(request, settings)?.evaluations;
  const fixed = spec.seeds === 'common' || task.scenarios.every(({ random }) => !random);
  const { preset, when, because } = whichStrategy({ problem: problemOf(spec, habitat), evaluations, fixed });
  const run = await settledRun({ ...request, strategy: preset });
  const notice = `strategy ${preset}: chosen where ${when}: ${because} (docs/which-strategy.md).`;
  return { ...run, notices: [notice, ...run.notices] };
}

/** The budget that a request itself sets, rather than a preset. */
function chosenBudget({ budget, file }: RunRequest, settings: readonly string[]) {
  const asked = budget && Object.keys(budget).length > 0 ? budget : undefined;
  const filed = isFields(file?.value) ? file.value.budget : undefined;
  const { budget: chosen } = settings
    .map(parseSetting)
    .reduce(merge as (base: Fields, over: Fields) => Fields, { budget: asked ?? filed });
  return isFields(chosen) ? (chosen as z.output<typeof budgetSchema>) : undefined;
}

async function settledRun(request: RunRequest): Promise<ResolvedRun> {
  const source = request.file?.path ?? 'command line';
  const given = request.file ? request.file.value : {};
  if (!isFields(given)) throw new UsageError(`${source}: a run is an object, found ${describeValue(given)}.`);
  const seed = request.from === undefined ? undefined : readSeed(request.from);
  const file: Fields = { ...seed?.run, ...given };

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
    genome: loadGenomeSpec(
      chosen('genome') ?? usualGenome(task, home, request.set) ?? defaults.genome,
      `${source}: genome`,
    ),
    ...(preset?.seeds ? { seeds: preset.seeds } : {}),
  };
  spec = merge(spec, 'objective' in rest ? { ...rest, objective: withNames(rest.objective) } : rest);
  // An end given for this run takes the place of the preset's, rather than adding to it.
  const budget =
    request.budget && Object.keys(request.budget).length > 0
      ? request.budget
      : (fileBudget ?? preset?.budget);
  const seeded = request.seed === undefined ? {} : { seed: request.seed };
  const named = request.objective?.map((name) => ({ name }));
  const objectives = named?.length === 1 ? named[0] : named;
  spec = merge(spec, { ...(budget ? { budget } : {}), ...seeded });
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

  const { seed: runSeed = 1, connectome: set } = isFields(spec) ? spec : {};
  const found = findConnectome(
    {
      named: chosen('connectome') ?? (circuit === undefined ? defaults.connectome : noConnectome.id),
      nulls: [
        request.nullModel && { model: request.nullModel, seed: runSeed },
        isFields(set) ? set.null : undefined,
      ],
      circuit,
      runSeed,
    },
    source,
  );
  const { connectome } = found;
  if (isFields(spec)) spec = { ...spec, connectome: found.field };
  const asked = withPlan(parseRunSpec(await loadRunParts(spec, source), source));
  // Opening it finds what no schema sees: cells that the connectome lacks, starts outside their range, rules that need
  // what the network lacks.
  const opened = await openFitted(asked, connectome);
  const {
    spec: started,
    habitat,
    notices,
  } = seed?.rule ? await startingFrom(seed.rule, seed.source, opened, connectome) : opened;
  const injected = request.inject?.length
    ? { ...started, injected: injectedFrom(request.inject, habitat.space, connectome) }
    : started;
  const { spec: settled, notices: begun } = await warmStarted(injected, habitat, request.warmStart ?? []);
  const isRecorded = request.genome === undefined && (request.recorded || seed?.run !== undefined);
  if (!isRecorded) checkGenome(settled.genome, habitat.ground);
  refuseMisfits(settled, habitat, source);
  return {
    spec: settled,
    habitat,
    connectomeText: found.text,
    notices: [...notices, ...begun, ...planNotice(settled, request.underWay), ...frontNotice(settled)],
  };
}

/** The genome spec that a task names for itself, with its options as they are going to be. */
function usualGenome(
  task: unknown,
  home: Task | undefined,
  settings: readonly string[] = [],
): string | undefined {
  if (!home || !isNamed(task)) return undefined;
  const ofTask = settings.filter((setting) => setting.startsWith('task.'));
  const set = ofTask.map(parseSetting).reduce(merge as (base: Fields, over: Fields) => Fields, { task });
  return isNamed(set.task) ? genomeOf(set.task, home) : undefined;
}

/** A run with one of its fields set. */
function withSetting(spec: unknown, setting: string): unknown {
  const fields = parseSetting(setting);
  for (const name of ['strategy', 'task', 'genome', 'connectome']) {
    const value = fields[name];
    const only = isFields(value) && Object.keys(value).join();
    const chooses = name === 'connectome' ? only !== 'null' : only === false || only === 'name';
    if (value === undefined || !chooses) continue;
    throw new UsageError(
      `--set ${setting}: which ${name} is used is chosen by --${name}; --set changes its fields.`,
    );
  }
  return merge(spec, fields);
}

type Opened = Pick<ResolvedRun, 'spec' | 'habitat' | 'notices'>;

/** The same run, started from a rule. */
async function startingFrom(
  rule: PlasticityRule,
  path: string,
  { spec, habitat, notices }: Opened,
  connectome: Connectome,
): Promise<Opened> {
  const { start, notices: left } = startOfRule(rule, path, { ...habitat, genome: spec.genome });
  const seeded = { ...spec, start };
  return {
    spec: seeded,
    habitat: await openHabitat(setupOf(seeded, connectome)),
    notices: [...notices, ...left],
  };
}

/** Opens a run's habitat; where the task names cells that the connectome lacks, with the wiring that fits. */
async function openFitted(spec: RunSpec, connectome: Connectome): Promise<Opened> {
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

/** A search that is planned for no number of evaluations is planned for those of the budget, where that has them. */
function withPlan(spec: RunSpec): RunSpec {
  const { plannedBy } = partOf(strategyParts, spec.strategy);
  const { evaluations } = spec.budget;
  if (plannedBy === undefined || spec.strategy[plannedBy] !== null || evaluations === undefined) return spec;
  return { ...spec, strategy: { ...spec.strategy, [plannedBy]: evaluations } };
}

/**
 * What is said where a search is planned for another number of evaluations than it gets.
 * @param underWay whether it has begun: then its plan stays
 */
export function planNotice({ strategy, budget: { evaluations } }: RunSpec, underWay = false): string[] {
  const { plannedBy } = partOf(strategyParts, strategy);
  const planned = plannedBy === undefined ? undefined : strategy[plannedBy];
  if (typeof planned !== 'number' || evaluations === undefined || planned === evaluations) return [];
  return [
    `The search of "${strategy.name}" is planned for ${planned} evaluations, and its budget is ${evaluations}. ` +
      (underWay
        ? `A search that has begun keeps its plan: a new run of ${evaluations} evaluations would be another.`
        : `"--set strategy.${plannedBy}=${evaluations}" plans for the budget.`),
  ];
}

/** What is said where a front of several objectives is to be looked for among few stored genomes. */
const frontNotice = ({ objective, elites }: RunSpec): string[] =>
  Array.isArray(objective) && elites === 1
    ? [
        'Of each step one genome is stored, and the Pareto front that "baldwin inspect" shows is one of stored genomes. ' +
          '"--set elites=16" stores more of each.',
      ]
    : [];

/** @throws UsageError where the parts of a run are sound and do not fit each other */
function refuseMisfits(spec: RunSpec, habitat: Habitat, source: string): void {
  const { space, description, task } = habitat;
  const { name, module: _, ...options } = spec.strategy;
  const strategy = partOf(strategyParts, spec.strategy);
  if (spec.warmStart) checkWarmStart(spec.warmStart, space, source);
  const problem = problemOf(spec, habitat);
  checkTakes(name, strategy, problem);
  if (spec.injected?.length) {
    checkInjected(name, strategy);
    injectedGenomes(spec.injected, space, source);
  }
  const fault = strategy.fault?.(problem, options);
  if (fault !== undefined) throw new UsageError(`${source}: strategy.${fault}`);
  const measures = [...Object.keys(description.measures), ...Object.keys(task.behaviour)];
  const known = { measures: [...new Set([...measures, ...filterMeasures])] };
  checkObjectives(spec.objective, known, source);
  checkConstraints(spec.constraints ?? [], known, task.behaviour, source);
  refuseReuse(spec, space, source);
}

/** @throws UsageError where no life says what that of another genome would be, or no formula evolves */
function refuseReuse(
  { reuse, seeds = 'candidate', genome }: RunSpec,
  space: GenomeSpace,
  source: string,
): void {
  if (reuse === undefined) return;
  if (seeds !== 'common') {
    throw new UsageError(
      `${source}: reuse: expected seeds "common", found "${seeds}": where candidates live in other worlds, one that is alike has another result. ` +
        'Set "seeds" to "common", or leave "reuse" out.',
    );
  }
  if (space.formulasOf(space.start).length === 0) {
    throw new UsageError(
      `${source}: reuse: expected a genome spec whose formulas evolve, found "${genome.name}", of which only the same genomes are alike. ` +
        'Leave "reuse" out, or name another genome spec.',
    );
  }
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

/** The connectome of a genome file, as a run names it. */
export const connectomeIn = ({ connectome: { id, null: control } }: GenomeFile) =>
  control ? { id, null: control } : id;

/** What a file says that seeds a run: a rule, or all that a genome file says of a run. */
function readSeed(from: NonNullable<RunRequest['from']>): {
  source: string;
  rule?: PlasticityRule;
  run?: Fields;
} {
  const isFile = typeof from === 'string';
  const source = isFile ? from : from.source;
  const value = isFile ? readJsonFile(from, 'genome or rule file') : from.value;
  return isFields(value) && value.format === 'plasticity-rule/1'
    ? { source, rule: readPlasticityRule(value, source) }
    : { source, run: seedOf(value, source) };
}

/** What a genome file says of a run. */
function seedOf(value: unknown, source: string): Fields {
  const file = parseGenomeFile(value, source);
  const { genomeSpec, connectome, network, task, changes } = file;
  return {
    genome: genomeSpec,
    ...(connectome.id === noConnectome.id ? {} : { connectome: connectomeIn(file) }),
    ...(network ? { network } : {}),
    task,
    start: changes.map(([gene, , value]) => [gene, value]),
  };
}
