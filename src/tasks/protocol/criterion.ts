/** So many of a run of trials are right. */
export interface Criterion {
  trials: number;
  right: number;
}

/** The first trial of [from, to) with which a run of trials begins of which enough are right; `to` where there is none. */
export function firstRun(right: readonly number[], from: number, to: number, of: Criterion): number {
  let sum = 0;
  for (let end = from; end < to; end++) {
    sum += right[end]!;
    if (end - of.trials >= from) sum -= right[end - of.trials]!;
    const first = end - of.trials + 1;
    if (first >= from && sum >= of.right) return first;
  }
  return to;
}
