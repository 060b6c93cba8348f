import type { Equation, Expression, Kind, Statement } from './ast.js';
import { Parser } from './parser.js';

const assignments: readonly string[] = ['=', '+=', '-=', '*='];

/**
 * An expression, such as `gMax * (v - E)`, or a condition, such as `v > 30[mV] and not (u < 0)`. A number may carry a
 * unit in brackets, which is checked (`checkUnits`) and changes no value. `t` (time, ms) and `dt` (step, ms) are names
 * like others here.
 */
export function parseExpression(text: string, kind: Kind = 'number'): Expression {
  return new Parser(text, kind === 'number' ? 'expression' : 'condition').toEnd(kind);
}

/** An assignment to a name: `v = …`, `v += …`, `v -= …`, `v *= …`. */
export function parseStatement(text: string): Statement {
  const parser = new Parser(text, 'statement');
  const target = parser.peek();
  const operator = parser.peek(1);
  if (target.kind === 'number') parser.fail('A number cannot be given a value', target.at);
  if (target.kind !== 'name')
    parser.fail('A statement starts with the name that it gives a value', target.at);
  parser.checkName(target);
  if (operator.text === '==') parser.fail('"==" compares; to assign, write "="', operator.at);
  if (!assignments.includes(operator.text)) {
    parser.fail(`After "${target.text}", one of = += -= *= is needed`, operator.at);
  }
  parser.skip(2);
  return {
    target: target.text,
    operator: operator.text as Statement['operator'],
    value: parser.toEnd('number'),
    text,
  };
}

/** `dv/dt = …`, or `name = …` for what is computed on the way. */
export function parseEquation(text: string): Equation {
  const parser = new Parser(text, 'equation');
  const form = 'an equation is written dv/dt = … or name = …';
  const first = parser.peek();
  if (first.kind === 'number') parser.fail(`A number cannot be given a value: ${form}`, first.at);
  if (first.kind !== 'name') parser.fail(`A name is missing: ${form}`, first.at);
  const derivative = parser.peek(1).text === '/';
  if (derivative) {
    if (!/^d[A-Za-z_]/.test(first.text)) {
      parser.fail(`"${first.text}" is no "d" and a name: ${form}`, first.at);
    }
    const below = parser.peek(2);
    if (below.text !== 'dt') parser.fail(`"dt" is needed here: ${form}`, below.at);
  } else {
    parser.checkName(first);
  }
  const operator = parser.peek(derivative ? 3 : 1);
  if (operator.text === '==') parser.fail('"==" compares; an equation has "="', operator.at);
  if (operator.text !== '=') parser.fail(`"=" is needed here: ${form}`, operator.at);
  parser.skip(derivative ? 4 : 2);
  const name = derivative ? first.text.slice(1) : first.text;
  return { name, derivative, value: parser.toEnd('number'), text };
}
