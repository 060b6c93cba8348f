import { constantOf, type Expression } from './ast.js';

/** Powers up to this are products. */
const LARGEST = 16;

/**
 * The exponent of a power that is repeated multiplication: a literal integer of magnitude 1 to 16. Any other power is
 * `pow`.
 */
export function integerExponent(e: Expression): number | undefined {
  const value = constantOf(e);
  const magnitude = value === undefined ? 0 : Math.abs(value);
  return Number.isInteger(magnitude) && magnitude >= 1 && magnitude <= LARGEST ? value : undefined;
}

/**
 * base^exponent for an integer of magnitude 1 to 16 by the left-to-right binary method (Knuth, The Art of Computer
 * Programming 2, section 4.6.3): from the base, for every bit of the exponent after the leading one, square, and where
 * the bit is 1 multiply by the base on the right. x^2 = x*x, x^3 = (x*x)*x, x^4 = (x*x)*(x*x), x^5 = ((x*x)*(x*x))*x.
 * A negative exponent is 1 divided by that.
 */
function byProducts<T>(base: T, exponent: number, times: (a: T, b: T) => T, invert: (a: T) => T): T {
  const magnitude = Math.abs(exponent);
  if (!Number.isInteger(magnitude) || magnitude < 1 || magnitude > LARGEST) {
    throw new RangeError(`No power by products for the exponent ${exponent}: integers of magnitude 1 to 16.`);
  }
  let product = base;
  for (let bit = 30 - Math.clz32(magnitude); bit >= 0; bit--) {
    product = times(product, product);
    if ((magnitude >> bit) & 1) product = times(product, base);
  }
  return exponent < 0 ? invert(product) : product;
}

/**
 * The products that `base ^ exponent` means. The base and every square are shared by reference: a compiler evaluates a
 * node met again once, which saves work and, where the base draws a random number, draws it once, as the evaluator.
 */
export function expandPower(base: Expression, exponent: number): Expression {
  const { at } = base;
  return byProducts<Expression>(
    base,
    exponent,
    (left, right) => ({ kind: 'binary', operator: '*', left, right, at }),
    (right) => ({ kind: 'binary', operator: '/', left: { kind: 'number', value: 1, at }, right, at }),
  );
}

/** The value of `expandPower`. */
export function integerPower(base: number, exponent: number): number {
  return byProducts(
    base,
    exponent,
    (a, b) => a * b,
    (a) => 1 / a,
  );
}

/**
 * A power whose operands were replaced by equal ones: where the exponent was no literal integer before and now is, the
 * power stays `pow`, because products may differ from it in the last bit.
 */
export function rebuildPower(
  was: Expression & { kind: 'binary' },
  left: Expression,
  right: Expression,
): Expression {
  const becameProducts = integerExponent(right) !== undefined && integerExponent(was.right) === undefined;
  return becameProducts
    ? { kind: 'call', function: 'pow', arguments: [left, right], at: was.at }
    : { ...was, left, right };
}
