/** How much of the smoothed rank change is that of the latest step. */
const SMOOTHING = 0.3;
/** Share of the possible rank changes that are put up with. */
const THETA = 0.2;

/** How many candidates of a step are evaluated twice: two, and one more for every twenty. */
export const evaluatedTwice = (population: number): number =>
  Math.min(population, 2 + Math.floor(population / 20));

/** What is known of the noise. */
export interface NoiseState {
  /** Smoothed rank change. */
  change: number;
  /** How often a candidate is evaluated, before rounding. */
  repeats: number;
}

export const quiet: NoiseState = { change: 0, repeats: 1 };

/**
 * What to do after a step in which ranks changed by `latest`: more evaluations a candidate where noise decides too much,
 * and from the most on a larger sigma; slowly fewer evaluations elsewhere.
 */
export function treated(
  { change, repeats }: NoiseState,
  latest: number,
  genes: number,
  mostRepeats: number,
): NoiseState & { sigmaGrowth: number } {
  const growth = 1 + 2 / (genes + 10);
  const next = change + SMOOTHING * (latest - change);
  if (next <= 0) {
    return { change: next, repeats: Math.max(1, repeats / Math.sqrt(Math.sqrt(growth))), sigmaGrowth: 1 };
  }
  const more = Math.min(mostRepeats, repeats * growth);
  return { change: next, repeats: more, sigmaGrowth: repeats < mostRepeats ? 1 : growth };
}

/**
 * How much ranks change when the first candidates are evaluated again, less what is put up with; above 0 where noise
 * decides too much (Hansen, Niederberger, Guzzella & Koumoutsakos 2009, doi:10.1109/TEVC.2008.924423, equations 4 to 7
 * of UH-CMA-ES).
 *
 * @param first `[population]` f
 * @param second f of the first so many of them again
 */
export function rankChange(first: readonly number[], second: readonly number[]): number {
  const all = [...first, ...second];
  const places = [...all.keys()].sort((a, b) => (all[a]! < all[b]! ? -1 : all[a]! > all[b]! ? 1 : a - b));
  const ranks = new Float64Array(all.length);
  places.forEach((index, place) => {
    ranks[index] = place + 1;
  });
  let sum = 0;
  second.forEach((_, i) => {
    const [before, after] = [ranks[i]!, ranks[first.length + i]!];
    const change = Math.abs(after - before) - 1;
    const limits =
      tolerated(after - Number(after > before), all.length) +
      tolerated(before - Number(before > after), all.length);
    sum += 2 * change - limits;
  });
  return sum / second.length;
}

/** The THETA / 2 quantile of the distances of a rank to all ranks among the other values. */
function tolerated(rank: number, count: number): number {
  const distances = Array.from({ length: count - 1 }, (_, i) => Math.abs(i + 1 - rank)).sort((a, b) => a - b);
  const at = (THETA / 2) * (distances.length - 1);
  const low = Math.floor(at);
  const next = distances[Math.min(low + 1, distances.length - 1)]!;
  return distances[low]! + (at - low) * (next - distances[low]!);
}
