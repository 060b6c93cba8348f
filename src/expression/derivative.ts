import { childrenOf, constantOf, type Expression, type FunctionName } from './ast.js';
import { binary, call, number, product } from './build.js';
import { simplify } from './simplify.js';
import { drawsIn, namesIn } from './tree.js';

const minus = (operand: Expression): Expression => ({
  kind: 'unary',
  operator: '-',
  operand,
  at: operand.at,
});

/** Slopes of the functions of one argument. Steps have none, but where they jump. */
const slopes: Partial<Record<FunctionName, (x: Expression) => Expression>> = {
  exp: (x) => call('exp', x),
  log: (x) => binary('/', number(1), x),
  sqrt: (x) => binary('/', number(0.5), call('sqrt', x)),
  abs: (x) => call('sign', x),
  floor: () => number(0),
  sign: () => number(0),
  sin: (x) => call('cos', x),
  cos: (x) => minus(call('sin', x)),
  tanh: (x) => binary('-', number(1), product(call('tanh', x), call('tanh', x))),
  sigmoid: (x) => product(call('sigmoid', x), binary('-', number(1), call('sigmoid', x))),
  // (e^x - exprel x) / x, without a difference of large numbers; 1/2 + x/3 + x^2/8 near 0.
  exprel: (x) => {
    const inverse = binary('/', number(1), x);
    const far = binary('+', product(call('exprel', x), binary('-', number(1), inverse)), inverse);
    const third = binary('+', number(1 / 3), binary('/', x, number(8)));
    const near = binary('+', number(0.5), product(x, third));
    return call('if', binary('<', call('abs', x), number(0.01)), near, far);
  },
};

const chooses = (e: Expression): boolean =>
  (e.kind === 'call' && e.function === 'if') || childrenOf(e).some(chooses);

/** Outer slope times inner one. Where the inner one may be chosen to be 0, the outer one may have no value there. */
function chained(outer: Expression, inner: Expression): Expression {
  const all = product(outer, inner);
  if (!chooses(inner)) return all;
  return call('if', binary('==', inner, number(0)), number(0), all);
}

/** base^n for a literal n, without a call where it is a product. */
function lowered(base: Expression, n: number): Expression {
  if (n === 0) return number(1);
  return n === 1 ? base : binary('^', base, number(n));
}

function ofPower(base: Expression, exponent: Expression, of: (e: Expression) => Expression): Expression {
  const n = constantOf(exponent);
  if (n !== undefined) return product(product(exponent, lowered(base, n - 1)), of(base));
  const power = (by: Expression) => call('pow', base, by);
  const ofBase = product(product(exponent, power(binary('-', exponent, number(1)))), of(base));
  const ofExponent = product(product(power(exponent), call('log', base)), of(exponent));
  return binary('+', ofBase, ofExponent);
}

type Binary = Expression & { kind: 'binary' };

function ofBinary(e: Binary, of: (e: Expression) => Expression): Expression {
  const { left, right } = e;
  switch (e.operator) {
    case '+':
    case '-':
      return binary(e.operator, of(left), of(right));
    case '*':
      return binary('+', product(of(left), right), product(left, of(right)));
    case '/':
      return binary('/', binary('-', of(left), product(e, of(right))), right);
    case '^':
      return ofPower(left, right, of);
    default:
      // A condition, which is 0 or 1.
      return number(0);
  }
}

function ofCall(e: Expression & { kind: 'call' }, of: (e: Expression) => Expression): Expression {
  const [a, b, c] = e.arguments as [Expression, Expression, Expression];
  switch (e.function) {
    case 'if':
      return call('if', a, of(b), of(c));
    case 'min':
      return call('if', binary('<=', a, b), of(a), of(b));
    case 'max':
      return call('if', binary('>=', a, b), of(a), of(b));
    case 'pow':
      return ofPower(a, b, of);
    case 'quotient':
      return call('if', binary('==', b, number(0)), number(0), ofBinary(binary('/', a, b) as Binary, of));
    default: {
      const slope = slopes[e.function];
      if (!slope) throw new Error(`the slope of ${e.function} is not known`);
      return chained(slope(a), of(a));
    }
  }
}

/**
 * The derivative of a value by one of its names, the others held, simplified; undefined where a random draw would have to
 * be made twice. Where a function jumps or bends it is the slope on one side.
 */
export function derivativeIn(e: Expression, name: string): Expression | undefined {
  const of = (part: Expression): Expression => {
    if (!namesIn(part).has(name)) return number(0);
    switch (part.kind) {
      case 'unary':
        return minus(of(part.operand));
      case 'binary':
        return simplify(ofBinary(part, of));
      case 'call':
        return simplify(ofCall(part, of));
      default:
        return number(1);
    }
  };
  const found = simplify(of(simplify(e)));
  return drawsIn(found) > 0 ? undefined : found;
}
