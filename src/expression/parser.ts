import { suggest } from '../spec/errors.js';
import {
  type BinaryOperator,
  type Expression,
  type FunctionName,
  isComparison,
  type Kind,
  kindOf,
} from './ast.js';
import { ExpressionError } from './error.js';
import { functions } from './functions.js';
import { type Token, tokenize } from './tokens.js';

/** Deeper texts are no formulas, and would exhaust the stack. */
const DEEPEST = 200;

const plural = (count: number) =>
  count === 0 ? 'no arguments' : count === 1 ? '1 argument' : `${count} arguments`;

/**
 * Recursive descent, a method for each level of binding, weakest first: or, and, not, comparison, sum, product, unary
 * minus, power. Kinds are checked where a node is made, so that every tree it gives is well typed.
 */
export class Parser {
  readonly #text: string;
  readonly #tokens: Token[];
  #position = 0;
  #depth = 0;

  constructor(text: string, what: string) {
    this.#text = text;
    this.#tokens = tokenize(text);
    if (this.#tokens.length === 1) this.fail(`The ${what} is empty`, 0);
  }

  fail(reason: string, at: number): never {
    throw new ExpressionError(reason, this.#text, at);
  }

  /** The token `ahead` of the next one. */
  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#position + ahead, this.#tokens.length - 1)]!;
  }

  skip(count = 1): void {
    this.#position += count;
  }

  /** Everything up to the end of the text as an expression of that kind. */
  toEnd(kind: Kind): Expression {
    const whole = this.#or();
    const next = this.peek();
    if (next.kind !== 'end') this.#unexpected(next);
    if (kind !== kindOf(whole)) {
      const wanted =
        kind === 'condition'
          ? 'A condition is needed, such as v > 30, and this is a number'
          : 'A number is needed, and this is a condition; if(condition, 1, 0) makes it a number';
      this.fail(wanted, whole.at);
    }
    return whole;
  }

  /** A name that may be given a value: no function. */
  checkName(token: Token): void {
    if (Object.hasOwn(functions, token.text)) {
      this.fail(`"${token.text}" is a function, which cannot be a name`, token.at);
    }
  }

  /** Something follows a complete expression. */
  #unexpected(token: Token): never {
    const { text, at } = token;
    if (text === ')') this.fail('Nothing opens this parenthesis', at);
    if (text === ',') this.fail('A comma stands only between the arguments of a function', at);
    if (text === '=')
      this.fail('"=" assigns, and stands only once, after a name; to compare, write "=="', at);
    if (text.endsWith('=')) this.fail(`"${text}" assigns, and stands only once, after a name`, at);
    if (text === 'not') this.fail('"and" or "or" is missing before "not"', at);
    return this.fail(`An operator is missing before "${text}"`, at);
  }

  #accept(...symbols: string[]): Token | undefined {
    const token = this.peek();
    if (token.kind !== 'symbol' || !symbols.includes(token.text)) return undefined;
    this.skip();
    return token;
  }

  #require(e: Expression, kind: Kind, by: string): Expression {
    if (kindOf(e) === kind) return e;
    const reason =
      kind === 'number'
        ? `${by} takes numbers, and this is a condition; if(condition, 1, 0) makes it a number`
        : `${by} takes conditions, such as v > 30, and this is a number`;
    return this.fail(reason, e.at);
  }

  #binary(operator: Token, left: Expression, right: Expression): Expression {
    const kind = operator.text === 'and' || operator.text === 'or' ? 'condition' : 'number';
    const by = `"${operator.text}"`;
    return {
      kind: 'binary',
      operator: operator.text as BinaryOperator,
      left: this.#require(left, kind, by),
      right: this.#require(right, kind, by),
      at: operator.at,
    };
  }

  #leftToRight(operators: string[], operand: () => Expression): Expression {
    let left = operand();
    for (let operator = this.#accept(...operators); operator; operator = this.#accept(...operators)) {
      left = this.#binary(operator, left, operand());
    }
    return left;
  }

  #or(): Expression {
    return this.#leftToRight(['or'], () => this.#leftToRight(['and'], () => this.#not()));
  }

  #nested<T>(at: number, parse: () => T): T {
    if (++this.#depth > DEEPEST) this.fail(`This is nested more than ${DEEPEST} deep`, at);
    const result = parse();
    this.#depth--;
    return result;
  }

  #not(): Expression {
    const operator = this.#accept('not');
    if (!operator) return this.#comparison();
    const operand = this.#nested(operator.at, () => this.#not());
    return {
      kind: 'unary',
      operator: 'not',
      operand: this.#require(operand, 'condition', '"not"'),
      at: operator.at,
    };
  }

  #comparison(): Expression {
    const left = this.#sum();
    const operator = this.peek();
    if (operator.kind !== 'symbol' || !isComparison(operator.text)) return left;
    this.skip();
    const compared = this.#binary(operator, left, this.#sum());
    const next = this.peek();
    if (next.kind === 'symbol' && isComparison(next.text)) {
      this.fail('Comparisons do not chain: instead of a < b < c write a < b and b < c', next.at);
    }
    return compared;
  }

  #sum(): Expression {
    return this.#leftToRight(['+', '-'], () => this.#leftToRight(['*', '/'], () => this.#unary()));
  }

  #unary(): Expression {
    return this.#nested(this.peek().at, () => {
      const operator = this.#accept('-');
      if (!operator) return this.#power();
      const operand = this.#require(this.#unary(), 'number', '"-"');
      return { kind: 'unary', operator: '-', operand, at: operator.at };
    });
  }

  #power(): Expression {
    const base = this.#primary();
    const operator = this.#accept('^');
    // The exponent may have a sign and a power of its own: a^-b^c is a^(-(b^c)).
    return operator ? this.#binary(operator, base, this.#unary()) : base;
  }

  #primary(): Expression {
    const token = this.peek();
    const { at } = token;
    if (token.kind === 'number') {
      this.skip();
      const unit = token.unit === undefined ? {} : { unit: token.unit };
      return { kind: 'number', value: token.value, ...unit, at };
    }
    if (token.kind === 'name') {
      this.skip();
      if (this.#accept('(')) return this.#call(token);
      if (Object.hasOwn(functions, token.text)) {
        this.fail(`"${token.text}" is a function: its arguments follow in parentheses`, at);
      }
      return { kind: 'name', name: token.text, at };
    }
    if (this.#accept('(')) {
      const inner = this.#or();
      this.#close(at);
      return inner;
    }
    return this.#missingOperand(token);
  }

  #missingOperand(token: Token): never {
    const previous = this.#position > 0 ? ` after "${this.#tokens[this.#position - 1]!.text}"` : '';
    if (token.text === 'not' && previous)
      this.fail('"not" binds weaker: put it and its operand in parentheses', token.at);
    return this.fail(`A value is missing${previous}${token.text && ` before "${token.text}"`}`, token.at);
  }

  /** The parenthesis that closes the one at `open`. */
  #close(open: number): void {
    if (this.#accept(')')) return;
    const next = this.peek();
    if (next.kind === 'end') this.fail('This parenthesis is never closed', open);
    this.#unexpected(next);
  }

  #call(name: Token): Expression {
    if (!Object.hasOwn(functions, name.text)) {
      const known = Object.keys(functions);
      this.fail(`There is no function "${name.text}". ${suggest(name.text, known)}`, name.at);
    }
    const called = name.text as FunctionName;
    const open = this.#tokens[this.#position - 1]!.at;
    const given: Expression[] = [];
    if (this.peek().text !== ')') {
      do given.push(this.#or());
      while (this.#accept(','));
    }
    this.#close(open);
    const { arity } = functions[called];
    if (given.length !== arity) this.fail(`${called} takes ${plural(arity)}, not ${given.length}`, name.at);
    given.forEach((argument, i) => {
      const first = called === 'if' && i === 0;
      this.#require(argument, first ? 'condition' : 'number', first ? 'if, as its first argument,' : called);
    });
    return { kind: 'call', function: called, arguments: given, at: name.at };
  }
}
