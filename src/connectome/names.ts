import type { CellKind } from './schema.js';

/** Motor neuron classes of the ventral cord (CA and CP are the male's), whose members are numbered along the body. */
const numberedClass = /^(AS|DA|DB|DD|VA|VB|VC|VD|CA|CP)\d+$/;

/** Body-wall muscles are numbered from the head within each quadrant. */
const quadrantMuscle = /^(M[DV][LR])\d+$/;

/** Whether a name is that of a body-wall muscle of C. elegans, by WormAtlas. */
const isBodyWallMuscle = (name: string): boolean => quadrantMuscle.test(name);

/** A species by its full name, where it is written in another usual way: `C. elegans`. */
export const fullSpeciesName = (given: string): string =>
  /^c(aenorhabditis)?[.\s_-]*elegans$/i.test(given.trim()) ? 'Caenorhabditis elegans' : given;

/** What a cell is, where its name alone tells. */
export const kindByName = (name: string): 'muscle' | 'neuron' =>
  isBodyWallMuscle(name) ? 'muscle' : 'neuron';

/** How cells are named: as in the source, or C. elegans cells as WormAtlas does (`DA1`, `MDL01`). */
export const namings = ['as-given', 'wormatlas'] as const;
export type Naming = (typeof namings)[number];

/** Cook et al. pad the numbers of neurons and count muscles as dBWML1; NemaNode writes BWM-DL01. */
export function canonicalName(name: string, naming: Naming): string {
  if (naming === 'as-given') return name;
  const padded = /^(AS|DA|DB|DD|VA|VB|VC|VD|CA|CP)0(\d)$/.exec(name);
  if (padded) return padded[1]! + padded[2]!;
  const muscle =
    /^([dv])BWM([LR])(\d{1,2})$/.exec(name) ??
    /^BWM-([DV])([LR])(\d{1,2})$/.exec(name) ??
    /^M([DV])([LR])(\d)$/.exec(name);
  return muscle ? `M${muscle[1]!.toUpperCase()}${muscle[2]}${muscle[3]!.padStart(2, '0')}` : name;
}

/** The other names that published tables use for these cells, to their WormAtlas names. */
export function otherNames(ids: readonly string[], naming: Naming): Record<string, string> {
  const names: Record<string, string> = {};
  if (naming === 'as-given') return names;
  for (const id of ids) {
    const numbered = /^(AS|DA|DB|DD|VA|VB|VC|VD|CA|CP)(\d)$/.exec(id);
    if (numbered) names[`${numbered[1]}0${numbered[2]}`] = id;
    const muscle = /^M([DV])([LR])(\d\d)$/.exec(id);
    if (!muscle) continue;
    names[`${muscle[1]!.toLowerCase()}BWM${muscle[2]}${Number(muscle[3])}`] = id;
    names[`BWM-${muscle[1]}${muscle[2]}${muscle[3]}`] = id;
  }
  return names;
}

/** The name of a neuron's partner across the midline, by C. elegans naming: a final L against a final R. */
export function mirrorName(name: string): string | undefined {
  if (name.endsWith('L')) return `${name.slice(0, -1)}R`;
  if (name.endsWith('R')) return `${name.slice(0, -1)}L`;
  return undefined;
}

/**
 * Classes of C. elegans neurons from their names alone: the number goes from the eight numbered classes; a final
 * L or R goes where the mirror partner is among the names; a further D or V goes where both stems are there and
 * three letters or more remain. The 302 names of the hermaphrodite give the 118 classes of White et al. 1986.
 */
function wormNeuronClasses(names: readonly string[]): string[] {
  const known = new Set(names);
  const stems = names.map((name) => {
    const numbered = numberedClass.exec(name);
    if (numbered) return numbered[1]!;
    const mirror = mirrorName(name);
    return mirror !== undefined && known.has(mirror) ? name.slice(0, -1) : name;
  });
  const knownStems = new Set(stems);
  return stems.map((stem) => {
    const short = stem.slice(0, -1);
    const dorsoventral = knownStems.has(`${short}D`) && knownStems.has(`${short}V`);
    return /[DV]$/.test(stem) && dorsoventral && short.length >= 3 ? short : stem;
  });
}

/**
 * The class of each cell, from its name. C. elegans neurons follow its naming rules and body-wall muscles their
 * quadrant (MDL, MDR, MVL, MVR); any other cell, and every cell of another species, is a class of its own.
 */
export function cellClasses(species: string, ids: readonly string[], kinds: readonly CellKind[]): string[] {
  if (species !== 'Caenorhabditis elegans') return [...ids];
  const neurons = ids.filter((_, i) => kinds[i] === 'n');
  const classOfNeuron = new Map(wormNeuronClasses(neurons).map((name, i) => [neurons[i]!, name]));
  return ids.map((id, i) => {
    if (kinds[i] === 'n') return classOfNeuron.get(id)!;
    return (kinds[i] === 'm' && quadrantMuscle.exec(id)?.[1]) || id;
  });
}
