import { z } from 'zod';
import { nullSettingSchema } from '../connectome/null-models/setting.js';
import type { LifetimeSetup } from '../evaluate/habitat.js';
import { seedModes } from '../evaluate/seeds.js';
import { filterNamed } from '../evaluate/vitals.js';
import { likenesses } from '../genome/likeness.js';
import { genomeSpecSchema } from '../genome/spec.js';
import { networkSpecSchema } from '../network/files/network-spec.js';
import { canonicalHash } from '../spec/canonical.js';
import { UsageError } from '../spec/errors.js';
import {
  loadPart,
  moduleReferenceSchema,
  type PartSpec,
  type PartTable,
  partOf,
} from '../spec/parts/part.js';
import { describeValue, validate } from '../spec/validate.js';
import type { Lineage } from '../store/manifest.js';
import { strategyParts } from '../strategies/parts.js';
import { bringsNetwork, taskParts } from '../tasks/table.js';
import { constraintSchema } from './constraints.js';
import { checkHurdle, hurdleSchema } from './hurdle.js';
import { injectedSchema } from './injected.js';
import { loadObjectives, measuresNamed, type ObjectiveField, settleObjectives } from './objectives.js';
import { type ValidationField, validationSchema } from './validation-field.js';
import { warmStartSchema } from './warm-start-field.js';

export const budgetSchema = z.strictObject({
  evaluations: z.int().min(1).optional().describe('lifetimes; the step under way is finished'),
  generations: z.int().min(1).optional().describe('steps of the strategy'),
  seconds: z
    .number()
    .positive()
    .optional()
    .describe('seconds of evolving; where it stops depends on the machine'),
  target: z
    .number()
    .optional()
    .describe('stops when the raw score of the best genome by objective reaches this'),
  noImprovement: z.int().min(1).optional().describe('stops after this many steps without a better objective'),
});

export type Budget = z.output<typeof budgetSchema>;

const named = z.looseObject({ name: z.string(), module: moduleReferenceSchema.optional() });

/** The parts of a run that do not depend on which strategy and task it names. */
const frame = z.strictObject({
  format: z.literal('baldwin-run/1').default('baldwin-run/1'),
  seed: z.int().min(0).default(1).describe('everything random in the run derives from it'),
  strategy: named,
  genome: genomeSpecSchema,
  connectome: z.strictObject({
    id: z.string().describe('name of the table'),
    hash: z
      .string()
      .describe('SHA-256 of the canonical form of what is lived on: of the null model, where there is one'),
    path: z.string().optional().describe('its file, where it was not found by name'),
    null: nullSettingSchema.optional().describe('a null model of the table that takes its place'),
  }),
  start: z
    .array(z.tuple([z.string(), z.number()]))
    .optional()
    .describe(
      '[gene, coordinate] of genes whose start differs from the genome spec: a genome that seeds the run',
    ),
  injected: injectedSchema.optional(),
  warmStart: warmStartSchema.optional(),
  network: networkSpecSchema.nullable(),
  task: named,
  episodes: z
    .int()
    .min(1)
    .max(100_000)
    .default(1)
    .describe('how often a lifetime lives each scenario; the score is the mean'),
  seeds: z
    .enum(seedModes)
    .optional()
    .describe(
      'candidate: every candidate lives in worlds of its own; common-step: all of a step live in the same; common: all of ' +
        'the run, so that a life depends on the genome alone. candidate where left out',
    ),
  hurdle: hurdleSchema
    .optional()
    .describe(
      'candidates live a part of their life first, and only the best of a step the rest; no hurdle where left out',
    ),
  reuse: z
    .enum(likenesses)
    .optional()
    .describe(
      'a candidate whose formulas are alike those of one that lived has its result. algebra: their canonical form is the same; ' +
        'probes: their values on a fixed set of inputs are. It takes seeds "common". Only what says the same is reused where left out',
    ),
  objective: z
    .unknown()
    .describe('what is maximised: an objective, or a list of them; without a name it is score-sparse'),
  constraints: z.array(constraintSchema).optional().describe('limits that lives must keep to'),
  budget: budgetSchema.prefault({}),
  freshEpisodes: z
    .int()
    .min(2)
    .max(100_000)
    .default(20)
    .describe('lifetimes in which the champion is scored again'),
  validation: validationSchema
    .nullable()
    .optional()
    .describe(
      'the best genomes of the search live again, all in the same lives, and the best of them becomes the champion; the best ' +
        'of the search where left out or null',
    ),
  snapshotEvery: z
    .int()
    .min(1)
    .default(10)
    .describe(
      'steps between snapshots of the strategy; fewer where they would take more than a twentieth of the time',
    ),
  elites: z.int().min(1).max(1000).default(1).describe('best genomes stored of each step'),
});

/** A run with every field settled. Together with the program's version it determines the outcome, to the bit. */
export type RunSpec = Omit<z.output<typeof frame>, 'strategy' | 'task' | 'objective' | 'validation'> & {
  validation?: ValidationField;
  objective: ObjectiveField;
  strategy: PartSpec;
  task: PartSpec;
};

/** Loads the users' parts that a run names, and notes their hashes. What is not a part is left to the checks after it. */
export async function loadRunParts(given: unknown, source: string): Promise<unknown> {
  if (typeof given !== 'object' || given === null) return given;
  const run = given as Record<string, unknown>;
  const load = async <Entry>(table: PartTable<Entry>, part: unknown) => {
    const spec = named.safeParse(typeof part === 'string' ? { name: part } : part);
    return spec.success ? loadPart(table, spec.data, source) : part;
  };
  return {
    ...run,
    strategy: await load(strategyParts, run.strategy),
    task: await load(taskParts, run.task),
    objective: await loadObjectives(run.objective, source),
  };
}

/** Checks a named part (strategy or task) against the option schema of the entry it names. */
function settle<Entry extends { options: z.ZodType }>(
  part: z.output<typeof named>,
  table: PartTable<Entry>,
  source: string,
): PartSpec {
  const { name, module, ...options } = part;
  const spec = { name, ...(module ? { module } : {}) };
  const { options: schema } = partOf(table, spec);
  const origin = { source, at: [table.what] };
  return { ...spec, ...(validate(schema, options, origin, `run: the ${table.what} "${name}"`) as object) };
}

/**
 * Settles and checks a run.
 * @param value a run with its genome spec and connectome already looked up
 * @param source where it came from, for messages
 * @throws UsageError naming every wrong field
 */
export function parseRunSpec(value: unknown, source: string): RunSpec {
  const { seeds, constraints, validation, ...outer } = validate(frame, value, { source }, 'run');
  const spec: RunSpec = {
    ...outer,
    // A field at its default stays out, so that runs made before there was such a field keep their hash.
    ...(seeds === undefined || seeds === 'candidate' ? {} : { seeds }),
    ...(constraints === undefined || constraints.length === 0 ? {} : { constraints }),
    ...(validation ? { validation } : {}),
    objective: settleObjectives(outer.objective, source),
    strategy: settle(outer.strategy, strategyParts, source),
    task: settle(outer.task, taskParts, source),
  };
  checkHurdle(spec, source);
  if (bringsNetwork(spec.task)) {
    // Not what the schema made of nothing.
    const given = (value as { network?: unknown }).network ?? null;
    if (given !== null) {
      throw new UsageError(
        `${source}: network: the task "${spec.task.name}" brings its own network: leave these settings out. ` +
          'What can be changed of it are options of the task (task.…) and genes.',
      );
    }
    spec.network = null;
  } else if (spec.network === null) {
    throw new UsageError(
      `${source}: network: the task "${spec.task.name}" needs to know what the connectome's cells are: expected an ` +
        'object, found null.',
    );
  }
  const { budget } = spec;
  if (Object.keys(budget).length === 0) {
    throw new UsageError(
      `${source}: budget: a run needs an end: give at least one of ` +
        `${Object.keys(budgetSchema.shape).join(', ')}; found ${describeValue(budget)}.`,
    );
  }
  return spec;
}

/** Whether a run has parts that are users' modules. */
const hasModules = ({ strategy, task, objective }: Record<string, unknown>): boolean =>
  [strategy, task, objective]
    .flat()
    .some((part) => (part as { module?: unknown } | undefined)?.module !== undefined);

/** A spec that a run recorded, checked as far as it goes without loading users' modules. */
export function parseRecordedSpec(value: unknown, source: string): RunSpec {
  if (typeof value !== 'object' || value === null || !hasModules(value as Record<string, unknown>)) {
    return parseRunSpec(value, source);
  }
  return validate(frame, value, { source }, 'run') as RunSpec;
}

/** What a part is, wherever its file stands. */
export const withoutPath = ({ module, ...part }: PartSpec) =>
  module ? { ...part, module: module.sha256 } : part;

/**
 * SHA-256 over everything that determines the outcome: not the budget, nor where the connectome and users' parts were
 * found.
 */
export function outcomeHash(spec: RunSpec): string {
  const { budget: _budget, connectome, strategy, task, objective, ...rest } = spec;
  const parts = {
    strategy: withoutPath(strategy),
    task: withoutPath(task),
    objective: Array.isArray(objective) ? objective.map(withoutPath) : withoutPath(objective as PartSpec),
  };
  return canonicalHash({ ...rest, ...parts, connectome: connectome.hash });
}

/**
 * The same of a run that may have branched from another: what was changed under way then counts too, and what it was
 * changed from. A branch in which nothing changed has the outcome of the run that it goes on with.
 */
export function outcomeHashOf(spec: RunSpec, lineage: Lineage | undefined): string {
  const changes = [...(lineage ? [lineage] : []), ...(lineage?.earlier ?? [])].filter(({ changed }) =>
    changed.some(({ field }) => !field.startsWith('budget')),
  );
  if (changes.length === 0) return outcomeHash(spec);
  return canonicalHash([outcomeHash(spec), ...changes.map(({ outcome, step }) => [outcome, step])]);
}

/** Fields of what is lived when a run ends: no search depends on them, and they may be changed when it has ended. */
export const endings: readonly string[] = ['validation', 'freshEpisodes'];

/** SHA-256 over what determines a run's search, however its champion was chosen and scored in the end. */
export function searchHashOf({ validation: _, ...spec }: RunSpec, lineage: Lineage | undefined): string {
  const searched = <Ancestor extends Omit<Lineage, 'earlier'>>(ancestor: Ancestor): Ancestor => ({
    ...ancestor,
    changed: ancestor.changed.filter(({ field }) => !endings.includes(field.split('.')[0]!)),
  });
  return outcomeHashOf(
    { ...spec, freshEpisodes: 0 },
    lineage && {
      ...searched(lineage),
      ...(lineage.earlier ? { earlier: lineage.earlier.map(searched) } : {}),
    },
  );
}

/** What runs that differ in their seed alone have in common. A null model is another on every seed. */
export function settingsHash(spec: RunSpec): string {
  const { id, hash, null: model } = spec.connectome;
  const animal = model ? `null model ${model.model} of ${id}` : hash;
  return outcomeHash({ ...spec, seed: 0, connectome: { id, hash: animal } });
}

/** Whether a run asks for plausibility filters, so that its lives must be watched. */
const asksForFilters = ({ constraints = [], objective }: RunSpec): boolean =>
  [...constraints.map(({ measure }) => measure), ...measuresNamed(objective)].some(
    (measure) => filterNamed(measure) !== undefined,
  );

/** What lifetimes of this run are made of. */
export function setupOf(spec: RunSpec, connectome: LifetimeSetup['connectome']): LifetimeSetup {
  return {
    connectome,
    genome: spec.genome,
    network: spec.network,
    task: spec.task,
    ...(spec.start ? { start: spec.start } : {}),
    ...(asksForFilters(spec) ? { watches: true } : {}),
  };
}
