import type { Expression } from '../../expression/ast.js';
import { printExpression } from '../../expression/print.js';
import { type OperatorName, operatorNamed } from './operators.js';

/** An operation with its operands in an order of their own where that changes no bit, so that equal formulas look alike. */
export function inOrder(name: OperatorName, a: Expression, b: Expression): Expression {
  const { commutes, make } = operatorNamed(name);
  const swapped = commutes && printExpression(b) < printExpression(a);
  return swapped ? make(b, a) : make(a, b);
}
