import { exp } from './exponential.js';

const DENSITY_AT_ZERO = 0.3989422804014327;

/**
 * Share of the standard normal distribution below x, to 1e-15, by the series x + x^3/3 + x^5/(3 5) + … (Marsaglia 2004,
 * doi:10.18637/jss.v011.i04); 0 and 1 beyond 8 standard deviations.
 */
export function normalCumulative(x: number): number {
  if (x < -8) return 0;
  if (x > 8) return 1;
  let term = x;
  let sum = x;
  for (let odd = 3; sum + term !== sum; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + sum * DENSITY_AT_ZERO * exp(-0.5 * x * x);
}

/** The x below which a share of the standard normal distribution lies, by bisection in [-8, 8]. */
export function normalQuantile(share: number): number {
  let low = -8;
  let high = 8;
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (normalCumulative(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
