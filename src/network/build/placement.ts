import type { Connectome } from '../../connectome/connectome.js';
import type { Projection } from '../model/network.js';

/** Which of the connectome's cells live in which population, and where. */
export interface Placement {
  /** `[cells of the connectome]` 0: neurons, 1: muscles, -1: neither */
  population: Int8Array;
  /** `[cells of the connectome]` index in the population */
  index: Int32Array;
  /** Global index of a population's first cell. */
  first: readonly [number, number];
}

export function placementOf({ cells }: Connectome): Placement {
  const population = Int8Array.from(cells.kinds, (kind) => (kind === 'n' ? 0 : kind === 'm' ? 1 : -1));
  const counts: [number, number] = [0, 0];
  const index = Int32Array.from(population, (of) => (of < 0 ? -1 : counts[of as 0 | 1]++));
  return { population, index, first: [0, counts[0]] };
}

export interface Edge {
  pre: number;
  post: number;
  weight: number;
}

/** The edges from one population to another as a projection; edges must be sorted by presynaptic cell. */
export function projectionOf(
  name: string,
  edges: readonly Edge[],
  placement: Placement,
  from: 0 | 1,
  to: 0 | 1,
  cells: number,
  port: string,
): Projection {
  const names = ['neurons', 'muscles'] as const;
  const rowStart = new Int32Array(cells + 1);
  const members = edges.filter(
    ({ pre, post }) => placement.population[pre] === from && placement.population[post] === to,
  );
  for (const { pre } of members) rowStart[placement.index[pre]! + 1]! += 1;
  for (let i = 0; i < cells; i++) rowStart[i + 1]! += rowStart[i]!;
  return {
    name,
    from: names[from],
    to: names[to],
    port,
    acts: 'afterReset',
    rowStart,
    post: Int32Array.from(members, ({ post }) => placement.index[post]!),
    weight: Int32Array.from(members, ({ weight }) => weight),
    delayMs: 0,
  };
}
