import { z } from 'zod';
import { seedModes } from '../evaluate/seeds.js';
import { scoreSparse } from '../objectives/score-sparse.js';
import { entryOf, UsageError } from '../spec/errors.js';
import { readJsonFile } from '../spec/json-file.js';
import { type Library, libraryFile, libraryNames } from '../spec/library.js';
import { validate } from '../spec/validate.js';
import { strategies } from '../strategies/table.js';
import { budgetSchema } from './run-spec.js';

/** In place of a strategy: the one that fits the run. */
export const anyStrategy = 'auto';

const presetLibrary: Library = { folder: 'strategies', item: 'strategy', also: [anyStrategy] };

export const presetSchema = z
  .strictObject({
    $schema: z.string().optional(),
    format: z.literal('strategy-preset/1'),
    name: z.string().min(1),
    about: z.string(),
    strategy: z.looseObject({ name: z.enum(Object.keys(strategies) as [string, ...string[]]) }),
    objective: scoreSparse.options.prefault({}),
    seeds: z
      .enum(seedModes)
      .optional()
      .describe('which lives share their worlds, where the run does not say'),
    budget: budgetSchema.prefault({}),
  })
  .meta({
    title: 'Baldwin strategy preset',
    description: 'A strategy with its settings, objective, shared worlds and budget',
  });

export type Preset = z.output<typeof presetSchema>;

export const presetNames = () => libraryNames(presetLibrary);

export function loadPreset(nameOrPath: string): Preset {
  if (nameOrPath === anyStrategy) {
    throw new UsageError(
      `strategy "${anyStrategy}": it chooses the strategy of a run ("baldwin evolve --strategy ${anyStrategy}"), and a preset is ` +
        `named here. Choose one of: ${presetNames().join(', ')}.`,
    );
  }
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
