import { normalQuantile } from '../../math/normal.js';
import type { CartState } from './physics.js';

/** What is seen of the cart, in the order of its state, with mean and deviation where a network balances (Hasegan et al.). */
export const variables = [
  { name: 'position', mean: -0.0065, sd: 1 },
  { name: 'velocity', mean: -0.036, sd: 0.54 },
  { name: 'angle', mean: 0.0053, sd: 0.0913 },
  { name: 'spin', mean: 0.0475, sd: 0.8207 },
] as const;

/** Edges between bins that a normal distribution fills alike, variable by variable. */
export const edgesOf = (bins: number): readonly (readonly number[])[] =>
  variables.map(({ mean, sd }) =>
    Array.from({ length: bins - 1 }, (_, edge) => mean + sd * normalQuantile((edge + 1) / bins)),
  );

/** Names of the inputs, one for each bin of each variable. */
export const inputNames = (bins: number): string[] =>
  variables.flatMap(({ name }) => Array.from({ length: bins }, (_, bin) => `${name}${bin + 1}`));

/** One bin of each variable is active. @param observation `[variables x bins]` */
export function observe(
  state: CartState,
  edges: readonly (readonly number[])[],
  observation: Float64Array,
): void {
  observation.fill(0);
  edges.forEach((of, variable) => {
    const value = state[variable]!;
    let bin = 0;
    while (bin < of.length && value >= of[bin]!) bin++;
    observation[variable * (of.length + 1) + bin] = 1;
  });
}
