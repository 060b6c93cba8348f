import type { Expression } from './ast.js';
import { applyBinary } from './evaluate.js';
import { functionEntry } from './functions.js';
import { printExpression } from './print.js';

type Place = { at: number; reason: string };

/**
 * The first operation, in order of evaluation, that is undefined for these values: a division by zero, the logarithm of
 * what is not positive, the square root or a broken power of a negative number. Of an `if`, only the branch that is
 * chosen counts. Random draws and names without a value are unknown (NaN): what depends on them is not judged, and where
 * a condition does, both branches are.
 */
export function findUndefined(e: Expression, values: ReadonlyMap<string, number>): Place | undefined {
  let found: Place | undefined;
  const note = (at: number, reason: string) => {
    found ??= { at, reason };
  };

  function call(node: Expression & { kind: 'call' }): number {
    if (node.function === 'if') {
      const [condition, a, b] = node.arguments as [Expression, Expression, Expression];
      const truth = visit(condition);
      if (!Number.isNaN(truth)) return visit(truth !== 0 ? a : b);
      visit(a);
      visit(b);
      return NaN;
    }
    const known = node.arguments.map(visit);
    const [x, y] = known as [number, number];
    const argument = () => `"${printExpression(node.arguments[0]!)}" is ${x}`;
    if (node.function === 'log' && x <= 0)
      note(node.at, `the logarithm of what is not positive: ${argument()}`);
    if (node.function === 'sqrt' && x < 0)
      note(node.at, `the square root of a negative number: ${argument()}`);
    if (node.function === 'pow') power(node.at, node.arguments[0]!, x, y);
    const { evaluate } = functionEntry(node.function);
    return evaluate ? evaluate(...known) : NaN;
  }

  function power(at: number, base: Expression, x: number, y: number): void {
    if (x === 0 && y < 0) note(at, `division by zero: "${printExpression(base)}" is 0, its exponent ${y}`);
    if (x < 0 && Number.isFinite(y) && !Number.isInteger(y)) {
      note(at, `a broken power of a negative number: "${printExpression(base)}" is ${x}, its exponent ${y}`);
    }
  }

  function binary(node: Expression & { kind: 'binary' }): number {
    const left = visit(node.left);
    const right = visit(node.right);
    if (node.operator === '/' && right === 0) {
      note(node.at, `division by zero: "${printExpression(node.right)}" is 0`);
    }
    if (node.operator === '^') power(node.at, node.left, left, right);
    if (node.operator === 'and' || node.operator === 'or') {
      const deciding = node.operator === 'or' ? 1 : 0;
      if (left === deciding || right === deciding) return deciding;
    }
    // A comparison with what is unknown would be 0.
    return Number.isNaN(left) || Number.isNaN(right) ? NaN : applyBinary(node, left, right);
  }

  function visit(node: Expression): number {
    switch (node.kind) {
      case 'number':
        return node.value;
      case 'name':
        return values.get(node.name) ?? NaN;
      case 'unary': {
        const operand = visit(node.operand);
        if (node.operator === '-') return -operand;
        return Number.isNaN(operand) ? NaN : operand === 0 ? 1 : 0;
      }
      case 'binary':
        return binary(node);
      case 'call':
        return call(node);
    }
  }

  visit(e);
  return found;
}
