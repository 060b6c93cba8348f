import type { Connectome } from '../connectome/connectome.js';

/** Which gene each synapse belongs to. */
export interface TiedSynapses {
  genes: number;
  /** `[synapses]` */
  geneOf: Int32Array;
  /** `[genes]` */
  names: string[];
  /** `[genes]` the class (or the muscle) that sends */
  presynaptic: string[];
}

/** A cell as its mirror image shares it: a name for both, and the side of this one where it has one. */
interface Mirrored {
  name: string;
  side: '' | 'L' | 'R';
}

/** Body-wall muscles: quadrant (dorsal or ventral), side, row. */
const muscle = /^(M[DV])([LR])(\d+)$/;

/**
 * A neuron goes by its class, a body-wall muscle by its quadrant and row (MDL07 and MDR07 are MD07: rows are moved one by
 * one), any other muscle by its own name. The side is the last letter of what a neuron's name adds to its class.
 */
function mirrored(id: string, cellClass: string, isMuscle: boolean): Mirrored {
  if (isMuscle) {
    const [, quadrant, side, row] = muscle.exec(id) ?? [];
    return quadrant ? { name: `${quadrant}${row}`, side: side as 'L' | 'R' } : { name: id, side: '' };
  }
  const last = id.startsWith(cellClass) ? id.slice(cellClass.length).at(-1) : undefined;
  return { name: cellClass, side: last === 'L' || last === 'R' ? last : '' };
}

/**
 * Ties synapses that join the same two classes and lie to each other as mirror images do: on one side, or across. Genes
 * are in the order of their first synapse.
 */
export function classPairs({ cells, chemical }: Connectome): TiedSynapses {
  const named = cells.ids.map((id, i) => mirrored(id, cells.classes[i]!, cells.kinds[i] === 'm'));
  const genes = new Map<string, number>();
  const presynaptic: string[] = [];
  const geneOf = Int32Array.from(chemical.pre, (from, synapse) => {
    const [pre, post] = [named[from]!, named[chemical.post[synapse]!]!];
    const sided = pre.side !== '' && post.side !== '';
    const relation = sided ? (pre.side === post.side ? ' same side' : ' across') : '';
    const name = `${pre.name}->${post.name}${relation}`;
    const gene = genes.get(name) ?? genes.size;
    if (gene === genes.size) presynaptic.push(pre.name);
    genes.set(name, gene);
    return gene;
  });
  return { genes: genes.size, geneOf, names: [...genes.keys()], presynaptic };
}
