import type { NullModelEntry } from './model.js';
import { allEqual, shuffleAt, weightedPlaces } from './values.js';

export const weights: NullModelEntry = {
  summary: 'the same connections and signs, their weights exchanged at random',
  keeps: 'every connection with its sign, and all gap junctions',
  takes: 'which connections are strong',
  gapJunctions: 'stay',
  misfit: ({ chemical }) => (allEqual(chemical, chemical.weight) ? 'all its weights are equal' : undefined),
  draw: ({ chemical }, _connectome, stream) => shuffleAt(chemical.weight, weightedPlaces(chemical), stream),
};
