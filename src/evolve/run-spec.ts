import { z } from 'zod';
import type { LifetimeSetup } from '../evaluate/lifetime.js';
import { genomeSpecSchema } from '../genome/spec.js';
import { networkSpecSchema } from '../network/files/network-spec.js';
import { canonicalHash } from '../spec/canonical.js';
import { entryOf, UsageError } from '../spec/errors.js';
import { describeValue, validate } from '../spec/validate.js';
import { type StrategyName, strategies } from '../strategies/table.js';
import { bringsNetwork, type TaskName, tasks } from '../tasks/table.js';

export const objectiveSchema = z.strictObject({
  sparsity: z
    .strictObject({
      coefficient: z.number().min(0).default(0.1),
      exponent: z.number().min(0).max(10).default(1.3),
    })
    .nullable()
    .default(null)
    .describe(
      'coefficient * k^exponent is taken off the score, k genes differing from the start; null: nothing',
    ),
  floor: z
    .number()
    .nullable()
    .default(null)
    .describe('an objective below this counts as this; null: no floor'),
});

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

const named = z.looseObject({ name: z.string() });

/** The parts of a run that do not depend on which strategy and task it names. */
const frame = z.strictObject({
  format: z.literal('baldwin-run/1').default('baldwin-run/1'),
  seed: z.int().min(0).default(1).describe('everything random in the run derives from it'),
  strategy: named,
  genome: genomeSpecSchema,
  connectome: z.strictObject({
    id: z.string().describe('name of the table'),
    hash: z.string().describe('SHA-256 of its canonical form'),
    path: z.string().optional().describe('its file, where it was not found by name'),
  }),
  start: z
    .array(z.tuple([z.string(), z.number()]))
    .optional()
    .describe(
      '[gene, coordinate] of genes that evolution starts with otherwise than the genome spec says: a genome that seeds the run',
    ),
  network: networkSpecSchema.nullable(),
  task: named,
  episodes: z
    .int()
    .min(1)
    .max(100_000)
    .default(1)
    .describe('how often a lifetime lives each scenario; the score is the mean'),
  objective: objectiveSchema.prefault({}),
  budget: budgetSchema.prefault({}),
  freshEpisodes: z
    .int()
    .min(2)
    .max(100_000)
    .default(20)
    .describe('lifetimes in which the champion is scored again'),
  snapshotEvery: z.int().min(1).default(10).describe('steps between snapshots of the strategy'),
  elites: z.int().min(1).max(1000).default(1).describe('best genomes stored of each step'),
});

type Named<Name extends string> = { name: Name; [option: string]: unknown };

/** A run with every field settled. Together with the program's version it determines the outcome, to the bit. */
export type RunSpec = Omit<z.output<typeof frame>, 'strategy' | 'task'> & {
  strategy: Named<StrategyName>;
  task: Named<TaskName>;
};

/** Checks a named part (strategy or task) against the option schema of the entry it names. */
function settle<Name extends string>(
  part: z.output<typeof named>,
  table: Record<Name, { options: z.ZodType }>,
  what: 'strategy' | 'task',
  source: string,
): Named<Name> {
  const { name, ...options } = part;
  const { options: schema } = entryOf(table, name, what);
  const settled = validate(schema, options, { source, at: [what] }, `run: the ${what} "${name}"`) as object;
  return { name: name as Name, ...settled };
}

/**
 * Settles and checks a run.
 * @param value a run with its genome spec and connectome already looked up
 * @param source where it came from, for messages
 * @throws UsageError naming every wrong field
 */
export function parseRunSpec(value: unknown, source: string): RunSpec {
  const outer = validate(frame, value, { source }, 'run');
  const spec: RunSpec = {
    ...outer,
    strategy: settle(outer.strategy, strategies, 'strategy', source),
    task: settle(outer.task, tasks, 'task', source),
  };
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

/** SHA-256 over everything that determines the outcome: not the budget, nor where the connectome was found. */
export function outcomeHash(spec: RunSpec): string {
  const { budget: _budget, connectome, ...rest } = spec;
  return canonicalHash({ ...rest, connectome: connectome.hash });
}

/** What lifetimes of this run are made of. */
export function setupOf(spec: RunSpec, connectome: LifetimeSetup['connectome']): LifetimeSetup {
  return {
    connectome,
    genome: spec.genome,
    network: spec.network,
    task: spec.task,
    ...(spec.start ? { start: spec.start } : {}),
  };
}
