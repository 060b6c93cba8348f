import { exchangesEach, Targets } from './exchange.js';
import type { NullModelEntry } from './model.js';

/** Degree-preserving rewiring (Maslov and Sneppen 2002, doi:10.1126/science.1065103). */
export const rewired: NullModelEntry = {
  summary:
    'other targets: each cell keeps its numbers of chemical connections in and out, to neurons and to muscles (Maslov and Sneppen 2002)',
  keeps: 'each degree, and all gap junctions',
  takes: 'which cell is connected to which, and which roles of cells reach which',
  gapJunctions: 'stay',
  misfit: ({ chemical, cells }) => {
    const targets = new Targets(chemical.pre, chemical.post, cells.count, true);
    const kindOf = (k: number) => cells.kinds[chemical.post[k]!];
    const edges = [...chemical.pre.keys()];
    return edges.some((i) => edges.some((j) => kindOf(i) === kindOf(j) && targets.mayExchange(i, j)))
      ? undefined
      : 'no two connections could exchange their targets';
  },
  draw: ({ chemical }, { cells }, stream) => {
    const { pre, post } = chemical;
    const targets = new Targets(pre, post, cells.count, true);
    for (let round = 0; round < exchangesEach * pre.length; round++) {
      const [i, j] = [stream.integer(pre.length), stream.integer(pre.length)];
      if (cells.kinds[post[i]!] === cells.kinds[post[j]!] && targets.mayExchange(i, j))
        targets.exchange(i, j);
    }
  },
};
