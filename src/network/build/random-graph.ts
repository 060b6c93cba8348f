import type { RandomStream } from '../../math/random.js';
import type { Projection } from '../model/network.js';

/** Synapses from one population to another, by presynaptic cell; in a row postsynaptic cells ascend. */
export type Edges = Pick<Projection, 'rowStart' | 'post'>;

export interface Sizes {
  /** Presynaptic cells. */
  from: number;
  /** Postsynaptic cells. */
  to: number;
  /** Whether a cell may reach the cell of its own number, itself where both populations are one; true where absent. */
  self?: boolean;
}

const most = 0x7fffffff;

function checkCount(synapses: number): void {
  if (synapses > most) throw new RangeError(`${synapses} synapses are more than ${most}`);
}

/** Postsynaptic cells of a row other than the row's own number are counted without it; this counts it again. */
const around = (own: number, self: boolean) =>
  self ? (post: number) => post : (post: number) => post + +(post >= own);

/** Every cell to every cell. */
export function allToAll({ from, to, self = true }: Sizes): Edges {
  const rowStart = new Int32Array(from + 1);
  for (let pre = 0; pre < from; pre++) rowStart[pre + 1] = rowStart[pre]! + to - (self || pre >= to ? 0 : 1);
  checkCount(from * to);
  const post = new Int32Array(rowStart[from]!);
  for (let pre = 0; pre < from; pre++) {
    const place = around(pre, self);
    for (let s = rowStart[pre]!; s < rowStart[pre + 1]!; s++) post[s] = place(s - rowStart[pre]!);
  }
  return { rowStart, post };
}

/**
 * Each pair with one probability, independently. Leaps from synapse to synapse by the geometric distribution: one
 * uniform number a synapse and one a row more.
 */
export function fixedProbability(random: RandomStream, sizes: Sizes, probability: number): Edges {
  const { from, to, self = true } = sizes;
  if (!(probability >= 0 && probability <= 1)) throw new RangeError(`a probability of ${probability}`);
  if (probability === 1) return allToAll(sizes);
  const rowStart = new Int32Array(from + 1);
  const expected = from * to * probability;
  checkCount(expected);
  let post = new Int32Array(Math.ceil(expected + 6 * Math.sqrt(expected) + 64));
  let count = 0;
  for (let pre = 0; pre < from; pre++) {
    const width = self || pre >= to ? to : to - 1;
    const place = around(pre, self);
    for (const at of random.leaps(width, probability)) {
      if (count === post.length) {
        const longer = new Int32Array(2 * post.length);
        longer.set(post);
        post = longer;
      }
      post[count++] = place(at);
    }
    rowStart[pre + 1] = count;
  }
  return { rowStart, post: post.slice(0, count) };
}

/**
 * `k` different numbers below `n`, ascending, into `chosen`: drawn until they are enough, or, where they are most of all,
 * those that were not drawn. `marks` remembers what was drawn in this call, by a number of its own.
 */
function choose(
  random: RandomStream,
  n: number,
  k: number,
  chosen: Int32Array,
  marks: Int32Array,
  call: number,
): void {
  const drawn = Math.min(k, n - k);
  for (let count = 0; count < drawn; ) {
    const at = random.integer(n);
    if (marks[at] === call) continue;
    marks[at] = call;
    chosen[count++] = at;
  }
  if (drawn === k) chosen.sort();
  else for (let at = 0, count = 0; at < n; at++) if (marks[at] !== call) chosen[count++] = at;
}

/** For each of `rows` cells `k` different partners of `n`, ascending. */
function partners(random: RandomStream, rows: number, n: number, k: number, self: boolean): Int32Array {
  if (!(k >= 0 && k <= n - (self ? 0 : 1))) throw new RangeError(`${k} different partners of ${n}`);
  checkCount(rows * k);
  const lines = new Int32Array(rows * k);
  const marks = new Int32Array(n).fill(-1);
  for (let row = 0; row < rows; row++) {
    const excluded = !self && row < n;
    const chosen = lines.subarray(row * k, (row + 1) * k);
    choose(random, excluded ? n - 1 : n, k, chosen, marks, row);
    if (!excluded) continue;
    for (let i = 0; i < k; i++) if (chosen[i]! >= row) chosen[i]! += 1;
  }
  return lines;
}

/** Each presynaptic cell to `degree` different cells. @throws RangeError where there are fewer */
export function fixedOutDegree(
  random: RandomStream,
  { from, to, self = true }: Sizes,
  degree: number,
): Edges {
  return {
    rowStart: Int32Array.from({ length: from + 1 }, (_, pre) => pre * degree),
    post: partners(random, from, to, degree, self),
  };
}

/** Each postsynaptic cell from `degree` different cells. @throws RangeError where there are fewer */
export function fixedInDegree(random: RandomStream, { from, to, self = true }: Sizes, degree: number): Edges {
  const sources = partners(random, to, from, degree, self);
  const rowStart = new Int32Array(from + 1);
  for (const pre of sources) rowStart[pre + 1]! += 1;
  for (let pre = 0; pre < from; pre++) rowStart[pre + 1]! += rowStart[pre]!;
  const next = rowStart.slice(0, from);
  const post = new Int32Array(sources.length);
  for (let at = 0; at < sources.length; at++) post[next[sources[at]!]!++] = Math.floor(at / degree);
  return { rowStart, post };
}

/** What joins two populations: its synapses, and their weights and delays, one for all or one by one. */
export interface Connection extends Omit<Projection, 'name' | 'rowStart' | 'post' | 'weight'> {
  edges: Edges;
  /** For all synapses, or called for each in row order with its two cells, counted in their populations. */
  weight: number | ((pre: number, post: number) => number);
}

/** Projections with a weight for each synapse, counted through them in order. */
export function connect(connections: Readonly<Record<string, Connection>>): {
  projections: Projection[];
  weights: Float64Array;
} {
  const total = Object.values(connections).reduce((sum, { edges }) => sum + edges.post.length, 0);
  const weights = new Float64Array(total);
  let first = 0;
  const projections = Object.entries(connections).map(([name, { edges, weight, ...rest }]): Projection => {
    const { post, rowStart } = edges;
    const index = new Int32Array(post.length);
    for (let pre = 0; pre + 1 < rowStart.length; pre++) {
      for (let s = rowStart[pre]!; s < rowStart[pre + 1]!; s++) {
        index[s] = first + s;
        weights[first + s] = typeof weight === 'number' ? weight : weight(pre, post[s]!);
      }
    }
    first += post.length;
    return { name, ...rest, rowStart, post, weight: index };
  });
  return { projections, weights };
}

/** Delays (ms) of all synapses, uniform between two. */
export function drawDelays(
  random: RandomStream,
  { post }: Edges,
  lowMs: number,
  highMs: number,
): Float64Array {
  const delays = new Float64Array(post.length);
  for (let s = 0; s < delays.length; s++) delays[s] = random.uniformIn(lowMs, highMs);
  return delays;
}
