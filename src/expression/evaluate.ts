import { suggest, UsageError } from '../spec/errors.js';
import { type BinaryOperator, drawKindOf, type Expression } from './ast.js';
import { type DrawKind, functionEntry, functions } from './functions.js';
import { integerExponent, integerPower } from './power.js';

type Compiled = (values: Float64Array) => number;
type Draw = (kind: DrawKind, site: number) => number;

/** Every binary operator in float64; a condition is 1 or 0. A power with a literal integer exponent is apart. */
const operators: Readonly<Record<BinaryOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': functions.pow.evaluate,
  '<': (a, b) => (a < b ? 1 : 0),
  '<=': (a, b) => (a <= b ? 1 : 0),
  '>': (a, b) => (a > b ? 1 : 0),
  '>=': (a, b) => (a >= b ? 1 : 0),
  '==': (a, b) => (a === b ? 1 : 0),
  '!=': (a, b) => (a !== b ? 1 : 0),
  and: (a, b) => (a !== 0 && b !== 0 ? 1 : 0),
  or: (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
};

/** The value of an operation on values, the operands' trees telling a power by products from another. */
export function applyBinary(e: Expression & { kind: 'binary' }, left: number, right: number): number {
  const exponent = e.operator === '^' ? integerExponent(e.right) : undefined;
  return exponent === undefined ? operators[e.operator](left, right) : integerPower(left, exponent);
}

/**
 * The expression as a function of the values of its names. Both branches of an `if` and both sides of `and` and `or`
 * are always evaluated, as an engine does that computes several cells at once, so that every draw is made whatever the
 * conditions are.
 *
 * @param slotOf index of a name in the array that the function is called with
 * @param draw random numbers; `site` counts the draws of the text from left to right
 * @param firstSite the number of the first draw
 */
export function compileToFunction(
  e: Expression,
  slotOf: (name: string) => number,
  draw?: Draw,
  firstSite = 0,
): (values: Float64Array) => number {
  let site = firstSite;

  function compile(node: Expression): Compiled {
    switch (node.kind) {
      case 'number': {
        const { value } = node;
        return () => value;
      }
      case 'name': {
        const slot = slotOf(node.name);
        return (values) => values[slot]!;
      }
      case 'unary': {
        const operand = compile(node.operand);
        return node.operator === '-'
          ? (values) => -operand(values)
          : (values) => (operand(values) !== 0 ? 0 : 1);
      }
      case 'binary':
        return compileBinary(node);
      case 'call':
        return compileCall(node);
    }
  }

  function compileBinary(node: Expression & { kind: 'binary' }): Compiled {
    const left = compile(node.left);
    const exponent = node.operator === '^' ? integerExponent(node.right) : undefined;
    if (exponent !== undefined) return (values) => integerPower(left(values), exponent);
    const right = compile(node.right);
    const apply = operators[node.operator];
    return (values) => apply(left(values), right(values));
  }

  function compileCall(node: Expression & { kind: 'call' }): Compiled {
    const kind = drawKindOf(node);
    if (kind) {
      if (!draw) throw new Error(`${node.function}() needs a source of random numbers.`);
      const own = site++;
      return () => draw(kind, own);
    }
    const apply = functionEntry(node.function).evaluate!;
    const [a, b, c] = node.arguments.map(compile);
    if (c) return (values) => apply(a!(values), b!(values), c(values));
    if (b) return (values) => apply(a!(values), b(values));
    return (values) => apply(a!(values));
  }

  return compile(e);
}

/** The value for these values of names; conditions give 1 or 0. Without random draws. */
export function evaluate(e: Expression, values: ReadonlyMap<string, number>): number {
  const names = [...values.keys()];
  const slotOf = (name: string) => {
    const slot = names.indexOf(name);
    if (slot < 0) throw new UsageError(`"${name}" has no value. ${suggest(name, names)}`);
    return slot;
  };
  return compileToFunction(e, slotOf)(Float64Array.from(values.values()));
}
