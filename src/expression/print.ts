import { type Equation, type Expression, isComparison, type Statement } from './ast.js';

/** How tightly a node holds together; the parser's levels, weakest first. */
const levels = { or: 1, and: 2, not: 3, comparison: 4, sum: 5, product: 6, minus: 7, power: 8, primary: 9 };

export function levelOf(e: Expression): number {
  if (e.kind === 'unary') return e.operator === '-' ? levels.minus : levels.not;
  if (e.kind !== 'binary') return levels.primary;
  if (e.operator === 'or' || e.operator === 'and') return levels[e.operator];
  if (isComparison(e.operator)) return levels.comparison;
  if (e.operator === '^') return levels.power;
  return e.operator === '+' || e.operator === '-' ? levels.sum : levels.product;
}

/** The levels that the operands of a binary must have to stand without parentheses. */
export function operandLevels(e: Expression & { kind: 'binary' }): { left: number; right: number } {
  const own = levelOf(e);
  // The exponent is read like the operand of a minus, signs and powers included.
  if (own === levels.power) return { left: levels.primary, right: levels.minus };
  return { left: own, right: own + 1 };
}

function within(e: Expression, least: number): string {
  const text = printExpression(e);
  return levelOf(e) < least ? `(${text})` : text;
}

/** Infix text with the parentheses that are needed and no others; parsing it gives the same tree. */
export function printExpression(e: Expression): string {
  switch (e.kind) {
    case 'number':
      return e.unit === undefined ? String(e.value) : `${e.value}[${e.unit}]`;
    case 'name':
      return e.name;
    case 'unary':
      return (e.operator === '-' ? '-' : 'not ') + within(e.operand, levelOf(e));
    case 'binary': {
      const { left, right } = operandLevels(e);
      const operator = e.operator === '^' ? '^' : ` ${e.operator} `;
      return within(e.left, left) + operator + within(e.right, right);
    }
    case 'call':
      return `${e.function}(${e.arguments.map(printExpression).join(', ')})`;
  }
}

export function printStatement(s: Statement): string {
  return `${s.target} ${s.operator} ${printExpression(s.value)}`;
}

export function printEquation(e: Equation): string {
  return `${e.derivative ? `d${e.name}/dt` : e.name} = ${printExpression(e.value)}`;
}
