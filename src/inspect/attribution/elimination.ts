/** Units one after the other, those first without which the score stays highest. */
export interface LeastLossOrder {
  /** Numbers of the units. */
  units: number[];
  /** How many units were back at their start after each round, ascending. */
  rounds: number[];
}

export interface OrderOptions {
  /** Whether units that lose nothing go back together, where together they lose nothing either. */
  together: boolean;
  /** The share of those left that goes back in a round at the least, whatever it loses: 0 for one unit. */
  leastShare: number;
}

/** The scores of some sets of units that are back. */
export type ScoreSets = (sets: readonly (readonly number[])[]) => Promise<ArrayLike<number>>;

const worthOf = (score: number) => (Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score);

/**
 * Greedy backward elimination: in each round every unit that is left goes back beside those that went before, and the one
 * without which the score is highest stays back. With `together`, all that lose nothing stay back at once if together they lose
 * nothing either, otherwise the better half of them, and so on down to one. Of equal scores the first unit goes first; a score that is no
 * number comes last.
 */
export async function leastLossOrder(
  units: number,
  { together, leastShare }: OrderOptions,
  score: ScoreSets,
): Promise<LeastLossOrder> {
  const order: number[] = [];
  const rounds: number[] = [];
  let current = worthOf((await score([[]]))[0]!);
  let left = Array.from({ length: units }, (_, unit) => unit);
  const goBack = (back: readonly number[], now: number) => {
    order.push(...back);
    rounds.push(order.length);
    const gone = new Set(back);
    left = left.filter((unit) => !gone.has(unit));
    current = now;
  };
  while (left.length > 0) {
    const worths = Array.from(await score(left.map((unit) => [...order, unit])), worthOf);
    const places = [...left.keys()].sort((a, b) =>
      worths[a] === worths[b] ? a - b : worths[b]! - worths[a]!,
    );
    const ranked = places.map((place) => left[place]!);
    const best = worths[places[0]!]!;
    const least = Math.max(1, Math.floor(leastShare * left.length));
    const free = together ? worths.filter((worth) => worth >= current).length : 1;
    for (let size = Math.max(least, free); ; size = Math.max(least, Math.floor(size / 2))) {
      const back = ranked.slice(0, size);
      const now = size === 1 ? best : worthOf((await score([[...order, ...back]]))[0]!);
      if (now < current && size > least) continue;
      goBack(back, now);
      break;
    }
  }
  return { units: order, rounds };
}

/** A set of units along an order: the last `kept` of them, and its score. */
export interface PathPoint {
  kept: number;
  score: number;
}

/** What of a gain a score keeps; NaN where there is no gain. */
export const keptShare = (score: number, whole: number, start: number): number =>
  whole > start ? (score - start) / (whole - start) : Number.NaN;

/** The fewest units along an order that keep a share of the gain; undefined where there is no gain. */
export function fewestThatKeep(path: readonly PathPoint[], keep: number): number | undefined {
  const [whole, start] = [path[0]!.score, path.at(-1)!.score];
  const enough = path.filter(({ score }) => keptShare(score, whole, start) >= keep);
  return enough.length > 0 ? Math.min(...enough.map(({ kept }) => kept)) : undefined;
}

/** The most units at the beginning of an order without which the score is no lower than with all. */
export const freeTogether = (path: readonly PathPoint[]): number =>
  Math.max(...path.map(({ kept, score }) => (score >= path[0]!.score ? path[0]!.kept - kept : 0)));
