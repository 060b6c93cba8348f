import type { GenomeSpace } from '../../genome/space.js';
import type { GeneUnit } from '../attribution/units.js';

/** How far genes go: each by this share of its own range, up where above 0. */
export interface Step {
  unit: GeneUnit;
  share: number;
}

/** A genome with some units moved, as far as the bounds let them go. */
export function moved(
  { low, high }: GenomeSpace,
  genome: Readonly<Float64Array>,
  steps: readonly Step[],
): Float64Array {
  const copy = Float64Array.from(genome);
  for (const { unit, share } of steps)
    for (const gene of unit.genes) {
      const to = copy[gene]! + share * (high[gene]! - low[gene]!);
      copy[gene] = Math.min(high[gene]!, Math.max(low[gene]!, to));
    }
  return copy;
}

/** A genome as far from the bounds of some units that each may move by a share either way. */
export function inside(
  { low, high }: GenomeSpace,
  genome: Readonly<Float64Array>,
  units: readonly GeneUnit[],
  share: number,
): Float64Array {
  const copy = Float64Array.from(genome);
  for (const { genes } of units)
    for (const gene of genes) {
      const room = share * (high[gene]! - low[gene]!);
      copy[gene] = Math.min(high[gene]! - room, Math.max(low[gene]! + room, copy[gene]!));
    }
  return copy;
}

/** A genome whose values of a unit, each in its own unit, have so many figures that count. */
export function rounded(
  space: GenomeSpace,
  genome: Readonly<Float64Array>,
  { genes }: GeneUnit,
  digits: number,
): Float64Array {
  const copy = Float64Array.from(genome);
  for (const gene of genes) {
    const value = space.valueOf(gene, copy[gene]!);
    const short = Number(value.toPrecision(digits));
    if (short === value) continue;
    const coordinate = space.coordinateOf(gene, short);
    copy[gene] = Math.min(space.high[gene]!, Math.max(space.low[gene]!, coordinate));
  }
  return copy;
}

export const isSame = (a: Readonly<Float64Array>, b: Readonly<Float64Array>): boolean =>
  a.every((value, gene) => value === b[gene]);
