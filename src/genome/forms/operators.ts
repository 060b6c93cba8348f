import type { Expression } from '../../expression/ast.js';
import { binary, call, number } from '../../expression/build.js';

/** What a node of an evolved formula may compute. Where a value would not exist, a guard gives one, as `guard` says. */
interface Operator {
  arity: 1 | 2;
  /** Whether its operands may change places without a change of any bit. */
  commutes?: true;
  guard?: string;
  make(a: Expression, b: Expression): Expression;
}

const negative = (operand: Expression): Expression => ({ kind: 'unary', operator: '-', operand, at: -1 });

/** Every operator of evolved formulas, by its name in genome specs. */
export const operators = {
  '+': { arity: 2, commutes: true, make: (a, b) => binary('+', a, b) },
  '-': { arity: 2, make: (a, b) => binary('-', a, b) },
  '*': { arity: 2, commutes: true, make: (a, b) => binary('*', a, b) },
  '/': {
    arity: 2,
    guard: '1 where the divisor is 0',
    make: (a, b) => call('quotient', a, b),
  },
  '^': {
    arity: 2,
    guard: 'of the magnitude of the base',
    make: (a, b) => call('pow', call('abs', a), b),
  },
  min: { arity: 2, commutes: true, make: (a, b) => call('min', a, b) },
  max: { arity: 2, commutes: true, make: (a, b) => call('max', a, b) },
  negate: { arity: 1, make: negative },
  square: { arity: 1, make: (a) => binary('*', a, a) },
  abs: { arity: 1, make: (a) => call('abs', a) },
  sign: { arity: 1, make: (a) => call('sign', a) },
  sqrt: { arity: 1, guard: 'of the magnitude', make: (a) => call('sqrt', call('abs', a)) },
  exp: { arity: 1, guard: 'of at most 20', make: (a) => call('exp', call('min', a, number(20))) },
  log: {
    arity: 1,
    guard: 'of the magnitude, at least 1e-9',
    make: (a) => call('log', call('max', call('abs', a), number(1e-9))),
  },
  tanh: { arity: 1, make: (a) => call('tanh', a) },
  sigmoid: { arity: 1, make: (a) => call('sigmoid', a) },
} as const satisfies Record<string, Operator>;

export type OperatorName = keyof typeof operators;

export const operatorNames = Object.keys(operators) as [OperatorName, ...OperatorName[]];

/** The entry of an operator, seen as any entry. */
export const operatorNamed = (name: OperatorName): Operator => operators[name];
