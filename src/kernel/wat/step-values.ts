import { stepCode } from './code.js';
import type { Emission, Part } from './part.js';
import type { Places } from './values.js';

/** What is the same for all cells is computed once, at the start of a step. It may take places of its own. */
export const stepValuesPart = ({ precision }: Emission, places: readonly Places[]): Part => ({
  functions: [],
  calls: { values: places.flatMap((of) => stepCode(of, precision)) },
});
