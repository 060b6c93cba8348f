import { formatUnit } from '../../../expression/format-unit.js';
import { pythonNumber } from '../../../expression/python.js';
import { dimensionless, parseUnit, sameDimensions, type Unit } from '../../../expression/unit.js';

/** Units that Brian 2 has short names for. */
const short = new Set([
  ...['mV', 'mA', 'uA', 'nA', 'pA', 'pF', 'uF', 'nF', 'nS', 'uS', 'ms', 'us', 'Hz', 'kHz', 'MHz'],
  ...['cm', 'mm', 'um', 'mM', 'uM', 'nM'],
]);

/** What Brian 2 calls the units that take prefixes. */
const long: Readonly<Record<string, string>> = {
  m: 'metre',
  g: 'gram',
  s: 'second',
  A: 'amp',
  K: 'kelvin',
  mol: 'mole',
  M: 'molar',
  L: 'liter',
  Hz: 'hertz',
  J: 'joule',
  C: 'coulomb',
  V: 'volt',
  F: 'farad',
  Ohm: 'ohm',
  S: 'siemens',
};

/** Prefixes that Brian 2 has for each of them; the others are written as numbers. */
const prefixes = 'pnumkMG';
const numbers: Readonly<Record<string, string>> = { f: '1e-15', c: '0.01' };

function symbolName(symbol: string): string {
  if (short.has(symbol)) return symbol;
  const whole = long[symbol];
  if (whole !== undefined) return whole;
  if (symbol === 'kg') return 'kilogram';
  if (symbol === 'N') return 'joule/metre';
  const base = long[symbol.slice(1)];
  const prefix = symbol[0]!;
  if (base === undefined) throw new Error(`no unit of Brian 2 for ${symbol}`);
  return prefixes.includes(prefix) ? `${prefix}${base}` : `${numbers[prefix]}*${base}`;
}

/** A unit's text in the symbols of `parseUnit` as a product of Python. */
function inPython(text: string): string {
  return text
    .replace(
      /([A-Za-z%]+)(?:\^(-?[\d.]+)|(-?\d+))?/g,
      (found, symbol: string, caret?: string, bare?: string) => {
        if (/^e$/i.test(symbol)) return found;
        if (symbol === '%') return '0.01';
        const exponent = caret ?? bare;
        const name = symbolName(symbol);
        return exponent === undefined ? name : `${/[*/]/.test(name) ? `(${name})` : name}**${exponent}`;
      },
    )
    .replaceAll(/(?<=[\w)]) (?=[\w(])/g, '*');
}

/** Whether a quantity of this unit is a plain number. */
export const isPlainUnit = (unit: Unit) =>
  sameDimensions(unit, dimensionless) && Math.abs(unit.scale - 1) < 1e-9;

const text = new Map<string, string>();

function unitText(unit: Unit): string {
  const key = `${unit.scale} ${unit.dimensions.join(' ')}`;
  const known = text.get(key) ?? inPython(formatUnit(unit));
  text.set(key, known);
  return known;
}

/** What a number, or the text of one or of many, is multiplied by to be in a unit. */
export function inUnit(value: number | string, unit: Unit): string {
  const shown = typeof value === 'number' ? pythonNumber(value) : value;
  if (isPlainUnit(unit)) return shown;
  const by = unitText(unit);
  // 2/ms in place of 2*1/ms
  return by.startsWith('1/') ? `${shown}${by.slice(1)}` : `${shown}*${by}`;
}

/** Dimensions as Brian 2 declares them, those of neuroscience by name. */
const dimensions = [
  '1',
  'V',
  'A',
  'S',
  'F',
  'Ohm',
  's',
  'Hz',
  'm',
  'mol',
  'K',
  'V/s',
  'A/m2',
  'S/m2',
  'F/m2',
].map((symbols) => ({ unit: parseUnit(symbols), text: symbols === '1' ? '1' : inPython(symbols) }));

const bases = ['metre', 'kilogram', 'second', 'amp', 'kelvin', 'mole'];

/** The dimensions of a unit, as they stand after the colon of an equation. */
export function dimensionsText(unit: Unit): string {
  const known = dimensions.find((of) => sameDimensions(of.unit, unit));
  if (known) return known.text;
  const factors = unit.dimensions.flatMap((exponent, i) => {
    const rounded = Number(exponent.toFixed(6));
    return rounded === 0 ? [] : [rounded === 1 ? bases[i]! : `${bases[i]}**${rounded}`];
  });
  return factors.join('*');
}
