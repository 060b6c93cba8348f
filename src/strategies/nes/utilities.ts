import { log } from '../../math/logarithm.js';
import { bestFirst } from '../ranking.js';

/**
 * What each candidate counts for: u = max(0, ln(lambda / 2 + 1) - ln rank), made to sum to 1, less 1 / lambda, so that
 * all sum to 0 (Wierstra et al. 2014, section 3.1). Equal scores share the mean of their ranks' utilities, so that a
 * step of equal scores moves nothing.
 *
 * @param scores `[lambda]` to be maximised; failures are minus infinity
 */
export function utilities(scores: readonly number[]): Float64Array {
  const count = scores.length;
  const raw = scores.map((_, rank) => Math.max(0, log(count / 2 + 1) - log(rank + 1)));
  const sum = raw.reduce((a, b) => a + b, 0);
  const order = bestFirst(scores);
  const shares = new Float64Array(count);
  for (let from = 0; from < count; ) {
    let to = from + 1;
    while (to < count && scores[order[to]!] === scores[order[from]!]) to += 1;
    let share = 0;
    for (let rank = from; rank < to; rank++) share += raw[rank]! / sum;
    for (let rank = from; rank < to; rank++) shares[order[rank]!] = share / (to - from) - 1 / count;
    from = to;
  }
  return shares;
}
