import type { Expression } from '../../expression/ast.js';

/**
 * A time in whole steps, as text: what `wholeSteps` of `src/math/steps.ts` gives, where a model reckons it itself.
 */
export const wholeStepsText = (ms: string) => `floor((${ms})/dt*1.000000000001 + 0.5)`;

/** One value taking the place of another, in order; `flush`: what is below 1e-20 in magnitude counts as 0. */
export interface Assignment {
  target: string;
  value: Expression;
  flush?: boolean;
}
