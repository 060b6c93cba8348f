import { constantOf, type Expression } from './ast.js';
import { printExpression } from './print.js';
import { simplify } from './simplify.js';
import { drawsIn, namesIn } from './tree.js';

export { drawsIn, namesIn, sizeOf, substitute } from './tree.js';
export { findUndefined } from './undefined.js';

interface Linear {
  slope: Expression;
  offset: Expression;
}

const isZero = (e: Expression) => constantOf(e) === 0;

/** The operation on parts, simplified; unlike a value, a part that is missing stays so under any denominator. */
function combine(e: Expression & { kind: 'binary' }, left: Expression, right: Expression): Expression {
  return e.operator === '/' && isZero(left) ? left : simplify({ ...e, left, right });
}

function ofBinary(e: Expression & { kind: 'binary' }, name: string): Linear | undefined {
  const left = parts(e.left, name);
  const right = parts(e.right, name);
  if (!left || !right) return undefined;
  switch (e.operator) {
    case '+':
    case '-':
      return { slope: combine(e, left.slope, right.slope), offset: combine(e, left.offset, right.offset) };
    case '*':
      if (isZero(left.slope)) {
        return { slope: combine(e, left.offset, right.slope), offset: combine(e, left.offset, right.offset) };
      }
      if (!isZero(right.slope)) return undefined;
      return { slope: combine(e, left.slope, right.offset), offset: combine(e, left.offset, right.offset) };
    case '/':
      if (!isZero(right.slope)) return undefined;
      return { slope: combine(e, left.slope, right.offset), offset: combine(e, left.offset, right.offset) };
    default:
      return undefined;
  }
}

/** Slope and offset of a simplified expression, simplified. */
function parts(e: Expression, name: string): Linear | undefined {
  const { at } = e;
  if (e.kind === 'name' && e.name === name) {
    return { slope: { kind: 'number', value: 1, at }, offset: { kind: 'number', value: 0, at } };
  }
  if (!namesIn(e).has(name)) return { slope: { kind: 'number', value: 0, at }, offset: e };
  if (e.kind === 'unary' && e.operator === '-') {
    const operand = parts(e.operand, name);
    if (!operand) return undefined;
    const negate = (part: Expression) => (isZero(part) ? part : simplify({ ...e, operand: part }));
    return { slope: negate(operand.slope), offset: negate(operand.offset) };
  }
  if (e.kind === 'binary') return ofBinary(e, name);
  if (e.kind !== 'call' || e.function !== 'if') return undefined;
  const [condition, a, b] = e.arguments as [Expression, Expression, Expression];
  if (namesIn(condition).has(name)) return undefined;
  const [whenTrue, whenFalse] = [parts(a, name), parts(b, name)];
  if (!whenTrue || !whenFalse) return undefined;
  const choose = (x: Expression, y: Expression): Expression =>
    printExpression(x) === printExpression(y) ? x : simplify({ ...e, arguments: [condition, x, y] });
  return {
    slope: choose(whenTrue.slope, whenFalse.slope),
    offset: choose(whenTrue.offset, whenFalse.offset),
  };
}

/**
 * value = slope * name + offset with neither depending on name, both simplified, or undefined. Works through + - * /,
 * unary minus, and `if`s whose condition is free of the name. Exact where the parts are finite and no denominator is 0;
 * in floating point the two sides differ by rounding. Undefined also where a random draw would be multiplied by the
 * name, or be made twice or not at all: the draws of the offset are those of the value, in the same order.
 */
export function linearIn(e: Expression, name: string): Linear | undefined {
  const found = parts(simplify(e), name);
  if (!found || drawsIn(found.slope) > 0 || drawsIn(found.offset) !== drawsIn(e)) return undefined;
  return found;
}

/** The sign of a product or quotient if every name is positive, as time constants and rates are; 0 if not known. */
export function signOf(e: Expression): number {
  switch (e.kind) {
    case 'number':
      return e.value === 0 ? 0 : 1;
    case 'name':
      return 1;
    case 'unary':
      return -signOf(e.operand);
    case 'call':
      return e.function === 'exp' || e.function === 'sigmoid' ? 1 : 0;
    case 'binary': {
      const [left, right] = [signOf(e.left), signOf(e.right)];
      if (e.operator === '*' || e.operator === '/') return left * right;
      if (e.operator === '^') return left === 1 ? 1 : 0;
      if (e.operator === '-') return left === -right ? left : 0;
      return e.operator === '+' && left === right ? left : 0;
    }
  }
}

/**
 * Whether dx/dt = value is a pure decay -x / tau (offset 0), so that x needs no stepping between events: linear without
 * offset, with a slope that is free of time, step and draws and negative for positive names. Whoever steps analytically
 * makes sure that the names in the slope are constant.
 */
export function isLinearDecay(e: Expression, name: string): boolean {
  const found = linearIn(e, name);
  if (!found || !isZero(found.offset)) return false;
  const names = namesIn(found.slope);
  return signOf(found.slope) === -1 && !names.has('t') && !names.has('dt');
}
