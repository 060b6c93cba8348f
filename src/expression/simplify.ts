import { constant, constantOf, type Expression, isComparison } from './ast.js';
import { applyBinary } from './evaluate.js';
import { functionEntry } from './functions.js';
import { rebuildPower } from './power.js';
import { drawsIn } from './tree.js';

type Binary = Expression & { kind: 'binary' };

/** Something is left out only if no random draw goes with it: draws are numbered in order of text. */
const hasDraw = (e: Expression): boolean => drawsIn(e) > 0;

/** Constants that overflow or are undefined stay as written, for `findUndefined` to point at. */
function fold(value: number, at: number, otherwise: Expression): Expression {
  return Number.isFinite(value) ? constant(value, at) : otherwise;
}

/** Whether a simplified condition always or never holds. */
function truthOf(e: Expression): boolean | undefined {
  if (e.kind !== 'binary' || !isComparison(e.operator)) return undefined;
  const left = constantOf(e.left);
  const right = constantOf(e.right);
  return left === undefined || right === undefined ? undefined : applyBinary(e, left, right) !== 0;
}

function negate(operand: Expression, at: number): Expression {
  if (operand.kind === 'unary') return operand.operand;
  return { kind: 'unary', operator: '-', operand, at };
}

function not(operand: Expression, at: number): Expression {
  if (operand.kind === 'unary') return operand.operand;
  const truth = truthOf(operand);
  if (truth === undefined) return { kind: 'unary', operator: 'not', operand, at };
  // There is no literal for a condition: what always holds is written as a comparison of constants.
  return { kind: 'binary', operator: '==', left: constant(1, at), right: constant(truth ? 0 : 1, at), at };
}

function logical(e: Binary): Expression {
  // The value that decides by itself: false for `and`, true for `or`.
  const deciding = e.operator === 'or';
  const [left, right] = [truthOf(e.left), truthOf(e.right)];
  if (left !== undefined && left !== deciding) return e.right;
  if (right !== undefined && right !== deciding) return e.left;
  if (left === deciding && !hasDraw(e.right)) return e.left;
  if (right === deciding && !hasDraw(e.left)) return e.right;
  return e;
}

function arithmetic(e: Binary): Expression {
  const { left, right, at } = e;
  const [a, b] = [constantOf(left), constantOf(right)];
  if (a !== undefined && b !== undefined) return fold(applyBinary(e, a, b), at, e);
  switch (e.operator) {
    case '+':
      return b === 0 ? left : a === 0 ? right : e;
    case '-':
      return b === 0 ? left : a === 0 ? negate(right, at) : e;
    case '*':
      if (a === 1) return right;
      if (b === 1) return left;
      if (a === -1) return negate(right, at);
      if (b === -1) return negate(left, at);
      return (a === 0 && !hasDraw(right)) || (b === 0 && !hasDraw(left)) ? constant(0, at) : e;
    default: // A quotient or a power.
      return b === 1 ? left : e;
  }
}

function call(e: Expression & { kind: 'call' }): Expression {
  const { evaluate } = functionEntry(e.function);
  if (!evaluate) return e;
  if (e.function === 'if') {
    const [condition, a, b] = e.arguments as [Expression, Expression, Expression];
    const truth = truthOf(condition);
    if (truth === undefined) return e;
    return hasDraw(truth ? b : a) ? e : truth ? a : b;
  }
  const values = e.arguments.map(constantOf);
  return values.every((value) => value !== undefined) ? fold(evaluate(...values), e.at, e) : e;
}

/**
 * A shorter expression of the same value: constants folded by the very functions that evaluate them, and x*1, x+0,
 * x*0, x/1, x^1, x*-1, -(-x), double negation and choices by a constant condition resolved. Nothing is reordered, so results
 * are the same bits wherever the parts are finite, but for the sign of a zero: -0 + 0 is 0 and -1 * 0 is -0, where the
 * simplified forms give -0 and 0. x*0 becomes 0 even though it is NaN where x is infinite or NaN. Units of folded
 * numbers are lost: check units before.
 */
export function simplify(e: Expression): Expression {
  switch (e.kind) {
    case 'unary': {
      const operand = simplify(e.operand);
      return e.operator === '-' ? negate(operand, e.at) : not(operand, e.at);
    }
    case 'binary': {
      const left = simplify(e.left);
      const right = simplify(e.right);
      const rebuilt: Expression = e.operator === '^' ? rebuildPower(e, left, right) : { ...e, left, right };
      if (rebuilt.kind !== 'binary') return call(rebuilt as Expression & { kind: 'call' });
      if (e.operator === 'and' || e.operator === 'or') return logical(rebuilt);
      return isComparison(e.operator) ? rebuilt : arithmetic(rebuilt);
    }
    case 'call':
      return call({ ...e, arguments: e.arguments.map(simplify) });
    default:
      return e;
  }
}
