import type { Habitat } from '../evaluate/habitat.js';
import { placementOf } from '../network/build/placement.js';
import type { Network } from '../network/model/network.js';

/** `[populations][cells]` the animal's names of a network's cells; undefined where it is not made from a connectome. */
export function animalNames({ populations }: Network, { setup }: Habitat): string[][] | undefined {
  const { connectome, network: spec } = setup;
  if (spec === null) return undefined;
  const { ids } = connectome.cells;
  if (populations.length === 1 && populations[0]!.count === ids.length) return [[...ids]];
  const { population } = placementOf(connectome);
  const named = populations.map((_, of) => ids.filter((_id, cell) => population[cell] === of));
  return named.every((names, of) => names.length === populations[of]!.count) ? named : undefined;
}

/** The same, or `POPULATION INDEX` where there are none. */
export const cellNames = (network: Network, habitat: Habitat): string[][] =>
  animalNames(network, habitat) ??
  network.populations.map(({ name, count }) => Array.from({ length: count }, (_, cell) => `${name} ${cell}`));
