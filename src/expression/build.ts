import type { BinaryOperator, Expression, FunctionName } from './ast.js';

/** Expressions made by programs rather than written by people: they stand nowhere in a text. */
const at = -1;

export const number = (value: number): Expression => ({ kind: 'number', value, at });
export const named = (name: string): Expression => ({ kind: 'name', name, at });
export const binary = (operator: BinaryOperator, left: Expression, right: Expression): Expression => ({
  kind: 'binary',
  operator,
  left,
  right,
  at,
});
export const sum = (left: Expression, right: Expression) => binary('+', left, right);
export const product = (left: Expression, right: Expression) => binary('*', left, right);
export const call = (name: FunctionName, ...of: Expression[]): Expression => ({
  kind: 'call',
  function: name,
  arguments: of,
  at,
});
