import { z } from 'zod';
import type { Connectome } from '../connectome.js';
import { parseConnectome } from '../load.js';
import { tableOf } from '../to-table.js';
import { formatTable } from '../write.js';
import { nullModel } from './null-model.js';
import { nullModelNames } from './table.js';

/** A null model as runs and genome files name it. */
export const nullSettingSchema = z.strictObject({
  model: z.enum(nullModelNames).describe('which null model of the connectome takes its place'),
  seed: z.int().min(0).describe('another seed gives another network'),
});
export type NullSetting = z.output<typeof nullSettingSchema>;

/** Name of a null model's table. */
export const nullName = (animal: string, models: readonly string[], seed: number): string =>
  [animal, ...models, seed].join('-');

/**
 * The null model of an animal as the table that "connectome null" would write, read back.
 * @throws UsageError where the model does not apply to this connectome
 */
export function nullTable(
  animal: Connectome,
  { model, seed }: NullSetting,
): { connectome: Connectome; text: string } {
  const id = nullName(animal.id, [model], seed);
  const text = formatTable(tableOf(nullModel(animal, model, seed, id)));
  return { connectome: parseConnectome(text, id), text };
}
