import { pow } from '../math/power.js';
import { nearestNames } from '../spec/errors.js';
import { ExpressionError } from './error.js';
import { unitMeant } from './unit-words.js';

/** `scale` times the product of the SI base units m, kg, s, A, K, mol to these exponents. */
export interface Unit {
  scale: number;
  dimensions: readonly number[];
}

/** Symbols of the base units, in the order of `dimensions`. */
export const baseSymbols = ['m', 'kg', 's', 'A', 'K', 'mol'] as const;

export const dimensionless: Unit = { scale: 1, dimensions: [0, 0, 0, 0, 0, 0] };

/** Units that take prefixes. The dimensions are those of the SI brochure (BIPM, 9th edition, tables 2 and 4). */
const prefixed: Readonly<Record<string, Unit>> = {
  m: { scale: 1, dimensions: [1, 0, 0, 0, 0, 0] },
  g: { scale: 1e-3, dimensions: [0, 1, 0, 0, 0, 0] },
  s: { scale: 1, dimensions: [0, 0, 1, 0, 0, 0] },
  A: { scale: 1, dimensions: [0, 0, 0, 1, 0, 0] },
  K: { scale: 1, dimensions: [0, 0, 0, 0, 1, 0] },
  mol: { scale: 1, dimensions: [0, 0, 0, 0, 0, 1] },
  /** Molar: a mole a litre. */
  M: { scale: 1e3, dimensions: [-3, 0, 0, 0, 0, 1] },
  L: { scale: 1e-3, dimensions: [3, 0, 0, 0, 0, 0] },
  Hz: { scale: 1, dimensions: [0, 0, -1, 0, 0, 0] },
  N: { scale: 1, dimensions: [1, 1, -2, 0, 0, 0] },
  J: { scale: 1, dimensions: [2, 1, -2, 0, 0, 0] },
  C: { scale: 1, dimensions: [0, 0, 1, 1, 0, 0] },
  V: { scale: 1, dimensions: [2, 1, -3, -1, 0, 0] },
  F: { scale: 1, dimensions: [-2, -1, 4, 2, 0, 0] },
  Ohm: { scale: 1, dimensions: [2, 1, -3, -2, 0, 0] },
  S: { scale: 1, dimensions: [-2, -1, 3, 2, 0, 0] },
};

const prefixes = { f: 1e-15, p: 1e-12, n: 1e-9, u: 1e-6, m: 1e-3, c: 1e-2, k: 1e3, M: 1e6, G: 1e9 };

/** What a weight is measured in is a network's to settle: a unit of its own, in a power of K that nothing has. */
export const weightPower = 11;

/** Every symbol with its unit; what stands first wins (`m` the metre, `mol` the mole). */
const symbols: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ...Object.entries(prefixes).flatMap(([prefix, factor]) =>
    Object.entries(prefixed).map(([symbol, { scale, dimensions }]): [string, Unit] => [
      prefix + symbol,
      { scale: scale * factor, dimensions },
    ]),
  ),
  // A later entry replaces an earlier one of the same key.
  ...Object.entries(prefixed),
  ['rad', dimensionless],
  ['weight', { scale: 1, dimensions: [0, 0, 0, 0, weightPower, 0] }],
  ['%', { scale: 1e-2, dimensions: dimensionless.dimensions }],
]);

export function multiplyUnits(a: Unit, b: Unit): Unit {
  return { scale: a.scale * b.scale, dimensions: a.dimensions.map((d, i) => d + b.dimensions[i]!) };
}

/** Adding 0 turns the -0 of 0 times a negative exponent into 0. */
export function raiseUnit(u: Unit, exponent: number): Unit {
  return { scale: pow(u.scale, exponent), dimensions: u.dimensions.map((d) => d * exponent + 0) };
}

export const divideUnits = (a: Unit, b: Unit): Unit => multiplyUnits(a, raiseUnit(b, -1));

export function sameDimensions(a: Unit, b: Unit): boolean {
  return a.dimensions.every((d, i) => Math.abs(d - b.dimensions[i]!) < 1e-9);
}

/** To a relative 1e-9: products of decimal prefixes differ in their last bits. */
export function sameScale(a: Unit, b: Unit): boolean {
  return Math.abs(a.scale - b.scale) <= 1e-9 * Math.max(a.scale, b.scale);
}

const factor = /\s*(?:([A-Za-z%]+)(?:\^(-?(?:\d+\.?\d*|\.\d+))|(-?\d+))?|(\d+\.?\d*(?:e[+-]?\d+)?))/y;

/** The micro sign as `u`, `ohm` as `Ohm`; a letter for a letter, so that columns stay. */
function plainLetters(text: string): string {
  return text.replace(/[\u00b5\u03bc]/g, 'u').replace(/ohm(?![A-Za-z])/g, 'Ohm');
}

/**
 * A unit: symbols (mV, MOhm, mM, %) with exponents (`cm2`, `cm^2`, `s^-1`, `ms^0.5`), a space or `*` for a product,
 * `/`, parentheses, and numbers (`1/ms`). `1/mV ms` is refused: some read (1/mV) ms, others 1/(mV ms).
 */
export function parseUnit(text: string): Unit {
  const plain = plainLetters(text);
  let at = 0;
  const fail = (reason: string, column: number): never => {
    throw new ExpressionError(reason, text, column);
  };
  const skipSpace = () => {
    while (/\s/.test(plain[at] ?? '')) at++;
  };
  const next = () => {
    skipSpace();
    return plain[at];
  };

  const readFactor = (): Unit => {
    if (next() === '(') {
      const open = at++;
      const inner = readProduct();
      if (next() !== ')') fail('This parenthesis is never closed', open);
      at++;
      return inner;
    }
    factor.lastIndex = at;
    const found = factor.exec(plain);
    if (!found) return fail(at < plain.length ? 'No unit starts here' : 'A unit is missing here', at);
    const start = at;
    at = factor.lastIndex;
    const [, symbol, caretExponent, exponent, number] = found;
    if (symbol === undefined) {
      const scale = Number(number);
      return scale > 0 ? { scale, dimensions: dimensionless.dimensions } : fail('A unit is not 0', start);
    }
    const unit = symbols.get(symbol);
    if (!unit) return fail(`There is no unit "${symbol}". ${nearUnits(symbol)}`, start);
    return raiseUnit(unit, Number(caretExponent ?? exponent ?? 1));
  };

  const readProduct = (): Unit => {
    let unit = readFactor();
    let divided = false;
    for (let c = next(); c !== undefined && c !== ')'; c = next()) {
      if (c === '/' || c === '*') {
        at++;
        divided = c === '/';
        unit = divided ? divideUnits(unit, readFactor()) : multiplyUnits(unit, readFactor());
      } else {
        if (divided) fail('Above or below the "/"? Write 1/(mV ms) or ms/mV', at);
        unit = multiplyUnits(unit, readFactor());
      }
    }
    return unit;
  };

  const unit = readProduct();
  if (at < plain.length) fail('Nothing opens this parenthesis', at);
  return unit;
}

function nearUnits(symbol: string): string {
  const meant = unitMeant(symbol);
  if (meant !== undefined) return `Did you mean "${meant}"?`;
  const known = [...symbols.keys()];
  // Whether a letter is a capital matters in units, and a forgotten one is the likeliest mistake.
  const byCase = known.filter((name) => name.toLowerCase() === symbol.toLowerCase());
  const near = byCase.length > 0 ? byCase : nearestNames(symbol, known);
  if (near.length === 0)
    return 'Units are V, A, S, Ohm, F, s, Hz, m, g, M, … with prefixes f p n u m c k M G.';
  return `Did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
}
