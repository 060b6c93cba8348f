import type { Described } from '../../network/model/named-parameters.js';
import type { Ground } from '../ground.js';
import type { GeneRange } from '../part.js';
import { fitsUnit, unitText } from '../units.js';

/** The first of some names, and how many more there are. */
const named = ([first, ...more]: readonly string[]) =>
  `"${first}"${more.length > 0 ? ` and ${more.length} more` : ''}`;

/** Messages by what is wrong, so that one says it for all parameters that it is wrong for. */
function gathered(
  found: readonly (readonly [name: string, described: Described])[],
  key: (described: Described) => string | undefined,
  message: (key: string, names: string) => string,
): string[] {
  const names = new Map<string, string[]>();
  for (const [name, described] of found) {
    const wrong = key(described);
    if (wrong !== undefined) names.set(wrong, [...(names.get(wrong) ?? []), name]);
  }
  return Array.from(names, ([wrong, of]) => message(wrong, named(of)));
}

/** Where unit or range of genes is not that of the parameters that they set. */
export function misfitsOf(
  { unit, range: [low, high] }: Pick<GeneRange, 'unit' | 'range'>,
  found: readonly (readonly [name: string, described: Described])[],
  { weightUnit = 'weight' }: Ground,
  field: string,
): string[] {
  return [
    ...gathered(
      found,
      (of) => (fitsUnit(unit, of, weightUnit) ? undefined : unitText(of)),
      (wanted, names) =>
        `${field}.unit: expected ${wanted === '1' ? '1, a plain number' : wanted}, the unit of ${names}, found ${unit}. ` +
        'Give the genes this unit, and range, step and prior in it.',
    ),
    ...gathered(
      found,
      (of) => (low >= of.low && high <= of.high ? undefined : `[${of.low}, ${of.high}]`),
      (wanted, names) =>
        `${field}.range: expected values in ${wanted}, the range of ${names}, found [${low}, ${high}]. ` +
        'Narrow the range of the genes.',
    ),
  ];
}
