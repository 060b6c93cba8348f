import { constant, constantOf, type Expression } from './ast.js';
import { binary, named } from './build.js';
import { printExpression } from './print.js';
import { simplify } from './simplify.js';

/** A product of atoms to whole powers, with a coefficient. Atoms are names, and whole texts of what no algebra opens. */
interface Monomial {
  coefficient: number;
  powers: ReadonlyMap<string, number>;
}

/** A sum of monomials by the text of their powers. */
type Polynomial = ReadonlyMap<string, Monomial>;

interface Fraction {
  above: Polynomial;
  below: Polynomial;
}

/** Beyond this many products a formula is left as it is: written out, it would be longer than before. */
const mostTerms = 200;
const mostPower = 8;

class TooLong extends Error {}

/** Sums of decimal fractions that differ in their last bits are one number. */
const rounded = (value: number) => Number(value.toPrecision(12));

const keyOf = (powers: ReadonlyMap<string, number>) =>
  [...powers]
    .filter(([, power]) => power !== 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([atom, power]) => `${atom}^${power}`)
    .join('*');

function polynomial(monomials: Iterable<Monomial>): Polynomial {
  const sum = new Map<string, Monomial>();
  for (const { coefficient, powers } of monomials) {
    const key = keyOf(powers);
    const before = sum.get(key)?.coefficient ?? 0;
    const added = before + coefficient;
    // What is left of two that cancel is rounding.
    const isNothing = Math.abs(added) <= 1e-12 * Math.max(Math.abs(before), Math.abs(coefficient));
    if (isNothing) sum.delete(key);
    else sum.set(key, { coefficient: added, powers });
  }
  if (sum.size > mostTerms) throw new TooLong();
  return sum;
}

const number = (value: number): Polynomial => polynomial([{ coefficient: value, powers: new Map() }]);
const atom = (name: string): Polynomial => polynomial([{ coefficient: 1, powers: new Map([[name, 1]]) }]);
const one = number(1);

const plus = (a: Polynomial, b: Polynomial, sign = 1): Polynomial =>
  polynomial([...a.values(), ...[...b.values()].map((m) => ({ ...m, coefficient: sign * m.coefficient }))]);

function multiplied(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): Map<string, number> {
  const powers = new Map(a);
  for (const [name, power] of b) powers.set(name, (powers.get(name) ?? 0) + power);
  return powers;
}

const times = (a: Polynomial, b: Polynomial): Polynomial =>
  polynomial(
    [...a.values()].flatMap((x) =>
      [...b.values()].map((y) => ({
        coefficient: x.coefficient * y.coefficient,
        powers: multiplied(x.powers, y.powers),
      })),
    ),
  );

/** Atoms that divide every term, by the greatest power that does. */
function commonPowers(p: Polynomial): Map<string, number> {
  const [first, ...others] = [...p.values()];
  const powers = new Map<string, number>();
  for (const [name, power] of first!.powers) {
    const least = others.reduce((least, other) => Math.min(least, other.powers.get(name) ?? 0), power);
    if (least > 0) powers.set(name, least);
  }
  return powers;
}

const inverse = ({ coefficient, powers }: Monomial): Polynomial =>
  polynomial([
    { coefficient: 1 / coefficient, powers: new Map([...powers].map(([name, power]) => [name, -power])) },
  ]);

/** The terms of a polynomial in an order of their own, by how many atoms they have, then by name. */
function ordered(p: Polynomial): Monomial[] {
  const degree = ({ powers }: Monomial) => [...powers.values()].reduce((sum, power) => sum + power, 0);
  return [...p]
    .toSorted(([a, x], [b, y]) => degree(y) - degree(x) || (a < b ? -1 : 1))
    .map(([, term]) => term);
}

const isSame = (a: Polynomial, b: Polynomial) =>
  a.size === b.size &&
  [...a].every(([key, { coefficient }]) => {
    const other = b.get(key);
    return other !== undefined && rounded(other.coefficient) === rounded(coefficient);
  });

/** A polynomial as what divides all of its terms, and the rest, whose first term has the coefficient 1. */
function split(p: Polynomial): { front: Monomial; rest: Polynomial } {
  const front = { coefficient: ordered(p)[0]!.coefficient, powers: commonPowers(p) };
  return { front, rest: times(p, inverse(front)) };
}

/** Both parts without what divides both. */
function reduced({ above, below }: Fraction): Fraction {
  if (above.size === 0) return { above, below: one };
  const [a, b] = [split(above), split(below)];
  const front = [...times(polynomial([a.front]), inverse(b.front)).values()][0]!;
  const part = (sign: 1 | -1) =>
    new Map(
      [...front.powers].filter(([, power]) => power * sign > 0).map(([name, power]) => [name, power * sign]),
    );
  const up = polynomial([{ coefficient: front.coefficient, powers: part(1) }]);
  const down = polynomial([{ coefficient: 1, powers: part(-1) }]);
  return isSame(a.rest, b.rest)
    ? { above: up, below: down }
    : { above: times(up, a.rest), below: times(down, b.rest) };
}

function powered(f: Fraction, exponent: number): Fraction {
  let result: Fraction = { above: one, below: one };
  for (let k = 0; k < Math.abs(exponent); k++)
    result = { above: times(result.above, f.above), below: times(result.below, f.below) };
  return exponent < 0 ? { above: result.below, below: result.above } : result;
}

const byText = (a: Expression, b: Expression) => (printExpression(a) < printExpression(b) ? -1 : 1);

function fraction(e: Expression, atoms: Map<string, Expression>): Fraction {
  const of = (part: Expression) => fraction(part, atoms);
  const opaque = (whole: Expression): Fraction => {
    // Operands that became numbers may make it one.
    const made = simplify(whole);
    const value = constantOf(made);
    if (value !== undefined) return { above: value === 0 ? new Map() : number(value), below: one };
    const text = printExpression(made);
    atoms.set(text, made);
    return { above: atom(text), below: one };
  };
  const quotient = (a: Fraction, b: Fraction, otherwise: Expression): Fraction =>
    b.above.size === 0
      ? opaque(otherwise)
      : reduced({ above: times(a.above, b.below), below: times(a.below, b.above) });
  const value = constantOf(e);
  if (value !== undefined) return { above: value === 0 ? new Map() : number(value), below: one };
  switch (e.kind) {
    case 'name':
      return opaque(e);
    case 'unary': {
      if (e.operator !== '-') return opaque({ ...e, operand: canonical(e.operand) });
      const { above, below } = of(e.operand);
      return { above: times(above, number(-1)), below };
    }
    case 'binary': {
      const { operator, left, right } = e;
      if (operator === '+' || operator === '-') {
        const [a, b] = [of(left), of(right)];
        const sign = operator === '+' ? 1 : -1;
        if (isSame(a.below, b.below)) return reduced({ above: plus(a.above, b.above, sign), below: a.below });
        return reduced({
          above: plus(times(a.above, b.below), times(b.above, a.below), sign),
          below: times(a.below, b.below),
        });
      }
      if (operator === '*') {
        const [a, b] = [of(left), of(right)];
        return reduced({ above: times(a.above, b.above), below: times(a.below, b.below) });
      }
      if (operator === '/') return quotient(of(left), of(right), e);
      const exponent = operator === '^' ? constantOf(right) : undefined;
      if (exponent !== undefined && Number.isInteger(exponent) && Math.abs(exponent) <= mostPower) {
        const base = of(left);
        if (exponent >= 0 || base.above.size > 0) return reduced(powered(base, exponent));
      }
      return opaque({ ...e, left: canonical(left), right: canonical(right) });
    }
    case 'call': {
      if (e.function === 'quotient') return quotient(of(e.arguments[0]!), of(e.arguments[1]!), e);
      const given = e.arguments.map(canonical);
      const commutes = e.function === 'min' || e.function === 'max';
      return opaque({ ...e, arguments: commutes ? given.toSorted(byText) : given });
    }
    default:
      return opaque(e);
  }
}

function productOf({ coefficient, powers }: Monomial, atoms: ReadonlyMap<string, Expression>): Expression {
  const factors = [...powers]
    .filter(([, power]) => power !== 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, power]) => {
      const made = atoms.get(name) ?? named(name);
      return power === 1 ? made : binary('^', made, constant(power, -1));
    });
  const size = rounded(Math.abs(coefficient));
  const all = size === 1 && factors.length > 0 ? factors : [constant(size, -1), ...factors];
  return all.reduce((product, factor) => binary('*', product, factor));
}

function sumOf(p: Polynomial, atoms: ReadonlyMap<string, Expression>): Expression {
  let sum: Expression | undefined;
  for (const term of ordered(p)) {
    const made = productOf(term, atoms);
    const isNegative = term.coefficient < 0;
    if (sum) sum = binary(isNegative ? '-' : '+', sum, made);
    else sum = isNegative ? { kind: 'unary', operator: '-', operand: made, at: -1 } : made;
  }
  return sum ?? constant(0, -1);
}

/** A polynomial with what divides all of its terms in front: E*(R - 1) of E*R - E. */
function factored(p: Polynomial, atoms: ReadonlyMap<string, Expression>): Expression {
  if (p.size < 2) return sumOf(p, atoms);
  const { front, rest } = split(p);
  if (front.powers.size === 0) return sumOf(p, atoms);
  const product = binary('*', productOf(front, atoms), sumOf(rest, atoms));
  return front.coefficient < 0 ? { kind: 'unary', operator: '-', operand: product, at: -1 } : product;
}

/**
 * A formula in one form for all that algebra makes equal: products written out, like terms collected, what divides all
 * terms in front, terms and factors in an order of their own. `quotient(x, y)` is read as x / y, so that two formulas may
 * differ where a divisor is 0. Calls and other operators are opened by no algebra, and have canonical operands. Numbers
 * are rounded to 12 digits. It is for reading and comparing: its last bits are not those of the formula.
 */
export function canonical(e: Expression): Expression {
  const atoms = new Map<string, Expression>();
  try {
    const { above, below } = fraction(simplify(e), atoms);
    const top = factored(above, atoms);
    if (isSame(below, one) || above.size === 0) return top;
    return binary('/', top, factored(below, atoms));
  } catch (error) {
    if (error instanceof TooLong) return simplify(e);
    throw error;
  }
}
