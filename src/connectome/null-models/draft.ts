import type { ChemicalConnections, Connectome, GapJunctions } from '../connectome.js';

/** Chemical connections that may be changed in place, in any order. */
export interface Edges {
  pre: Int32Array;
  post: Int32Array;
  weight: Float64Array;
  sign: Int8Array;
  /** A code each, empty where the table says nothing of what signs rest on. */
  basis: string[];
}

/** Gap junctions that may be changed in place, in any order and with their ends either way round. */
export interface Junctions {
  a: Int32Array;
  b: Int32Array;
  weight: Float64Array;
  flag: string[];
  /** The source's weight of a capped placeholder. */
  published: (number | undefined)[];
}

export interface Draft {
  chemical: Edges;
  gap: Junctions;
}

export function draftOf({ chemical, gap }: Connectome): Draft {
  const published: (number | undefined)[] = new Array(gap.count).fill(undefined);
  for (const [i, k] of (gap.capped?.index ?? []).entries()) published[k] = gap.capped!.published[i]!;
  return {
    chemical: {
      pre: chemical.pre.slice(),
      post: chemical.post.slice(),
      weight: chemical.weight.slice(),
      sign: chemical.sign.slice(),
      basis: [...(chemical.signBasis ?? '')],
    },
    gap: {
      a: gap.a.slice(),
      b: gap.b.slice(),
      weight: gap.weight.slice(),
      flag: [...gap.flag],
      published,
    },
  };
}

/** In order of (pre, post), as a table has them. */
export function chemicalOf(
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

/** In order of (a, b) with a <= b, as a table has them. */
export function junctionsOf({ a, b, weight, flag, published }: Junctions, gap: GapJunctions): GapJunctions {
  const low = a.map((from, k) => Math.min(from, b[k]!));
  const high = a.map((from, k) => Math.max(from, b[k]!));
  const order = [...a.keys()].sort((i, j) => low[i]! - low[j]! || high[i]! - high[j]!);
  const capped = order.flatMap((k, place) => (published[k] === undefined ? [] : [place]));
  return {
    ...gap,
    a: Int32Array.from(order, (k) => low[k]!),
    b: Int32Array.from(order, (k) => high[k]!),
    weight: Float64Array.from(order, (k) => weight[k]!),
    flag: order.map((k) => flag[k]).join(''),
    ...(gap.capped === undefined
      ? {}
      : { capped: { index: capped, published: capped.map((place) => published[order[place]!]!) } }),
  };
}
