import { dimensionless, parseUnit, sameDimensions, sameScale, type Unit } from '../expression/unit.js';
import type { Described } from '../network/model/named-parameters.js';

/** The unit of a text; undefined where it is words, such as those for counts of something. */
export function unitIn(text: string): Unit | undefined {
  try {
    return parseUnit(text);
  } catch {
    return undefined;
  }
}

export const sameUnit = (a: Unit, b: Unit) => sameDimensions(a, b) && sameScale(a, b);

/** Whether a unit is of logarithms of something, such as `ln(1 + connections)`. */
export const isLogarithm = (unit: string) => /^(ln|log)\b/.test(unit.trim());

const withWord = (text: string, word: string, unit: string) =>
  text.replace(new RegExp(`\\b${word}\\b`, 'g'), `(${unit})`);

/**
 * Whether genes in the unit `declared` may set a parameter. Units are compared as such, so that `1/ms` is `ms^-1`; what
 * is no unit goes by its words. `weight` is the unit of the network's weights, and a plain number where these are counts.
 * `current` is that of the cells' current, and alone also stands for the current of one of whatever drives a port, as its
 * scale is.
 */
export function fitsUnit(declared: string, { unit, currentUnit }: Described, weightUnit: string): boolean {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
  const asked = plain(declared) === plain(weightUnit) ? 'weight' : plain(declared);
  if (asked === plain(unit)) return true;
  if (asked === 'current' && /^current\b/.test(unit)) return true;
  const spelled = (text: string) => {
    const weighed = withWord(text, 'weight', unitIn(weightUnit) ? weightUnit : '1');
    return unitIn(currentUnit === undefined ? weighed : withWord(weighed, 'current', currentUnit));
  };
  const [found, expected] = [spelled(asked), spelled(unit)];
  return found !== undefined && expected !== undefined && sameUnit(found, expected);
}

/** Whether genes in the unit `declared` may be weights: words are counts, which are plain numbers. */
export function fitsWeights(declared: string, weightUnit: string): boolean {
  if (isLogarithm(declared) !== isLogarithm(weightUnit)) return false;
  const [found, expected] = [unitIn(declared), unitIn(weightUnit) ?? dimensionless];
  return found === undefined || sameUnit(found, expected);
}

/** A unit for people to read: of what drives a port also in which unit the current is. */
export const unitText = ({ unit, currentUnit }: Described): string =>
  currentUnit !== undefined && /\bcurrent\b/.test(unit) ? `${unit} (current in ${currentUnit})` : unit;
