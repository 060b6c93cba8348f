import type { Lived } from './life.js';

/** Share of a life at its beginning that does not count. */
const ignored = 0.1;

const squaresOf = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0);
const rootMeanSquare = (values: Float64Array) => Math.sqrt(squaresOf(values) / values.length);

/** The score: the root of the sum of squared differences, in mV, of samples a ms apart, below 0. */
export const scoreOf = ({ differences }: Lived): number =>
  -Math.sqrt(squaresOf(differences.subarray(Math.round(ignored * differences.length))));

export function measuresOf({ differences, weights }: Lived) {
  const tenth = Math.max(1, Math.round(differences.length / 10));
  return {
    errorFirst: rootMeanSquare(differences.subarray(0, tenth)),
    errorEnd: rootMeanSquare(differences.subarray(-tenth)),
    weightError: 1000 * rootMeanSquare(weights),
  };
}
