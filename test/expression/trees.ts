import fc from 'fast-check';
import {
  type BinaryOperator,
  childrenOf,
  type Expression,
  type FunctionName,
} from '../../src/expression/ast.js';
import { functions } from '../../src/expression/functions.js';

export const names = ['x', 'y', 'tau_m', 'm.DA', 't'];

const at = 0;
const number = (value: number): Expression => ({ kind: 'number', value, at });
const name = (text: string): Expression => ({ kind: 'name', name: text, at });

const arithmetic: BinaryOperator[] = ['+', '-', '*', '/', '^'];
const comparisons: BinaryOperator[] = ['<', '<=', '>', '>=', '==', '!='];
const draws = ['uniform', 'triangular', 'gaussian'];
const callable = (Object.keys(functions) as FunctionName[]).filter((f) => f !== 'if' && !draws.includes(f));

/**
 * Random trees as the parser makes them, numbers and conditions. Small integers are frequent, so that the
 * simplifications and the powers by products are met.
 */
export function trees(options: { draws?: boolean; units?: boolean } = {}) {
  const plain = fc.oneof(
    fc.constantFrom(0, 1, 2, 3, 4, 16, 17, 0.5).map(number),
    fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((value) => number(Math.abs(value))),
    fc.constantFrom(...names).map(name),
  );
  const withUnit = fc
    .constantFrom('mV', '1/(mV ms)')
    .map((unit): Expression => ({ kind: 'number', value: 4, unit, at }));
  const draw = fc
    .constantFrom('uniform', 'triangular', 'gaussian')
    .map((f): Expression => ({ kind: 'call', function: f as FunctionName, arguments: [], at }));
  const leaf = fc.oneof(plain, ...(options.draws ? [draw] : []), ...(options.units ? [withUnit] : []));
  return fc.letrec<{ value: Expression; condition: Expression }>((tie) => {
    const binary = (operators: BinaryOperator[], operand: 'value' | 'condition') =>
      fc
        .tuple(fc.constantFrom(...operators), tie(operand), tie(operand))
        .map(([operator, left, right]): Expression => ({ kind: 'binary', operator, left, right, at }));
    const unary = (operator: '-' | 'not', operand: 'value' | 'condition') =>
      tie(operand).map((e): Expression => ({ kind: 'unary', operator, operand: e, at }));
    const call = fc.tuple(fc.constantFrom(...callable), tie('value'), tie('value')).map(
      ([f, a, b]): Expression => ({
        kind: 'call',
        function: f,
        arguments: functions[f].arity === 2 ? [a, b] : [a],
        at,
      }),
    );
    const choice = fc
      .tuple(tie('condition'), tie('value'), tie('value'))
      .map((all): Expression => ({ kind: 'call', function: 'if', arguments: all, at }));
    return {
      value: fc.oneof(
        { maxDepth: 5, depthSize: 'small' },
        leaf,
        binary(arithmetic, 'value'),
        unary('-', 'value'),
        call,
        choice,
      ),
      condition: fc.oneof(
        { maxDepth: 5, depthSize: 'small' },
        binary(comparisons, 'value'),
        binary(['and', 'or'], 'condition'),
        unary('not', 'condition'),
      ),
    };
  });
}

/** A value for every name. */
export const assignments = fc
  .array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -50, max: 50, noNaN: true })), {
    minLength: names.length,
    maxLength: names.length,
  })
  .map((values) => new Map(names.map((n, i) => [n, values[i]!])));

/** The tree with every column 0. */
export function withoutColumns(e: Expression): Expression {
  switch (e.kind) {
    case 'unary':
      return { ...e, operand: withoutColumns(e.operand), at };
    case 'binary':
      return { ...e, left: withoutColumns(e.left), right: withoutColumns(e.right), at };
    case 'call':
      return { ...e, arguments: e.arguments.map(withoutColumns), at };
    default:
      return { ...e, at };
  }
}

export function everyNode(e: Expression): Expression[] {
  return [e, ...childrenOf(e).flatMap(everyNode)];
}
