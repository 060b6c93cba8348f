import type { BinaryOperator, Expression } from './ast.js';
import { levelOf, operandLevels } from './print.js';

/** How what differs between programs that read Python is written. */
export interface PythonDialect {
  name: (name: string) => string;
  /** A number without a unit. */
  number: (value: number) => string;
  /** A function of the language, of arguments that are written already. */
  call: (name: string, parts: readonly string[]) => string;
  /** Conditions that are not written by Python's own operators, by operator. */
  logic?: Readonly<Record<string, (...parts: string[]) => string>>;
}

const operators: Readonly<Record<BinaryOperator, string>> = {
  '+': ' + ',
  '-': ' - ',
  '*': '*',
  '/': '/',
  '^': '**',
  '<': ' < ',
  '<=': ' <= ',
  '>': ' > ',
  '>=': ' >= ',
  '==': ' == ',
  '!=': ' != ',
  and: ' and ',
  or: ' or ',
};

/** A number as Python reads it. */
export function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Object.is(value, -0) ? '-0.0' : String(value);
}

/**
 * An expression as Python. Python's operators bind as those of the language do, powers from right to left, so that the same
 * parentheses serve. What a dialect writes for a name may be a product, and stands in parentheses where a power needs it.
 */
export function printPython(e: Expression, dialect: PythonDialect): string {
  const within = (part: Expression, least: number): string => {
    const text = printPython(part, dialect);
    const isCompound = part.kind === 'name' && /[*/]/.test(text);
    return levelOf(part) < least || (isCompound && least > levelOf(e)) ? `(${text})` : text;
  };
  switch (e.kind) {
    case 'number':
      return dialect.number(e.value);
    case 'name':
      return dialect.name(e.name);
    case 'unary':
      if (dialect.logic?.[e.operator]) return dialect.logic[e.operator]!(printPython(e.operand, dialect));
      return (e.operator === '-' ? '-' : 'not ') + within(e.operand, levelOf(e));
    case 'binary': {
      const written = dialect.logic?.[e.operator];
      if (written) return written(printPython(e.left, dialect), printPython(e.right, dialect));
      const { left, right } = operandLevels(e);
      return within(e.left, left) + operators[e.operator] + within(e.right, right);
    }
    case 'call':
      if (e.function === 'pow') {
        const [left, right] = e.arguments as [Expression, Expression];
        return `(${printPython({ kind: 'binary', operator: '^', left, right, at: e.at }, dialect)})`;
      }
      return dialect.call(
        e.function,
        e.arguments.map((argument) => printPython(argument, dialect)),
      );
  }
}
