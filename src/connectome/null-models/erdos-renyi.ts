import type { RandomStream } from '../../math/random.js';
import type { Connectome } from '../connectome.js';
import type { Draft } from './draft.js';
import { blocksOf, groupsOf } from './exchange.js';
import type { NullModelEntry } from './model.js';

/** k distinct integers of [0, n) by Floyd's method, each set equally likely; n may be beyond 2^32. */
function distinct(n: number, k: number, stream: RandomStream): number[] {
  const chosen = new Set<number>();
  for (let last = n - k; last < n; last++) {
    const drawn = Math.floor(stream.uniform() * (last + 1));
    chosen.add(chosen.has(drawn) ? last : drawn);
  }
  return [...chosen];
}

type Places = { count: number; ends: (place: number) => [number, number] };

/** Every place for a connection from cells of one kind to cells of one kind, self-connections aside. */
function directedPlaces(from: readonly number[], to: readonly number[]): Places {
  if (from !== to) {
    return {
      count: from.length * to.length,
      ends: (place) => [from[Math.floor(place / to.length)]!, to[place % to.length]!],
    };
  }
  const others = from.length - 1;
  return {
    count: from.length * others,
    ends: (place) => {
      const [source, target] = [Math.floor(place / others), place % others];
      return [from[source]!, from[target < source ? target : target + 1]!];
    },
  };
}

/** The same for junctions: a pair of cells once. */
function undirectedPlaces(from: readonly number[], to: readonly number[]): Places {
  if (from !== to) return directedPlaces(from, to);
  return {
    count: (from.length * (from.length - 1)) / 2,
    ends: (place) => {
      let high = Math.floor((1 + Math.sqrt(1 + 8 * place)) / 2);
      // The root is rounded.
      while ((high * (high - 1)) / 2 > place) high--;
      while ((high * (high + 1)) / 2 <= place) high++;
      return [from[place - (high * (high - 1)) / 2]!, from[high]!];
    },
  };
}

interface KindGroup {
  members: number[];
  places: Places;
}

/** Connections from one kind of cell to one kind, with every place that they could take. */
function groupsByKind(
  { cells }: Connectome,
  from: Int32Array,
  to: Int32Array,
  placesOf: typeof directedPlaces,
): KindGroup[] {
  const block = blocksOf(cells.kinds);
  const byBlock = new Map<number, number[]>();
  for (const [cell, number] of block.entries()) {
    const known = byBlock.get(number);
    if (known) known.push(cell);
    else byBlock.set(number, [cell]);
  }
  return groupsOf(from, to, block).map((members) => ({
    members,
    places: placesOf(byBlock.get(block[from[members[0]!]!]!)!, byBlock.get(block[to[members[0]!]!]!)!),
  }));
}

/** Junctions with the lower kind first. */
const byKind = ({ a, b }: { a: Int32Array; b: Int32Array }, { cells }: Connectome) => {
  const block = blocksOf(cells.kinds);
  const turned = (k: number) => block[a[k]!]! > block[b[k]!]!;
  return { a: a.map((end, k) => (turned(k) ? b[k]! : end)), b: b.map((end, k) => (turned(k) ? a[k]! : end)) };
};

function place(groups: readonly KindGroup[], from: Int32Array, to: Int32Array, stream: RandomStream): void {
  for (const { members, places } of groups) {
    const drawn = distinct(places.count, members.length, stream);
    stream.shuffle(drawn);
    for (const [i, k] of members.entries()) [from[k], to[k]] = places.ends(drawn[i]!);
  }
}

/**
 * Signs are drawn, with what they rest on, from the animal's connections of the same presynaptic cell, so that a cell of
 * one sign keeps it (Dale); of a cell that had none, from all connections.
 */
function drawSigns({ chemical }: Draft, animal: Connectome['chemical'], stream: RandomStream): void {
  const own = new Map<number, number[]>();
  const all: number[] = [];
  for (let k = 0; k < animal.count; k++) {
    if (animal.weight[k] === 0) continue;
    all.push(k);
    const mine = own.get(animal.pre[k]!);
    if (mine) mine.push(k);
    else own.set(animal.pre[k]!, [k]);
  }
  for (let k = 0; k < chemical.pre.length; k++) {
    if (chemical.weight[k] === 0) {
      chemical.sign[k] = 0;
      continue;
    }
    const choices = own.get(chemical.pre[k]!) ?? all;
    const from = choices[stream.integer(choices.length)]!;
    chemical.sign[k] = animal.sign[from]!;
    if (animal.signBasis !== undefined) chemical.basis[k] = animal.signBasis[from]!;
  }
}

export const erdosRenyi: NullModelEntry = {
  summary:
    "as many connections between the same kinds of cells (neuron, muscle, other), placed uniformly at random, gap junctions included; the weights are the animal's, and each sign is drawn from those of the same presynaptic cell, so that a cell of one sign keeps it; self-connections stay",
  keeps: 'the numbers of connections between kinds of cells, their weights, and the sign of each cell',
  takes: 'every degree, and which cell is connected to which',
  gapJunctions: 'drawn',
  misfit: (connectome) => {
    const { chemical, gap } = connectome;
    const { a, b } = byKind(gap, connectome);
    const groups = [
      ...groupsByKind(connectome, chemical.pre, chemical.post, directedPlaces),
      ...groupsByKind(connectome, a, b, undirectedPlaces),
    ];
    if (groups.length === 0) return 'it has no connections';
    return groups.every(({ members, places }) => members.length === places.count)
      ? 'there is no free place: all cells of the kinds that are connected are connected to all'
      : undefined;
  },
  draw: (draft, connectome, stream) => {
    const { chemical, gap } = draft;
    const groups = groupsByKind(connectome, chemical.pre, chemical.post, directedPlaces);
    place(groups, chemical.pre, chemical.post, stream);
    drawSigns(draft, connectome.chemical, stream);
    const { a, b } = byKind(gap, connectome);
    place(groupsByKind(connectome, a, b, undirectedPlaces), a, b, stream);
    gap.a.set(a);
    gap.b.set(b);
  },
};
