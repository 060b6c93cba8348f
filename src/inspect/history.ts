import { UserError } from '../spec/errors.js';

/** How a run stood after so many evaluations. NaN where no candidate of the step has a score. */
export interface HistoryPoint {
  evaluations: number;
  best: number;
  median: number;
  q25: number;
  q75: number;
  /** Scores from here on measure something else than those before. */
  anew?: true;
}

/** More points than this cannot be told apart in print. */
const mostPoints = 1000;

/** `count` of `indices`, evenly spread, with the first and the last. */
export function evenly(indices: readonly number[], count: number): number[] {
  if (indices.length <= count) return [...indices];
  const step = (indices.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, i) => indices[Math.round(i * step)]!);
}

/** The history from where its scores measure what they measure in the end. */
const sinceAnew = (history: readonly HistoryPoint[]) =>
  history.slice(
    Math.max(
      0,
      history.findLastIndex(({ anew }) => anew),
    ),
  );

/**
 * The history with `best` as the best so far, in at most `most` points: the first, the last, those where the best
 * rises (evenly chosen where they alone are too many), and of the rest an even choice. That of a branch in which something
 * else is scored begins where it branched. Throws UserError where there
 * is nothing to draw.
 */
export function thinHistory(whole: readonly HistoryPoint[], most = mostPoints): HistoryPoint[] {
  const history = sinceAnew(whole);
  if (history.length === 0) {
    throw new UserError('The history is empty: no step has finished yet, so there is nothing to draw.');
  }
  let best = Number.NaN;
  const rises: number[] = [];
  const soFar = history.map((point, i) => {
    if (Number.isFinite(point.best) && !(point.best <= best)) {
      best = point.best;
      rises.push(i);
    }
    return { ...point, best };
  });
  if (rises.length === 0) {
    throw new UserError('No step of the history has a finite score, so there is nothing to draw.');
  }
  if (history.length <= most) return soFar;

  const last = history.length - 1;
  const kept = new Set(evenly([...new Set([0, ...rises, last])], most));
  const others = soFar.map((_, i) => i).filter((i) => !kept.has(i));
  if (kept.size < most - 1) for (const i of evenly(others, most - kept.size)) kept.add(i);
  return [...kept].sort((a, b) => a - b).map((i) => soFar[i]!);
}
