import { suggest, UsageError } from '../spec/errors.js';
import type { Connectome } from './connectome.js';

/** Which cells a subnetwork keeps: those of the classes, and what is near them. */
export interface Selection {
  /** Classes or single cells. */
  classes: readonly string[];
  /** Connections away from them, chemical or electrical, either way. */
  hops: number;
}

function seeds({ cells, aliases, id }: Connectome, names: readonly string[]): Set<number> {
  const chosen = new Set<number>();
  for (const name of names) {
    const cell = cells.ids.indexOf(aliases[name] ?? name);
    const members = [...cells.ids.keys()].filter((i) => cells.classes[i] === name || i === cell);
    if (members.length === 0) {
      const known = [...new Set([...cells.classes, ...cells.ids])];
      throw new UsageError(`Unknown class or cell "${name}" in connectome "${id}". ${suggest(name, known)}`);
    }
    for (const member of members) chosen.add(member);
  }
  return chosen;
}

/** Indices of the selected cells, ascending. */
export function selectCells(connectome: Connectome, { classes, hops }: Selection): number[] {
  const { chemical, gap } = connectome;
  const chosen = seeds(connectome, classes);
  for (let hop = 0; hop < hops; hop++) {
    const near = new Set<number>();
    const meet = (one: number, other: number) => {
      if (chosen.has(one)) near.add(other);
      if (chosen.has(other)) near.add(one);
    };
    for (let k = 0; k < chemical.count; k++) meet(chemical.pre[k]!, chemical.post[k]!);
    for (let k = 0; k < gap.count; k++) meet(gap.a[k]!, gap.b[k]!);
    for (const cell of near) chosen.add(cell);
  }
  return [...chosen].sort((a, b) => a - b);
}

/** The connectome of some cells alone, with every connection among them. `kept` is ascending. */
export function subnetwork(connectome: Connectome, kept: readonly number[], id: string): Connectome {
  const { cells, chemical, gap } = connectome;
  const place = new Map(kept.map((cell, i) => [cell, i]));
  const pick = <T>(values: readonly T[]): T[] => kept.map((cell) => values[cell]!);
  const among = (one: Int32Array, other: Int32Array) =>
    [...one.keys()].filter((k) => place.has(one[k]!) && place.has(other[k]!));
  const moved = (values: Int32Array, at: readonly number[]) =>
    Int32Array.from(at, (k) => place.get(values[k]!)!);
  const synapses = among(chemical.pre, chemical.post);
  const junctions = among(gap.a, gap.b);
  const junctionPlace = new Map(junctions.map((k, i) => [k, i]));
  const cappedKept = (gap.capped?.index ?? []).map((k) => junctionPlace.get(k));
  const codes = (text: string, at: readonly number[]) => at.map((k) => text[k]).join('');
  const inside = (list: readonly number[]) =>
    list.flatMap((cell) => (place.has(cell) ? [place.get(cell)!] : []));
  const ids = pick(cells.ids);
  const known = new Set(ids);
  const { signBasis, signBasisLegend } = chemical;
  return {
    ...connectome,
    id,
    notes: [
      `${kept.length} of the ${cells.count} cells of ${connectome.id} (${connectome.hash}).`,
      ...connectome.notes,
    ],
    cells: {
      count: kept.length,
      ids,
      classes: pick(cells.classes),
      kinds: pick(cells.kinds),
      roles: pick(cells.roles),
      transmitters: pick(cells.transmitters),
      ...(cells.ganglia ? { ganglia: pick(cells.ganglia) } : {}),
      ...(cells.modalities ? { modalities: pick(cells.modalities) } : {}),
      ...(cells.positionsUm
        ? {
            positionsUm: Float64Array.from({ length: 3 * kept.length }, (_, k) => {
              return cells.positionsUm![3 * kept[Math.floor(k / 3)]! + (k % 3)]!;
            }),
          }
        : {}),
    },
    chemical: {
      count: synapses.length,
      pre: moved(chemical.pre, synapses),
      post: moved(chemical.post, synapses),
      weight: Float64Array.from(synapses, (k) => chemical.weight[k]!),
      sign: Int8Array.from(synapses, (k) => chemical.sign[k]!),
      ...(signBasis === undefined ? {} : { signBasis: codes(signBasis, synapses) }),
      ...(signBasisLegend === undefined ? {} : { signBasisLegend }),
    },
    gap: {
      count: junctions.length,
      a: moved(gap.a, junctions),
      b: moved(gap.b, junctions),
      weight: Float64Array.from(junctions, (k) => gap.weight[k]!),
      flag: codes(gap.flag, junctions),
      ...(gap.flagLegend ? { flagLegend: gap.flagLegend } : {}),
      ...(gap.capped
        ? {
            capped: {
              index: cappedKept.filter((k) => k !== undefined),
              published: gap.capped.published.filter((_, i) => cappedKept[i] !== undefined),
            },
          }
        : {}),
    },
    modulators: connectome.modulators.map((modulator) => ({
      ...modulator,
      release: inside(modulator.release),
      receptors: modulator.receptors.map((receptor) => ({ ...receptor, cells: inside(receptor.cells) })),
    })),
    aliases: Object.fromEntries(Object.entries(connectome.aliases).filter(([, cell]) => known.has(cell))),
    excluded: [],
  };
}
