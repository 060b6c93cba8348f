import { z } from 'zod';
import { UsageError } from '../spec/errors.js';
import { readJsonFile } from '../spec/json-file.js';
import { type Library, libraryFile, libraryNames } from '../spec/library.js';
import { validate } from '../spec/validate.js';
import { tasks } from '../tasks/table.js';

const told = z.strictObject({
  value: z.union([z.number(), z.string()]).describe('a number, or words where the source gives none'),
  source: z.string().min(1).describe('table, figure or section'),
});

const figure = z.strictObject({
  name: z.string().min(1).describe('what is measured, in words'),
  arm: z.string().min(1).describe('the condition it is measured in'),
  measure: z.string().min(1).describe('score, or a measure of the task'),
  published: told.optional().describe('what the paper has; absent where it has nothing of the kind'),
  reference: told.optional().describe('what somebody else has, such as another implementation of ours'),
  accept: z
    .tuple([z.number().nullable(), z.number().nullable()])
    .optional()
    .describe(
      'where our mean must lie for the figure to count as reproduced; null: no bound. Absent: the figure is shown and not judged',
    ),
});

const arm = z.strictObject({
  name: z.string().min(1),
  about: z.string().min(1),
  options: z.record(z.string(), z.unknown()).default({}).describe("the task's, over those of all arms"),
});

export const reproductionSchema = z
  .strictObject({
    $schema: z.string().optional(),
    format: z.literal('reproduction/1'),
    name: z.string().min(1),
    title: z.string().min(1).describe('a line for listings and pictures, with authors and year'),
    about: z.string().min(1).describe('what the paper claims, in a sentence or two'),
    citation: z.string().min(1),
    doi: z.string().min(1),
    scaledDown: z
      .string()
      .nullable()
      .describe('what is smaller or shorter than in the original; null where nothing is'),
    task: z.looseObject({ name: z.enum(Object.keys(tasks) as [string, ...string[]]) }),
    genome: z
      .string()
      .optional()
      .describe(
        "a genome spec that fits the network of every arm, where the task's own does not; its start is the network as it is",
      ),
    networkSeed: z
      .string()
      .min(1)
      .optional()
      .describe('the option of the task that is set to the number of the seed, so that networks differ too'),
    seeds: z.int().min(2).describe('lives of each arm, with seeds 1 to this'),
    arms: z.array(arm).min(1),
    figures: z.array(figure).min(1).describe('the one that the paper is known for first'),
  })
  .meta({
    title: 'Baldwin reproduction',
    description: 'A published result as conditions of a task, and the figures to reproduce',
  });

export type Reproduction = z.output<typeof reproductionSchema>;
export type Figure = Reproduction['figures'][number];

const library: Library = { folder: 'examples', item: 'reproduction' };

/** Names of the reproductions at hand. A working directory may hold examples of other things, which do not count. */
export const reproductionNames = () =>
  libraryNames(library).filter((name) => {
    const value = readJsonFile(libraryFile(library, name), library.item);
    return (value as { format?: unknown } | null)?.format === 'reproduction/1';
  });

/** Checks that the figures of a reproduction are of its arms and its task. */
function checkFigures({ arms, figures, task }: Reproduction, source: string): void {
  const { name, ...shared } = task;
  const measures = ['score', ...Object.keys(tasks[name as keyof typeof tasks].measures)];
  const names = arms.map((of) => of.name);
  const twice = names.find((of, i) => names.indexOf(of) !== i);
  if (twice !== undefined) throw new UsageError(`${source}: arms: there are two of the name "${twice}".`);
  arms.forEach(({ options }, i) => {
    const at = ['arms', i, 'options'];
    if (Object.hasOwn(options, 'name'))
      throw new UsageError(`${source}: arms[${i}].options: an arm has the task of all.`);
    validate(
      tasks[name as keyof typeof tasks].options,
      { ...shared, ...options },
      { source, at },
      'reproduction',
    );
  });
  figures.forEach(({ arm: of, measure, accept }, i) => {
    if (accept && accept[0] !== null && accept[1] !== null && accept[0] > accept[1]) {
      throw new UsageError(
        `${source}: figures[${i}].accept: expected [low, high], found [${accept.join(', ')}].`,
      );
    }
    if (!names.includes(of)) {
      throw new UsageError(
        `${source}: figures[${i}].arm: expected one of ${names.join(', ')}, found "${of}".`,
      );
    }
    if (!measures.includes(measure)) {
      throw new UsageError(
        `${source}: figures[${i}].measure: expected one of ${measures.join(', ')}, found "${measure}".`,
      );
    }
  });
}

/** A reproduction that was read from a file. */
export function readReproduction(value: unknown, source: string): Reproduction {
  const reproduction = validate(reproductionSchema, value, { source }, 'reproduction');
  checkFigures(reproduction, source);
  return reproduction;
}

/** A reproduction by name (from `examples`) or by path. */
export function loadReproduction(nameOrPath: string): Reproduction {
  const file = libraryFile(library, nameOrPath);
  return readReproduction(readJsonFile(file, library.item), file);
}
