import { log } from '../math/logarithm.js';
import { mean } from '../math/statistics.js';
import type { Connectome } from './connectome.js';

export interface Overlap {
  /** In both, in the first alone, in the second alone. */
  both: number;
  first: number;
  second: number;
  /** Shared over all: the Jaccard index. */
  jaccard: number;
}

export interface ConnectomeComparison {
  cells: Overlap;
  classes: Overlap;
  /** Among the cells that both have. */
  chemical: Overlap & {
    /** Of shared connections with a sign in both, how many have the same. */
    signs: { compared: number; equal: number };
    /** Pearson's correlation of the logarithms of 1 + weight, over the shared connections; null of fewer than three. */
    weightCorrelation: number | null;
  };
  gap: Overlap;
  /** Names of cells that one has alone. */
  only: { first: string[]; second: string[] };
}

function overlapOf(both: number, first: number, second: number): Overlap {
  const all = both + first + second;
  return { both, first, second, jaccard: all === 0 ? 1 : both / all };
}

function overlap(first: ReadonlySet<string>, second: ReadonlySet<string>): Overlap {
  let both = 0;
  for (const name of first) if (second.has(name)) both++;
  return overlapOf(both, first.size - both, second.size - both);
}

function correlation(x: readonly number[], y: readonly number[]): number | null {
  const n = x.length;
  if (n < 3) return null;
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    xy += (x[i]! - mx) * (y[i]! - my);
    xx += (x[i]! - mx) * (x[i]! - mx);
    yy += (y[i]! - my) * (y[i]! - my);
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null;
}

interface Synapse {
  weight: number;
  sign: number;
}

/** Chemical connections with a weight, among the cells that both have. */
export interface PairedConnections {
  /** In both: the first's and the second's. */
  both: [Synapse, Synapse][];
  /** In one alone. */
  first: Synapse[];
  second: Synapse[];
}

const sharedIds = (one: Connectome, other: Connectome) => {
  const there = new Set(other.cells.ids);
  return new Set(one.cells.ids.filter((id) => there.has(id)));
};

/** The chemical connections of two connectomes, those of the same two cells together. */
export function pairConnections(one: Connectome, other: Connectome): PairedConnections {
  const shared = sharedIds(one, other);
  const synapses = ({ cells, chemical }: Connectome) => {
    const found = new Map<string, Synapse>();
    for (let k = 0; k < chemical.count; k++) {
      const [pre, post] = [cells.ids[chemical.pre[k]!]!, cells.ids[chemical.post[k]!]!];
      if (shared.has(pre) && shared.has(post) && chemical.weight[k]! > 0) {
        found.set(JSON.stringify([pre, post]), { weight: chemical.weight[k]!, sign: chemical.sign[k]! });
      }
    }
    return found;
  };
  const [first, second] = [synapses(one), synapses(other)];
  const paired: PairedConnections = { both: [], first: [], second: [] };
  for (const [pair, synapse] of first) {
    const there = second.get(pair);
    if (there) paired.both.push([synapse, there]);
    else paired.first.push(synapse);
  }
  for (const [pair, synapse] of second) if (!first.has(pair)) paired.second.push(synapse);
  return paired;
}

/** What two connectomes share, cells told by their names. `paired` are their connections, where they are at hand. */
export function compareConnectomes(
  one: Connectome,
  other: Connectome,
  paired = pairConnections(one, other),
): ConnectomeComparison {
  const [a, b] = [new Set(one.cells.ids), new Set(other.cells.ids)];
  const shared = sharedIds(one, other);
  const junctions = ({ cells, gap }: Connectome) => {
    const found = new Set<string>();
    for (let k = 0; k < gap.count; k++) {
      const pair = [cells.ids[gap.a[k]!]!, cells.ids[gap.b[k]!]!].sort();
      if (pair.every((id) => shared.has(id))) found.add(JSON.stringify(pair));
    }
    return found;
  };
  const { both, first, second } = paired;
  const signed = both.filter(([x, y]) => x.sign !== 0 && y.sign !== 0);
  const weights = (which: 0 | 1) => both.map((pair) => log(1 + pair[which].weight));
  return {
    cells: overlap(a, b),
    classes: overlap(new Set(one.cells.classes), new Set(other.cells.classes)),
    chemical: {
      ...overlapOf(both.length, first.length, second.length),
      signs: { compared: signed.length, equal: signed.filter(([x, y]) => x.sign === y.sign).length },
      weightCorrelation: correlation(weights(0), weights(1)),
    },
    gap: overlap(junctions(one), junctions(other)),
    only: {
      first: [...a].filter((id) => !b.has(id)).sort(),
      second: [...b].filter((id) => !a.has(id)).sort(),
    },
  };
}
