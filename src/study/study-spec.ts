import { z } from 'zod';
import { type NullModel, nullModels } from '../connectome/null-models/table.js';
import { budgetSchema } from '../evolve/run-spec.js';
import { isFields } from '../evolve/settings.js';
import { UsageError } from '../spec/errors.js';
import { plainName, plainNameAbout } from '../spec/plain-name.js';
import { validate } from '../spec/validate.js';

const nameSchema = z
  .string()
  .regex(plainName, plainNameAbout)
  .refine((name) => name !== 'latest', 'a name other than "latest", which stands for the newest');

const settingsSchema = z
  .record(z.string(), z.unknown())
  .describe('fields of the run by their paths, such as { "strategy.population": 16 }');

const armSchema = z.strictObject({
  name: nameSchema.describe('begins the names of its runs'),
  about: z.string().optional().describe('what it is, in words, for reports'),
  set: settingsSchema.default({}),
  budget: budgetSchema.optional().describe("this arm's own, in place of the study's"),
});

const nullNames = Object.keys(nullModels) as [NullModel, ...NullModel[]];

export const studySchema = z
  .strictObject({
    $schema: z.string().optional(),
    format: z.literal('study/1'),
    name: nameSchema.optional().describe('name of its folder; the time where left out'),
    about: z.string().optional().describe('the question that it is to answer'),
    base: z
      .union([z.string(), z.record(z.string(), z.unknown())])
      .default({})
      .describe('what all runs have in common: a run as in a run file, or the path of one'),
    set: settingsSchema.optional().describe('fields laid over the base of every arm, by their paths'),
    vary: z
      .union([
        z
          .record(
            z.string(),
            z.union([
              z.array(z.unknown()).min(1).describe('values of the field of that path'),
              z
                .record(nameSchema, settingsSchema)
                .refine((levels) => Object.keys(levels).length > 0, { message: 'expected one level or more' })
                .describe('levels of a factor of that name: fields of the run by their paths'),
            ]),
          )
          .describe('factors: every combination of their levels is an arm'),
        z.array(armSchema).min(1).describe('arms by name'),
      ])
      .optional(),
    seeds: z
      .union([z.int().min(1).max(10_000), z.array(z.int().min(0)).min(1)])
      .default(10)
      .describe('how many seeds, from 1 on, or which'),
    controls: z
      .union([z.boolean(), z.array(z.enum(nullNames)).min(1)])
      .default(false)
      .describe('null models of the connectome beside every arm: all that apply, or which'),
    budget: budgetSchema.optional().describe('of every run'),
    targets: z.array(z.number()).optional().describe('scores; which runs reach them, and when, is reported'),
    margin: z
      .number()
      .positive()
      .optional()
      .describe('differences of the score below this count as none: the margin of equivalence'),
    compare: z
      .array(z.strictObject({ arm: z.string(), with: z.string() }))
      .optional()
      .describe(
        'the claims to test; where left out, every control with its animal and every arm with the first',
      ),
  })
  .meta({
    title: 'Baldwin study',
    description: 'Many runs as one: settings, seeds and controls side by side',
  });

export type StudySpec = Omit<z.output<typeof studySchema>, '$schema'>;

/** @throws UsageError naming every wrong field */
export function parseStudySpec(value: unknown, source: string): StudySpec {
  const { $schema: _, ...spec } = validate(studySchema, value, { source }, 'study');
  return spec;
}

/** The seeds of a study, each once. @throws UsageError where one is named twice */
export function seedsOf({ seeds }: Pick<StudySpec, 'seeds'>, source: string): number[] {
  const list = typeof seeds === 'number' ? Array.from({ length: seeds }, (_, i) => i + 1) : seeds;
  const twice = list.find((seed, i) => list.indexOf(seed) < i);
  if (twice !== undefined) {
    throw new UsageError(`${source}: seeds: the seed ${twice} stands twice: a run is made once. Remove one.`);
  }
  return [...list];
}

/** Whether a JSON value says that it is a study. */
export type ArmSpec = z.output<typeof armSchema>;

/** Whether a JSON value says that it is a study. */
export const isStudy = (value: unknown): boolean => isFields(value) && value.format === 'study/1';
