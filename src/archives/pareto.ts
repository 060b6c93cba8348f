/** A point as it is compared: objectives are maximised; `violation` is how far it is beyond its constraints, 0 where within. */
export interface Judged {
  objectives: readonly number[];
  /** Infinity for one that failed. */
  violation: number;
}

/**
 * Whether `a` dominates `b`: it keeps to the constraints where b does not, or less is amiss; or, within them, it is worse
 * in no objective and better in one (Deb et al. 2002, doi:10.1109/4235.996017, sections III and VI).
 */
export function dominates(a: Judged, b: Judged): boolean {
  if (a.violation !== b.violation) return a.violation < b.violation;
  if (a.violation > 0) return false;
  let better = false;
  for (let k = 0; k < a.objectives.length; k++) {
    if (a.objectives[k]! < b.objectives[k]!) return false;
    if (a.objectives[k]! > b.objectives[k]!) better = true;
  }
  return better;
}

/** Points by front, the first of those that none dominates; indices ascending in each. */
export function nondominatedFronts(points: readonly Judged[]): number[][] {
  const dominated = points.map((): number[] => []);
  const by = new Int32Array(points.length);
  for (let a = 0; a < points.length; a++) {
    for (let b = a + 1; b < points.length; b++) {
      if (dominates(points[a]!, points[b]!)) {
        dominated[a]!.push(b);
        by[b]! += 1;
      } else if (dominates(points[b]!, points[a]!)) {
        dominated[b]!.push(a);
        by[a]! += 1;
      }
    }
  }
  const fronts: number[][] = [];
  let front = [...points.keys()].filter((point) => by[point] === 0);
  while (front.length > 0) {
    fronts.push(front);
    const next: number[] = [];
    for (const point of front)
      for (const other of dominated[point]!) {
        by[other]! -= 1;
        if (by[other] === 0) next.push(other);
      }
    front = next.sort((a, b) => a - b);
  }
  return fronts;
}

/**
 * How far each point of a front is from its neighbours, as a share of the front's extent, summed over the objectives;
 * Infinity for those at an end. Equal points keep their order.
 */
export function crowdingDistances(points: readonly Judged[], front: readonly number[]): Map<number, number> {
  const distance = new Map(front.map((point) => [point, 0]));
  const objectives = points[front[0]!]?.objectives.length ?? 0;
  for (let k = 0; k < objectives; k++) {
    const value = (point: number) => points[point]!.objectives[k]!;
    const sorted = [...front].sort((a, b) => value(a) - value(b) || a - b);
    const extent = value(sorted.at(-1)!) - value(sorted[0]!);
    distance.set(sorted[0]!, Number.POSITIVE_INFINITY);
    distance.set(sorted.at(-1)!, Number.POSITIVE_INFINITY);
    if (!(extent > 0)) continue;
    for (let i = 1; i < sorted.length - 1; i++) {
      const gap = (value(sorted[i + 1]!) - value(sorted[i - 1]!)) / extent;
      distance.set(sorted[i]!, distance.get(sorted[i]!)! + gap);
    }
  }
  return distance;
}

/** A point's place: its front, and how much room it has there. */
export interface Standing {
  front: number;
  room: number;
}

/** Every point's standing, in order. */
export function standings(points: readonly Judged[]): Standing[] {
  const found: Standing[] = [];
  nondominatedFronts(points).forEach((front, rank) => {
    for (const [point, room] of crowdingDistances(points, front)) found[point] = { front: rank, room };
  });
  return found;
}

/** Whether a standing is before another: a better front, or more room in the same. */
export const standsBefore = (a: Standing, b: Standing): boolean =>
  a.front < b.front || (a.front === b.front && a.room > b.room);
