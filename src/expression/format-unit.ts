import {
  baseSymbols,
  divideUnits,
  multiplyUnits,
  parseUnit,
  sameDimensions,
  sameScale,
  type Unit,
} from './unit.js';

/** Units as neuroscience writes them, the usual ones first: `nS mV` is written pA, `V/s` mV/ms. */
const usual = [
  ...['mV', 'ms', 'pA', 'nS', 'pF', 'MOhm', '1/ms', 'mV/ms', '1/(mV ms)', '1/mV', 'pA/ms', 'nS/ms'],
  ...['uF/cm2', 'mS/cm2', 'uA/cm2', 'mM', 'um', 'nA', 'uS', 'nF', 'uV', 'V', 's', 'A', 'S', 'F', 'Ohm'],
  ...['Hz', 'us', 'm', 'cm', 'um2', 'cm2', 'M', 'uM', 'nM', 'K', 'kg', 'g', 'mol', 'J', 'N', 'C', 'pC', 'fC'],
  ...['mV^2', 'mV/ms^0.5', 'ms^0.5', 'ms2', '1/ms2', 'Ohm cm', 'mM/ms'],
];

/** What products and quotients of two are tried of. */
const parts = ['mV', 'ms', 'pA', 'nS', 'pF', 'um', 'cm2', 'mM', 'V', 's', 'A', 'S', 'uV', 'kg', 'm'];

/** Candidate texts with their units, built on first use: only messages need them. */
let candidates: { text: string; unit: Unit }[] | undefined;

function allCandidates(): { text: string; unit: Unit }[] {
  if (candidates) return candidates;
  const read = (text: string) => ({ text, unit: parseUnit(text) });
  const few = parts.map(read);
  const pairs = few.flatMap((a) =>
    few.flatMap((b) => [
      { text: `${a.text}/${b.text}`, unit: divideUnits(a.unit, b.unit) },
      { text: `${a.text} ${b.text}`, unit: multiplyUnits(a.unit, b.unit) },
      {
        text: `1/(${a.text} ${b.text})`,
        unit: divideUnits(parseUnit('1'), multiplyUnits(a.unit, b.unit)),
      },
    ]),
  );
  candidates = [...usual.map(read), ...few.map(({ text }) => read(`1/${text}`)), ...pairs];
  return candidates;
}

/** A factor to 12 digits, which hides what the products of prefixes leave in the last bits. */
export function formatFactor(value: number): string {
  return String(Number(value.toPrecision(12)));
}

/** A short text for the unit, which `parseUnit` reads back; in SI base units where no usual one fits. */
export function formatUnit(u: Unit): string {
  const isNumber = u.dimensions.every((d) => Math.abs(d) < 1e-9);
  // mV/uV would do for 1000, and for m/mm, where it would mislead.
  const known = isNumber ? [] : allCandidates();
  const found = known.find(({ unit }) => sameDimensions(unit, u) && sameScale(unit, u));
  if (found) return found.text;
  const factors = u.dimensions.flatMap((d, i) => {
    const exponent = Number(d.toFixed(6));
    return exponent === 0 ? [] : [baseSymbols[i]! + (exponent === 1 ? '' : `^${exponent}`)];
  });
  const scale = formatFactor(u.scale);
  if (isNumber) return scale === '0.01' ? '%' : scale;
  return [...(scale === '1' ? [] : [scale]), ...factors].join(' ');
}
