import type { NullModelEntry } from './model.js';
import { allEqual, weightedPlaces } from './values.js';

export const signs: NullModelEntry = {
  summary: 'the same connections and weights, their signs exchanged at random',
  keeps: 'every connection with its weight, and all gap junctions',
  takes: 'which connections excite and which inhibit',
  gapJunctions: 'stay',
  misfit: ({ chemical }) =>
    allEqual(chemical, chemical.sign)
      ? 'all its connections have the same sign, or none is known'
      : undefined,
  /** A sign and what it rests on go together. */
  draw: ({ chemical }, _connectome, stream) => {
    const places = weightedPlaces(chemical);
    const from = [...places];
    stream.shuffle(from);
    const [sign, basis] = [chemical.sign.slice(), [...chemical.basis]];
    for (const [i, k] of places.entries()) {
      chemical.sign[k] = sign[from[i]!]!;
      if (basis.length > 0) chemical.basis[k] = basis[from[i]!]!;
    }
  },
};
