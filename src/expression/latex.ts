import { type BinaryOperator, type Equation, type Expression, isComparison } from './ast.js';
import { functionEntry } from './functions.js';
import { latexName } from './latex-name.js';
import { levelOf, operandLevels } from './print.js';

const signs: Readonly<Record<BinaryOperator, string>> = {
  '+': '+',
  '-': '-',
  '*': '\\,',
  '/': '/',
  '^': '^',
  '<': '<',
  '<=': '\\le',
  '>': '>',
  '>=': '\\ge',
  '==': '=',
  '!=': '\\ne',
  and: '\\land',
  or: '\\lor',
};

/** 0.001 as it stands, 1e-9 as a power of ten. */
function latexNumber(value: number): string {
  const [digits, exponent] = String(value).split('e');
  if (exponent === undefined) return digits!;
  const power = `10^{${Number(exponent)}}`;
  return digits === '1' ? power : `${digits} \\cdot ${power}`;
}

/** In parentheses where the operators around would take a part of it; a fraction holds together by itself. */
function within(e: Expression, least: number): string {
  const text = latex(e);
  const isFraction = e.kind === 'binary' && e.operator === '/';
  const isChoice = e.kind === 'call' && e.function === 'if';
  return (levelOf(e) < least && !isFraction) || isChoice ? `\\left(${text}\\right)` : text;
}

function power(base: Expression, exponent: Expression): string {
  // A function or a number in scientific notation stands in parentheses under its exponent.
  const simple = base.kind === 'name' || (base.kind === 'number' && !/[\\^]/.test(latex(base)));
  return `${simple ? latex(base) : `\\left(${latex(base)}\\right)`}^{${latex(exponent)}}`;
}

function binary(e: Expression & { kind: 'binary' }): string {
  if (e.operator === '/') return `\\frac{${latex(e.left)}}{${latex(e.right)}}`;
  if (e.operator === '^') return power(e.left, e.right);
  const levels = operandLevels(e);
  const left = within(e.left, levels.left);
  const given = within(e.right, levels.right);
  // Two operators do not stand side by side.
  const right = given.startsWith('-') && !isComparison(e.operator) ? `\\left(${given}\\right)` : given;
  // Digits side by side would read as one number.
  const sign = e.operator === '*' && /^\d/.test(right) ? '\\cdot' : signs[e.operator];
  return `${left} ${sign} ${right}`;
}

/** The expression as LaTeX mathematics: fractions, powers, Greek letters, subscripts, cases. Units are left out. */
export function latex(e: Expression): string {
  switch (e.kind) {
    case 'number':
      return latexNumber(e.value);
    case 'name':
      return latexName(e.name);
    case 'unary': {
      const operand = within(e.operand, levelOf(e));
      if (e.operator === 'not') return `\\lnot ${operand}`;
      return operand.startsWith('-') ? `-\\left(${operand}\\right)` : `-${operand}`;
    }
    case 'binary':
      return binary(e);
    case 'call': {
      const [a, b, c] = e.arguments;
      if (e.function === 'pow') return power(a!, b!);
      if (e.function !== 'if') {
        return e.arguments.reduce(
          (form, argument, i) => form.replaceAll(`#${i + 1}`, () => latex(argument)),
          functionEntry(e.function).latex,
        );
      }
      const rows = `${latex(b!)} & \\text{if } ${latex(a!)} \\\\ ${latex(c!)} & \\text{otherwise}`;
      return `\\begin{cases} ${rows} \\end{cases}`;
    }
  }
}

/** `\frac{\mathrm{d}v}{\mathrm{d}t} = …` or `name = …`. */
export function latexEquation(e: Equation): string {
  const name = latexName(e.name);
  return `${e.derivative ? `\\frac{\\mathrm{d}${name}}{\\mathrm{d}t}` : name} = ${latex(e.value)}`;
}
