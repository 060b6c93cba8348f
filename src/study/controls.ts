import type { Connectome } from '../connectome/connectome.js';
import { noConnectome } from '../connectome/none.js';
import { isNullModel, nullMisfit } from '../connectome/null-models/null-model.js';
import { type NullModel, nullModelNames } from '../connectome/null-models/table.js';

/** The null models that a connectome has, in order of how much they keep, and why it lacks the others. */
export function controlNames(connectome: Connectome): {
  apply: readonly NullModel[];
  omitted: readonly { model: NullModel; reason: string }[];
} {
  const found = nullModelNames.map((model) => ({ model, reason: nullMisfit(connectome, model) }));
  return {
    apply: found.filter(({ reason }) => reason === undefined).map(({ model }) => model),
    omitted: found.flatMap(({ model, reason }) => (reason === undefined ? [] : [{ model, reason }])),
  };
}

/**
 * The study that would test whether wiring matters to a run; nothing where it is lived on no connectome, on a null model,
 * or on a connectome of which there is none.
 * @param folder of the run
 */
export function wiringStudy(connectome: Connectome, folder: string): string | undefined {
  if (connectome.id === noConnectome.id || isNullModel(connectome)) return undefined;
  if (nullModelNames.every((model) => nullMisfit(connectome, model) !== undefined)) return undefined;
  const path = /^[\w./-]+$/.test(folder) ? folder : `'${folder.replaceAll("'", "'\\''")}'`;
  return `baldwin study ${path} --seeds 10 --controls`;
}
