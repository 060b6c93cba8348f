import { exp } from '../../math/exponential.js';
import type { LinkState } from './physics.js';
import { reduceTurn } from './turn.js';

/** Fields of each variable. */
const fields = 9;
/** What is seen, in the order of the state: angles all around, velocities (rad/s) up to these. */
const variables = [
  { name: 'inner', reach: Math.PI, around: true },
  { name: 'outer', reach: Math.PI, around: true },
  { name: 'innerSpeed', reach: 4, around: false },
  { name: 'outerSpeed', reach: 8, around: false },
] as const;

export const inputNames: readonly string[] = variables.flatMap(({ name }) =>
  Array.from({ length: fields }, (_, field) => `${name}${field + 1}`),
);

/** How strongly each input is driven: by how near the variable is to the middle of the field. @param observation `[inputs]` */
export function observe(state: LinkState, observation: Float64Array): void {
  variables.forEach(({ reach, around }, variable) => {
    const spacing = (2 * reach) / (around ? fields : fields - 1);
    const value = around ? state[variable]! : Math.min(reach, Math.max(-reach, state[variable]!));
    for (let field = 0; field < fields; field++) {
      const off = value - (-reach + field * spacing);
      const apart = (around ? reduceTurn(off) : off) / spacing;
      observation[variable * fields + field] = exp(-apart * apart);
    }
  });
}
