import { log } from '../math/logarithm.js';
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

function overlap(first: ReadonlySet<string>, second: ReadonlySet<string>): Overlap {
  let both = 0;
  for (const name of first) if (second.has(name)) both++;
  const all = first.size + second.size - both;
  return { both, first: first.size - both, second: second.size - both, jaccard: all === 0 ? 1 : both / all };
}

function correlation(x: readonly number[], y: readonly number[]): number | null {
  const n = x.length;
  if (n < 3) return null;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / n;
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    xy += (x[i]! - mx) * (y[i]! - my);
    xx += (x[i]! - mx) * (x[i]! - mx);
    yy += (y[i]! - my) * (y[i]! - my);
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null;
}

/** What two connectomes share, cells told by their names. */
export function compareConnectomes(one: Connectome, other: Connectome): ConnectomeComparison {
  const ids = (c: Connectome) => new Set(c.cells.ids);
  const [a, b] = [ids(one), ids(other)];
  const shared = new Set([...a].filter((id) => b.has(id)));
  const synapses = ({ cells, chemical }: Connectome) => {
    const found = new Map<string, { weight: number; sign: number }>();
    for (let k = 0; k < chemical.count; k++) {
      const [pre, post] = [cells.ids[chemical.pre[k]!]!, cells.ids[chemical.post[k]!]!];
      if (shared.has(pre) && shared.has(post) && chemical.weight[k]! > 0) {
        found.set(JSON.stringify([pre, post]), { weight: chemical.weight[k]!, sign: chemical.sign[k]! });
      }
    }
    return found;
  };
  const junctions = ({ cells, gap }: Connectome) => {
    const found = new Set<string>();
    for (let k = 0; k < gap.count; k++) {
      const pair = [cells.ids[gap.a[k]!]!, cells.ids[gap.b[k]!]!].sort();
      if (pair.every((id) => shared.has(id))) found.add(JSON.stringify(pair));
    }
    return found;
  };
  const [first, second] = [synapses(one), synapses(other)];
  const common = [...first].filter(([pair]) => second.has(pair));
  const weightOf = (weight: number) => log(1 + weight);
  const signed = common.filter(([pair, { sign }]) => sign !== 0 && second.get(pair)!.sign !== 0);
  return {
    cells: overlap(a, b),
    classes: overlap(new Set(one.cells.classes), new Set(other.cells.classes)),
    chemical: {
      ...overlap(new Set(first.keys()), new Set(second.keys())),
      signs: {
        compared: signed.length,
        equal: signed.filter(([pair, { sign }]) => sign === second.get(pair)!.sign).length,
      },
      weightCorrelation: correlation(
        common.map(([, { weight }]) => weightOf(weight)),
        common.map(([pair]) => weightOf(second.get(pair)!.weight)),
      ),
    },
    gap: overlap(junctions(one), junctions(other)),
    only: {
      first: [...a].filter((id) => !b.has(id)).sort(),
      second: [...b].filter((id) => !a.has(id)).sort(),
    },
  };
}
