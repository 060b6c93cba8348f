import type { LifetimeResult } from '../evaluate/lives.js';
import { sizeOf } from '../expression/analysis.js';
import type { GenomeSpace } from '../genome/space.js';
import type { JudgedLife, KnownQuantities, Objective } from '../objectives/objective.js';
import { defaultObjective, objectiveParts } from '../objectives/table.js';
import { UsageError, UserError } from '../spec/errors.js';
import { messageWithPlace } from '../spec/own-code.js';
import { loadPart, type PartSpec, partOf } from '../spec/parts/part.js';
import { describeValue, validate } from '../spec/validate.js';

/**
 * What a run maximises, as its spec has it: one objective or several. One without a name is `score-sparse`, the form of
 * runs that were made before there were others.
 */
export type ObjectiveField = UnnamedObjective | PartSpec | readonly PartSpec[];
type UnnamedObjective = { readonly name?: undefined; readonly [option: string]: unknown };

const isFields = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const isNamed = (value: unknown): value is PartSpec => isFields(value) && typeof value.name === 'string';

/** Whether a field of a run leaves the objective to the preset's form: settings without a name, or nothing. */
export const isUnnamed = (value: unknown): boolean =>
  value === undefined || (isFields(value) && value.name === undefined);

/** The objectives of a run's field, each with a name. */
const listed = (field: ObjectiveField): readonly PartSpec[] => {
  if (Array.isArray(field)) return field as readonly PartSpec[];
  return [isNamed(field) ? field : { ...field, name: defaultObjective }];
};

/** Text stands for an objective of that name: in a field, and in a list. */
export const withNames = (given: unknown): unknown =>
  Array.isArray(given) ? given.map(withNames) : typeof given === 'string' ? { name: given } : given;

/** Loads the users' objectives among those that a run names; names become specs. */
export async function loadObjectives(given: unknown, source: string): Promise<unknown> {
  if (Array.isArray(given)) return Promise.all(given.map((one) => loadObjectives(one, source)));
  const named = withNames(given);
  return isNamed(named) ? loadPart(objectiveParts, named, source) : named;
}

/** Checks an objective's settings against its own options. */
function settled(given: unknown, source: string, at: readonly PropertyKey[]): PartSpec {
  if (!isNamed(given)) {
    throw new UsageError(
      `${source}: objective${at.length > 1 ? `[${String(at[1])}]` : ''}: expected { "name": …, options }, found ` +
        `${describeValue(given)}.`,
    );
  }
  const { name, module, ...options } = given;
  const { options: schema } = partOf(objectiveParts, given);
  const values = validate(schema, options, { source, at }, `run: the objective "${name}"`) as object;
  return { name, ...(module ? { module } : {}), ...values };
}

/** A run's objectives with every option settled, in the form in which they were given. */
export function settleObjectives(given: unknown, source: string): ObjectiveField {
  if (Array.isArray(given)) {
    if (given.length === 0)
      throw new UsageError(`${source}: objective: expected at least one, found an empty list.`);
    const all = given.map((one, i) => settled(one, source, ['objective', i]));
    const names = all.map(({ name, ...options }) => JSON.stringify([name, options]));
    const twice = names.findIndex((name, i) => names.indexOf(name) !== i);
    if (twice >= 0) throw new UsageError(`${source}: objective[${twice}]: expected each objective once.`);
    return all;
  }
  if (isNamed(given)) return settled(given, source, ['objective']);
  if (given !== undefined && !isFields(given)) {
    throw new UsageError(
      `${source}: objective: expected the settings of an objective, or a list of them, found ${describeValue(given)}.`,
    );
  }
  const { name: _, ...settings } = settled({ ...(given ?? {}), name: defaultObjective }, source, [
    'objective',
  ]);
  return settings;
}

/** @throws UsageError where an objective asks for what a run's lives do not have */
export function checkObjectives(field: ObjectiveField, known: KnownQuantities, source: string): void {
  for (const { name, module, ...options } of listed(field)) {
    const objective: Objective = partOf(objectiveParts, { name, ...(module ? { module } : {}) });
    const fault = objective.fault?.(options, known);
    if (fault !== undefined) throw new UsageError(`${source}: objective "${name}": ${fault}`);
  }
}

/** The measures that objectives name. */
export const measuresNamed = (field: ObjectiveField): string[] =>
  listed(field).flatMap(({ measure }) => (typeof measure === 'string' ? [measure] : []));

/** An objective of a run, ready to judge. */
export interface RunObjective {
  /** Its name, with a number where several have the same. */
  name: string;
  value(life: JudgedLife): number;
}

export function objectivesOf(field: ObjectiveField): RunObjective[] {
  const taken = new Set<string>();
  return listed(field).map((spec) => {
    const { name: named, module, ...options } = spec;
    let name = named;
    for (let number = 2; taken.has(name); number++) name = `${named} ${number}`;
    taken.add(name);
    const objective = partOf(objectiveParts, spec);
    const value = (life: JudgedLife) => objective.value(life, options);
    return { name, value: module ? guarded(value, `${name} (${module.path})`) : value };
  });
}

/** A user's objective, whose mistakes end the run with its name. */
const guarded = (value: (life: JudgedLife) => unknown, which: string) => (life: JudgedLife) => {
  let result: unknown;
  try {
    result = value(life);
  } catch (error) {
    throw new UserError(`The objective ${which} failed: ${messageWithPlace(error)}`, { cause: error });
  }
  if (typeof result === 'number') return result;
  throw new UserError(`The objective ${which}: expected a number, found ${describeValue(result)}.`);
};

/** How far a genome is from where the search started. */
export function genesChanged(genome: Readonly<Float64Array>, start: Readonly<Float64Array>): number {
  let changed = 0;
  for (let gene = 0; gene < start.length; gene++) if (genome[gene] !== start[gene]) changed += 1;
  return changed;
}

/** A life as objectives see it. */
export const judged = (
  { score, measures, behaviour, energy }: LifetimeResult,
  genome: Readonly<Float64Array>,
  { start, formulasOf }: Pick<GenomeSpace, 'start' | 'formulasOf'>,
): JudgedLife => ({
  score,
  measures: { ...behaviour, ...measures },
  energy,
  // Counted where an objective asks for it: genomes are long.
  get genesChanged() {
    return genesChanged(genome, start);
  },
  get formulaSize() {
    return formulasOf(genome).reduce((sum, { value }) => sum + sizeOf(value), 0);
  },
});
