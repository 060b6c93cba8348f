import { constantOf, type Expression, isComparison } from './ast.js';
import { ExpressionError } from './error.js';
import { formatFactor, formatUnit } from './format-unit.js';
import { functionEntry } from './functions.js';
import {
  dimensionless,
  divideUnits,
  multiplyUnits,
  parseUnit,
  raiseUnit,
  sameDimensions,
  sameScale,
  type Unit,
} from './unit.js';

export { formatUnit } from './format-unit.js';
export { parseUnit, type Unit, weightPower } from './unit.js';

/**
 * `bare`: made of numbers without units alone, which take the unit of what they are added to or compared with, and
 * multiply as dimensionless. `unknown`: nothing is known, and nothing checked.
 */
type Found = Unit | 'bare' | 'unknown';

const isUnit = (found: Found): found is Unit => typeof found !== 'string';

const kindOfUnit = (u: Unit) => (sameDimensions(u, dimensionless) ? 'a plain number' : `in ${formatUnit(u)}`);

/** The text of a unit as an operand of `/`. */
function inParentheses(u: Unit): string {
  const text = formatUnit(u);
  return /[ /]/.test(text) ? `(${text})` : text;
}

type Binary = Expression & { kind: 'binary' };
type Call = Expression & { kind: 'call' };

class Checker {
  constructor(
    readonly text: string,
    readonly unitOf: (name: string) => Unit | undefined,
  ) {}

  find(e: Expression): Found {
    switch (e.kind) {
      case 'number':
        return e.unit === undefined ? 'bare' : parseUnit(e.unit);
      case 'name':
        return this.unitOf(e.name) ?? 'unknown';
      case 'unary': {
        const operand = this.find(e.operand);
        return e.operator === 'not' ? 'unknown' : operand;
      }
      case 'binary':
        return this.#binary(e);
      case 'call':
        return this.#call(e);
    }
  }

  fail(reason: string, at: number): never {
    throw new ExpressionError(reason, this.text, at);
  }

  /** The unit that both have, or an error that says what differs. */
  same(a: Found, b: Found, at: number, sides = ['the left side', 'the right side'], assigned = false): Found {
    if (!isUnit(a)) return isUnit(b) || a === 'bare' ? b : a;
    if (!isUnit(b)) return a;
    const [left, right] = [formatUnit(a), formatUnit(b)];
    if (!sameDimensions(a, b)) {
      this.fail(
        `${sides[0]} is ${kindOfUnit(a)}, ${sides[1]} ${kindOfUnit(b)}, which measure different things`,
        at,
      );
    }
    if (!sameScale(a, b)) {
      // What is assigned to stays; of two operands the one in the larger unit is multiplied.
      const first = !assigned && a.scale > b.scale;
      const [given, wanted] = first ? [a, b] : [b, a];
      const ratio = formatFactor(given.scale / wanted.scale);
      const factor = `${ratio}[${inParentheses(wanted)}/${inParentheses(given)}]`;
      const distance = formatFactor(Math.max(a.scale / b.scale, b.scale / a.scale));
      const reason = `${left} and ${right} differ by a factor of ${distance}`;
      this.fail(`${reason}: multiply ${sides[first ? 0 : 1]} by ${factor}`, at);
    }
    return a;
  }

  /** A plain number is needed: no dimension, scale 1. */
  #plain(found: Found, what: string, at: number): void {
    if (!isUnit(found)) return;
    const name = formatUnit(found);
    if (!sameDimensions(found, dimensionless))
      this.fail(`${what} must be a plain number, and is in ${name}`, at);
    if (!sameScale(found, dimensionless)) {
      const factor = formatFactor(found.scale);
      this.fail(
        `${what} must be a plain number, and is off by a factor of ${factor}: multiply it by ${factor}[1/${inParentheses(found)}]`,
        at,
      );
    }
  }

  #binary(e: Binary): Found {
    if (e.operator === '^') return this.#power(e.left, e.right, '"^"', e.at);
    const [left, right] = [this.find(e.left), this.find(e.right)];
    switch (e.operator) {
      case '+':
      case '-':
        return this.same(left, right, e.at);
      case '*':
      case '/': {
        if (left === 'unknown' || right === 'unknown') return 'unknown';
        if (left === 'bare' && right === 'bare') return 'bare';
        const [a, b] = [left, right].map((side) => (isUnit(side) ? side : dimensionless)) as [Unit, Unit];
        return e.operator === '*' ? multiplyUnits(a, b) : divideUnits(a, b);
      }
      default:
        if (isComparison(e.operator)) this.same(left, right, e.at);
        return 'unknown';
    }
  }

  /** A literal exponent multiplies those of the unit; with any other both must be plain numbers. */
  #power(base: Expression, exponent: Expression, what: string, at: number): Found {
    const [below, above] = [this.find(base), this.find(exponent)];
    this.#plain(above, `The exponent of ${what}`, at);
    const literal = constantOf(exponent);
    if (literal !== undefined) return isUnit(below) ? raiseUnit(below, literal) : below;
    this.#plain(below, `The base of ${what}, whose exponent is no literal number,`, at);
    return below === 'bare' && above === 'bare' ? 'bare' : dimensionless;
  }

  #call(e: Call): Found {
    const rule = functionEntry(e.function).units;
    const [first, second] = e.arguments as [Expression, Expression];
    if (rule === 'power') return this.#power(first, second, e.function, e.at);
    const found = e.arguments.map((argument) => this.find(argument));
    switch (rule) {
      case 'plain':
        for (const argument of found) this.#plain(argument, `The argument of ${e.function}`, e.at);
        return found[0] === 'bare' ? 'bare' : dimensionless;
      case 'any':
        return found[0] === 'bare' ? 'bare' : dimensionless;
      case 'root':
        return isUnit(found[0]!) ? raiseUnit(found[0], 0.5) : found[0]!;
      case 'same':
        return this.#sameArguments(e, found);
    }
  }

  #sameArguments(e: Call, found: Found[]): Found {
    if (e.function === 'if')
      return this.same(found[1]!, found[2]!, e.at, ['the second argument', 'the third']);
    return found.length === 1
      ? found[0]!
      : this.same(found[0]!, found[1]!, e.at, ['the first argument', 'the second']);
  }
}

/**
 * Checks an expression that was parsed from `text`. `unitOf` gives the unit of a name, `t` and `dt` included, or
 * undefined where none is given: then whatever it meets is not checked. Returns the unit of the whole; undefined if it
 * is unknown, a condition, or made of bare numbers alone, which take any unit.
 */
export function checkUnits(
  e: Expression,
  text: string,
  unitOf: (name: string) => Unit | undefined,
): Unit | undefined {
  const found = new Checker(text, unitOf).find(e);
  return isUnit(found) ? found : undefined;
}

/** Checks a value and that it has the unit of what it is assigned to, where that is known. */
export function checkAssignmentUnits(
  text: string,
  value: Expression,
  expected: Unit | undefined,
  unitOf: (name: string) => Unit | undefined,
): void {
  const checker = new Checker(text, unitOf);
  checker.same(
    expected ?? 'unknown',
    checker.find(value),
    value.at,
    ['what is assigned to', 'the value'],
    true,
  );
}
