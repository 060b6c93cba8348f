import type { PopulationProgram } from './population-program.js';
import type { Continuous, Program } from './program.js';

/**
 * The synapses without spikes onto one port, arranged for vectors: postsynaptic cells in slices of as many as a vector
 * has lanes, those with the most synapses first, each slice as long as its longest cell needs (SELL; Kreutzer et al. 2014,
 * doi:10.1137/130930352). Within a cell the order is that of the projections and of their rows, so that the sums are, to
 * the bit, those of adding row by row.
 */
export interface Slices {
  to: PopulationProgram;
  port: string;
  /** `[slices + 1]` first entry of each slice; an entry has one synapse for each lane */
  start: Int32Array;
  /** `[slices * lanes]` postsynaptic cell; -1 where there is none */
  post: Int32Array;
  /** `[entries * lanes]` which of the program's continuous projections; -1 where there is no synapse */
  projection: Int32Array;
  /** `[entries * lanes]` presynaptic cell, counted in its population */
  pre: Int32Array;
  /** `[entries * lanes]` index into the network's weights; -1 where there is no synapse */
  source: Int32Array;
}

function slicesOf(members: readonly { of: Continuous; index: number }[], lanes: number): Slices {
  const { to, port } = members[0]!.of;
  const synapses: { projection: number; pre: number; source: number }[][] = Array.from(
    { length: to.population.count },
    () => [],
  );
  for (const { of, index } of members) {
    for (let pre = 0; pre < of.from.population.count; pre++) {
      for (let s = of.rowStart[pre]!; s < of.rowStart[pre + 1]!; s++) {
        synapses[of.post[s]!]!.push({ projection: index, pre, source: of.source[s]! });
      }
    }
  }
  const cells = [...synapses.keys()]
    .filter((cell) => synapses[cell]!.length > 0)
    .sort((a, b) => synapses[b]!.length - synapses[a]!.length || a - b);
  const count = Math.ceil(cells.length / lanes);
  const start = new Int32Array(count + 1);
  for (let slice = 0; slice < count; slice++) {
    // The first of a slice has the most.
    start[slice + 1] = start[slice]! + synapses[cells[slice * lanes]!]!.length;
  }
  const entries = start[count]! * lanes;
  const post = new Int32Array(count * lanes).fill(-1);
  const projection = new Int32Array(entries).fill(-1);
  const pre = new Int32Array(entries);
  const source = new Int32Array(entries).fill(-1);
  cells.forEach((cell, i) => {
    post[i] = cell;
    synapses[cell]!.forEach((synapse, k) => {
      const at = (start[Math.floor(i / lanes)]! + k) * lanes + (i % lanes);
      projection[at] = synapse.projection;
      pre[at] = synapse.pre;
      source[at] = synapse.source;
    });
  });
  return { to, port, start, post, projection, pre, source };
}

/** The continuous synapses of a program, port by port. */
export function slicesByPort({ continuous }: Program, lanes: number): Slices[] {
  const groups = new Map<string, { of: Continuous; index: number }[]>();
  continuous.forEach((of, index) => {
    const key = `${of.to.population.name} ${of.port}`;
    groups.set(key, [...(groups.get(key) ?? []), { of, index }]);
  });
  return [...groups.values()]
    .map((members) => slicesOf(members, lanes))
    .filter(({ start }) => start.length > 1);
}
