import { RandomStream } from '../math/random.js';
import { deriveSeed } from '../math/seed.js';
import type { ChemicalConnections, Connectome } from './connectome.js';

/** Swaps tried for each connection; the graph has long forgotten itself by then. */
const swapsEach = 20;

interface Edges {
  pre: Int32Array;
  post: Int32Array;
  weight: Float64Array;
  sign: Int8Array;
  basis: string[];
}

/** In order of (pre, post), as a table has them. */
function sorted(
  { pre, post, weight, sign, basis }: Edges,
  chemical: ChemicalConnections,
): ChemicalConnections {
  const order = [...pre.keys()].sort((i, j) => pre[i]! - pre[j]! || post[i]! - post[j]!);
  return {
    ...chemical,
    pre: Int32Array.from(order, (k) => pre[k]!),
    post: Int32Array.from(order, (k) => post[k]!),
    weight: Float64Array.from(order, (k) => weight[k]!),
    sign: Int8Array.from(order, (k) => sign[k]!),
    ...(chemical.signBasis === undefined ? {} : { signBasis: order.map((k) => basis[k]).join('') }),
  };
}

/** Two connections exchange their targets, where neither is then given twice nor leads back to its own cell. */
function rewire({ pre, post }: Edges, kinds: readonly string[], stream: RandomStream): void {
  const count = pre.length;
  const key = (from: number, to: number) => from * kinds.length + to;
  const present = new Set(Array.from(pre, (from, k) => key(from, post[k]!)));
  for (let round = 0; round < swapsEach * count; round++) {
    const [i, j] = [stream.integer(count), stream.integer(count)];
    const [a, b, c, d] = [pre[i]!, post[i]!, pre[j]!, post[j]!];
    if (a === b || c === d || a === d || c === b || kinds[b] !== kinds[d]) continue;
    if (present.has(key(a, d)) || present.has(key(c, b))) continue;
    present.delete(key(a, b));
    present.delete(key(c, d));
    present.add(key(a, d));
    present.add(key(c, b));
    post[i] = d;
    post[j] = b;
  }
}

/** Permutes values among the given places. */
function shuffleAt<T>(values: { [index: number]: T }, places: readonly number[], stream: RandomStream): void {
  const taken = places.map((k) => values[k]!);
  stream.shuffle(taken);
  for (const [i, k] of places.entries()) values[k] = taken[i]!;
}

const magnitudes = (edges: Edges, stream: RandomStream) => {
  const places = [...edges.weight.keys()].filter((k) => edges.weight[k]! > 0);
  shuffleAt(edges.weight, places, stream);
};

/** A sign and what it rests on go together. */
const signs = (edges: Edges, stream: RandomStream) => {
  const places = [...edges.weight.keys()].filter((k) => edges.weight[k]! > 0);
  const from = [...places];
  stream.shuffle(from);
  const [sign, basis] = [edges.sign.slice(), [...edges.basis]];
  for (const [i, k] of places.entries()) {
    edges.sign[k] = sign[from[i]!]!;
    edges.basis[k] = basis[from[i]!]!;
  }
};

/** Controls that keep some of an animal and lose the rest. */
export const nullModels = {
  rewired: {
    summary:
      'other targets: each cell keeps its numbers of chemical connections in and out, to neurons and to muscles (Maslov and Sneppen 2002)',
    apply: (edges: Edges, kinds: readonly string[], stream: RandomStream) => rewire(edges, kinds, stream),
  },
  weights: {
    summary: 'the same connections and signs, their weights exchanged at random',
    apply: (edges: Edges, _kinds: readonly string[], stream: RandomStream) => magnitudes(edges, stream),
  },
  signs: {
    summary: 'the same connections and weights, their signs exchanged at random',
    apply: (edges: Edges, _kinds: readonly string[], stream: RandomStream) => signs(edges, stream),
  },
} as const;
export type NullModel = keyof typeof nullModels;

/**
 * A null model of a connectome's chemical connections, fixed by the seed. Degree-preserving rewiring exchanges the
 * targets of pairs of connections (Maslov and Sneppen 2002, doi:10.1126/science.1065103), 20 attempts a connection, in
 * which targets are of one kind, and weights and signs stay with the presynaptic cell. Gap junctions stay as they are.
 */
export function nullModel(connectome: Connectome, model: NullModel, seed: number, id: string): Connectome {
  const { chemical, cells } = connectome;
  const edges: Edges = {
    pre: chemical.pre.slice(),
    post: chemical.post.slice(),
    weight: chemical.weight.slice(),
    sign: chemical.sign.slice(),
    basis: [...(chemical.signBasis ?? '')],
  };
  nullModels[model].apply(edges, cells.kinds, RandomStream.from(deriveSeed(seed, 'null model', model)));
  return {
    ...connectome,
    id,
    notes: [
      `A null model, not an animal: "${model}" of ${connectome.id} (${connectome.hash}), seed ${seed}: ${nullModels[model].summary}.`,
      ...connectome.notes,
    ],
    chemical: sorted(edges, chemical),
  };
}
