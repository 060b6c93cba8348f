import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { UsageError } from '../../spec/errors.js';
import type { Connectome } from '../connectome.js';
import { chemicalOf, draftOf, junctionsOf } from './draft.js';
import type { NullModelEntry } from './model.js';
import { type NullModel, nullModels } from './table.js';

/** Begins the notes of every null model. */
const nullNote = 'A null model, not an animal';

/** Whether a table says of itself that it is a null model. */
export const isNullModel = ({ notes }: Pick<Connectome, 'notes'>): boolean =>
  notes.some((note) => note.startsWith(nullNote));

/** Why a null model cannot be drawn of a connectome; nothing where it can. */
export const nullMisfit = (connectome: Connectome, model: NullModel): string | undefined =>
  (nullModels[model] as NullModelEntry).misfit(connectome);

/** What a null model is, and how much of this connectome it could change. */
export function aboutNull(connectome: Connectome, model: NullModel) {
  const { summary, keeps, takes, gapJunctions, facts }: NullModelEntry = nullModels[model];
  return { summary, keeps, takes, gapJunctions, facts: facts?.(connectome) ?? [] };
}

/**
 * A null model of a connectome, fixed by the seed.
 * @throws UsageError where the model could change nothing of this connectome
 */
export function nullModel(connectome: Connectome, model: NullModel, seed: number, id: string): Connectome {
  const misfit = nullMisfit(connectome, model);
  if (misfit !== undefined) {
    throw new UsageError(
      `The null model "${model}" does not apply to the connectome "${connectome.id}": ${misfit}. Choose another model.`,
    );
  }
  const draft = draftOf(connectome);
  nullModels[model].draw(draft, connectome, RandomStream.from(deriveSeed(seed, 'null model', model)));
  return {
    ...connectome,
    id,
    notes: [
      `${nullNote}: "${model}" of ${connectome.id} (${connectome.hash}), seed ${seed}: ${nullModels[model].summary}.`,
      ...connectome.notes,
    ],
    chemical: chemicalOf(draft.chemical, connectome.chemical),
    gap: junctionsOf(draft.gap, connectome.gap),
  };
}
