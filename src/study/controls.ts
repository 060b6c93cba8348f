import type { Connectome } from '../connectome/connectome.js';
import { type NullModel, nullModelNames } from '../connectome/null-models/table.js';

/** The null models that a connectome has, and why it lacks the others. */
export const controlNames = (
  _connectome: Connectome,
): { apply: readonly NullModel[]; omitted: readonly { model: NullModel; reason: string }[] } => ({
  apply: nullModelNames,
  omitted: [],
});
