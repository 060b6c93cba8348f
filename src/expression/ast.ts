import { functionEntry, type functions } from './functions.js';

export type ComparisonOperator = '<' | '<=' | '>' | '>=' | '==' | '!=';
export type BinaryOperator = '+' | '-' | '*' | '/' | '^' | ComparisonOperator | 'and' | 'or';
export type FunctionName = keyof typeof functions;

/**
 * A tree of the language. `at` is the column, counted from 0, of the text where the node is best pointed at: the
 * operator of a binary, the first character otherwise. The parser gives numbers that are finite and not negative:
 * -3 is a minus and a 3, here and in everything `simplify` makes, so that equal texts are equal trees.
 */
export type Expression =
  | { kind: 'number'; value: number; unit?: string; at: number }
  | { kind: 'name'; name: string; at: number }
  | { kind: 'unary'; operator: '-' | 'not'; operand: Expression; at: number }
  | { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression; at: number }
  | { kind: 'call'; function: FunctionName; arguments: Expression[]; at: number };

/** `v = …`, `v += …`, `v -= …`, `v *= …` */
export interface Statement {
  target: string;
  operator: '=' | '+=' | '-=' | '*=';
  value: Expression;
  text: string;
}

/** `dv/dt = …` (derivative true) or an intermediate `name = …` */
export interface Equation {
  name: string;
  derivative: boolean;
  value: Expression;
  text: string;
}

/** Numbers and conditions are two types: arithmetic takes the one, `and`, `not` and thresholds the other. */
export type Kind = 'number' | 'condition';

const comparisons: readonly string[] = ['<', '<=', '>', '>=', '==', '!='] satisfies ComparisonOperator[];

export function isComparison(operator: string): operator is ComparisonOperator {
  return comparisons.includes(operator);
}

export function kindOf(e: Expression): Kind {
  if (e.kind === 'unary') return e.operator === 'not' ? 'condition' : 'number';
  if (e.kind !== 'binary') return 'number';
  return isComparison(e.operator) || e.operator === 'and' || e.operator === 'or' ? 'condition' : 'number';
}

/** Operands or arguments, in order of text. */
export function childrenOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'unary':
      return [e.operand];
    case 'binary':
      return [e.left, e.right];
    case 'call':
      return e.arguments;
    default:
      return [];
  }
}

/** A constant as a tree, a negative one (-0 too) as a minus and a number. */
export function constant(value: number, at: number): Expression {
  const negative = value < 0 || Object.is(value, -0);
  const number: Expression = { kind: 'number', value: Math.abs(value), at };
  return negative ? { kind: 'unary', operator: '-', operand: number, at } : number;
}

/** The value of a literal number or of minus such a number. */
export function constantOf(e: Expression): number | undefined {
  if (e.kind === 'number') return e.value;
  return e.kind === 'unary' && e.operator === '-' && e.operand.kind === 'number'
    ? -e.operand.value
    : undefined;
}

/** Whether the node itself is a random draw. */
export function drawKindOf(e: Expression) {
  return e.kind === 'call' ? functionEntry(e.function).draw : undefined;
}
