import type { Expression } from './ast.js';
import { ExpressionError } from './error.js';
import { parseExpression, parseStatement } from './parse.js';
import { printExpression, printStatement } from './print.js';
import { substitute } from './tree.js';

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

/**
 * A text with its holes filled, in the language that rules are written in.
 */
export function fillHoles(text: string, kind: TextKind, formulaOf: (hole: Hole) => Formula): string {
  const places = placesIn(text);
  if (places.length === 0) return text;
  const holes = holesIn(text);
  let around = '';
  let end = 0;
  places.forEach(({ from, to }, number) => {
    around += text.slice(end, from) + stand(number);
    end = to;
  });
  around += text.slice(end);
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
