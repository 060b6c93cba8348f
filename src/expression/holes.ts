import { childrenOf, type Expression } from './ast.js';
import { number, product } from './build.js';
import { ExpressionError } from './error.js';
import { parseExpression, parseStatement } from './parse.js';
import { printExpression, printStatement } from './print.js';
import { substitute, withChildren } from './tree.js';

/** A place of a text that is left to be filled, written `?f(x, y)`: the formula f of what stands in its parentheses. */
export interface Hole {
  name: string;
  /** What its formula is of, in order. */
  arguments: readonly Expression[];
}

/** A formula for a hole, over names of its inputs. */
export interface Formula {
  inputs: readonly string[];
  value: Expression;
  /** What the inputs are here, in the same order. */
  arguments: readonly Expression[];
}

export type TextKind = 'statement' | 'expression';

const opening = /\?\s*([A-Za-z_]\w*)\s*\(/g;

/** The column just after the parenthesis that closes the one before `from`. */
function closing(text: string, from: number, open: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')') depth--;
    if (depth === 0) return at + 1;
  }
  throw new ExpressionError('The parenthesis of this hole is never closed', text, open);
}

interface Place {
  name: string;
  from: number;
  to: number;
  /** What stands in the parentheses, between commas. */
  parts: string[];
}

function placesIn(text: string): Place[] {
  const places: Place[] = [];
  for (const found of text.matchAll(opening)) {
    const inside = found.index + found[0].length;
    const to = closing(text, inside, found.index);
    const within = text.slice(inside, to - 1);
    if (within.includes('?'))
      throw new ExpressionError('A hole within a hole: evolve one of them', text, inside);
    // An argument may be a call, whose commas are its own.
    let depth = 0;
    const parts = [''];
    for (const character of within) {
      if (character === '(') depth++;
      if (character === ')') depth--;
      if (character === ',' && depth === 0) parts.push('');
      else parts[parts.length - 1] += character;
    }
    places.push({ name: found[1]!, from: found.index, to, parts });
  }
  return places;
}

/**
 * The holes of a text, in order.
 * @throws ExpressionError for one that is never closed, or whose arguments cannot be read
 */
export function holesIn(text: string): Hole[] {
  return placesIn(text).map(({ name, parts }) => ({
    name,
    arguments: parts.map((part) => parseExpression(part)),
  }));
}

/** A name that no text has: it stands for the hole of that number while the text around it is parsed. */
const stand = (number: number) => `hole__${number}`;

/** A text with a name in the place of each of its holes. */
function withStands(text: string): string {
  let around = '';
  let end = 0;
  placesIn(text).forEach(({ from, to }, number) => {
    around += text.slice(end, from) + stand(number);
    end = to;
  });
  return around + text.slice(end);
}

/**
 * A text with its holes filled, in the language that rules are written in.
 */
export function fillHoles(text: string, kind: TextKind, formulaOf: (hole: Hole) => Formula): string {
  const holes = holesIn(text);
  if (holes.length === 0) return text;
  const around = withStands(text);
  const filled = new Map(
    holes.map((hole, number): [string, Expression] => {
      const { inputs, value, arguments: given } = formulaOf(hole);
      return [stand(number), substitute(value, new Map(inputs.map((name, i) => [name, given[i]!])))];
    }),
  );
  if (kind === 'expression') return printExpression(substitute(parseExpression(around), filled));
  const statement = parseStatement(around);
  return printStatement({ ...statement, value: substitute(statement.value, filled) });
}

/** What stands in a text where another has a hole. */
export interface Filling {
  hole: Hole;
  value: Expression;
}

const isProduct = (e: Expression): e is Expression & { kind: 'binary' } =>
  e.kind === 'binary' && e.operator === '*';

/** What is multiplied in a product, in order. */
export const factorsOf = (e: Expression): Expression[] =>
  isProduct(e) ? [...factorsOf(e.left), ...factorsOf(e.right)] : [e];

/** What is the same of two trees where only their children differ. */
const ownText = (e: Expression): string => printExpression(withChildren(e, () => number(0)));

/** Finds what stands in a tree where another has the names of holes. */
class Unfilling {
  constructor(private readonly stands: readonly string[]) {}

  /** What fills the holes by their number; undefined where the trees differ elsewhere. */
  match(around: Expression, e: Expression): Map<number, Expression> | undefined {
    if (around.kind === 'name') {
      const place = this.stands.indexOf(around.name);
      if (place >= 0) return new Map([[place, e]]);
    }
    if (ownText(around) === ownText(e)) {
      const [parts, others] = [childrenOf(around), childrenOf(e)];
      const found = parts.map((part, i) => this.match(part, others[i]!));
      if (found.every((each) => each !== undefined)) return new Map(found.flatMap((each) => [...each]));
    }
    return isProduct(around) ? this.inProduct(around, e) : undefined;
  }

  /** The factors that are left of a product without those beside the hole, in whatever order these stand. */
  private inProduct(around: Expression, e: Expression): Map<number, Expression> | undefined {
    const factors = factorsOf(around).map(printExpression);
    const held = factors.filter((factor) => this.stands.includes(factor));
    if (held.length !== 1) return undefined;
    const left = factorsOf(e);
    for (const factor of factors) {
      if (factor === held[0]) continue;
      const at = left.findIndex((each) => printExpression(each) === factor);
      if (at < 0) return undefined;
      left.splice(at, 1);
    }
    const value = left.length === 0 ? number(1) : left.reduce(product);
    return new Map([[this.stands.indexOf(held[0]!), value]]);
  }
}

/**
 * What stands in a text in the place of the holes of another: the opposite of `fillHoles`.
 * @returns undefined where the texts differ elsewhere
 */
export function unfillHoles(text: string, kind: TextKind, filled: string): Filling[] | undefined {
  const holes = holesIn(text);
  const unfilling = new Unfilling(holes.map((_, place) => stand(place)));
  const around = withStands(text);
  let found: Map<number, Expression> | undefined;
  if (kind === 'expression') found = unfilling.match(parseExpression(around), parseExpression(filled));
  else {
    const [a, b] = [parseStatement(around), parseStatement(filled)];
    if (a.target !== b.target || a.operator !== b.operator) return undefined;
    found = unfilling.match(a.value, b.value);
  }
  return found && [...found].map(([place, value]) => ({ hole: holes[place]!, value }));
}
