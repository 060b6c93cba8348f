/** Two clusters that become one. Things are clusters 0 to n - 1, and the merge number k makes cluster n + k. */
export interface Merge {
  first: number;
  second: number;
  /** Mean distance between a member of the one and a member of the other. */
  height: number;
}

export interface Dendrogram {
  /** `[n - 1]`, heights ascending */
  merges: Merge[];
  /** The things in an order in which every cluster stands together. */
  order: number[];
}

/**
 * Clusters by average linkage (Sokal and Michener 1958): the two clusters whose members are nearest on average become one,
 * until one is left. Of equals, those that began first.
 * @param distances `[n][n]`, symmetric
 */
export function averageLinkage(distances: readonly (readonly number[])[]): Dendrogram {
  const n = distances.length;
  const members = distances.map((_, i) => [i]);
  const between = distances.map((row) => [...row]);
  const merges: Merge[] = [];
  let left = distances.map((_, i) => i);
  while (left.length > 1) {
    let nearest: Merge = { first: -1, second: -1, height: Number.POSITIVE_INFINITY };
    for (const [k, first] of left.entries()) {
      for (const second of left.slice(k + 1)) {
        const height = between[first]![second]!;
        if (height < nearest.height) nearest = { first, second, height };
      }
    }
    const { first, second } = nearest;
    const [sizeA, sizeB] = [members[first]!.length, members[second]!.length];
    const made = n + merges.length;
    const row: number[] = [];
    for (const other of left) {
      row[other] = (sizeA * between[first]![other]! + sizeB * between[second]![other]!) / (sizeA + sizeB);
      between[other]![made] = row[other]!;
    }
    between.push(row);
    members.push([...members[first]!, ...members[second]!]);
    merges.push(nearest);
    left = [...left.filter((cluster) => cluster !== first && cluster !== second), made];
  }
  return { merges, order: members.at(-1) ?? [] };
}

/** Clusters whose members are at most so far from each other on average, each in the order of things. */
export function clustersAt({ merges, order }: Dendrogram, cut: number): number[][] {
  const clusters = new Map(order.map((thing) => [thing, [thing]]));
  merges.forEach(({ first, second, height }, k) => {
    if (height > cut) return;
    clusters.set(order.length + k, [...clusters.get(first)!, ...clusters.get(second)!]);
    clusters.delete(first);
    clusters.delete(second);
  });
  return [...clusters.values()]
    .map((members) => members.toSorted((a, b) => a - b))
    .toSorted((a, b) => a[0]! - b[0]!);
}
