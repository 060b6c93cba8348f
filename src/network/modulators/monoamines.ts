import type { Connectome } from '../../connectome/connectome.js';
import type { Modulator, Receptor } from '../model/network.js';
import { reach as reachOf } from './diffusion.js';

/** The field's names of the ligands of connectome tables, as rules and receptors know them. */
const names: Readonly<Record<string, string>> = {
  dopamine: 'DA',
  serotonin: '5HT',
  octopamine: 'OA',
  tyramine: 'TA',
  acetylcholine: 'ACh',
  noradrenaline: 'NA',
};

export interface MonoamineSettings {
  perSpike: number;
  tauMs: number;
  gain: number;
  reachUm?: number | undefined;
}

/**
 * The modulators of a connectome's tables: released by the spikes of the cells that hold them, and acting on the current
 * of the cells that have a receptor, by its sign. Every receptor has one gain, so that genomes can set it.
 * @param cells `[neurons]` their numbers in the connectome
 */
export function monoamines(
  { modulators, cells: { positionsUm } }: Connectome,
  cells: readonly number[],
  { perSpike, tauMs, gain, reachUm }: MonoamineSettings,
): { modulators: Record<string, Modulator>; receptors: Record<string, Receptor> } {
  const index = new Map(cells.map((cell, i) => [cell, i]));
  const own = (of: Iterable<number>) => [...of].flatMap((cell) => index.get(cell) ?? []);
  const found: ReturnType<typeof monoamines> = { modulators: {}, receptors: {} };
  for (const { ligand, release, receptors } of modulators) {
    const name = names[ligand] ?? ligand;
    const releasing = own(release);
    found.modulators[name] = {
      tauMs,
      baseline: 0,
      releasedBy: [{ population: 'neurons', cells: Int32Array.from(releasing), amount: perSpike }],
    };
    const falls =
      reachUm === undefined || !positionsUm
        ? undefined
        : reachOf(
            Float64Array.from(cells.flatMap((cell) => [...positionsUm.subarray(3 * cell, 3 * cell + 3)])),
            releasing,
            reachUm,
          );
    for (const receptor of receptors) {
      const reach = new Float64Array(cells.length);
      for (const cell of own(receptor.cells)) reach[cell] = receptor.sign * (falls?.[cell] ?? 1);
      found.receptors[receptor.name] = { target: 'I', acts: 'shifts', level: `m.${name}`, gain, reach };
    }
  }
  return found;
}
