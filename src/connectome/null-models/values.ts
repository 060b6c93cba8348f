import type { RandomStream } from '../../math/random.js';
import type { ChemicalConnections } from '../connectome.js';
import type { Edges } from './draft.js';

/** Connections that have a weight, and so a sign that may be known. */
export const weightedPlaces = ({ weight }: Pick<Edges, 'weight'>): number[] =>
  [...weight.keys()].filter((k) => weight[k]! > 0);

/** Permutes values among the given places. */
export function shuffleAt<T>(
  values: { [index: number]: T },
  places: readonly number[],
  stream: RandomStream,
): void {
  const taken = places.map((k) => values[k]!);
  stream.shuffle(taken);
  for (const [i, k] of places.entries()) values[k] = taken[i]!;
}

/** Whether a value of the weighted connections is the same throughout. */
export const allEqual = (chemical: ChemicalConnections, values: ArrayLike<number>): boolean =>
  new Set(weightedPlaces(chemical).map((k) => values[k])).size < 2;
