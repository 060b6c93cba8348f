import { ExpressionError } from './error.js';
import { greekName } from './greek.js';
import { parseUnit } from './unit.js';

export type Token =
  | { kind: 'number'; text: string; value: number; unit?: string; at: number }
  | { kind: 'name' | 'symbol' | 'end'; text: string; at: number };

const number = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
/** Dots are for what belongs to another thing: the modulator `m.DA`, or `m.5HT`, which begins with a digit. */
const name = /[A-Za-z_]\w*(?:\.\d*[A-Za-z_]\w*)*/y;
const symbol = /<=|>=|==|!=|\+=|-=|\*=|[-+*/^<>=(),]/y;

/** Words that are operators. */
export const keywords: readonly string[] = ['and', 'or', 'not'];

/** How other languages and typeset formulas write what this one writes otherwise. */
const foreign: readonly (readonly [string, string])[] = [
  ['**', 'a power is written "^"'],
  ['/=', 'divide by writing "v *= 1 / x" or "v = v / x"'],
  ['&&', 'write "and"'],
  ['||', 'write "or"'],
  ['!', 'write "not", or "!=" for unequal'],
  ['?', 'a choice is written if(condition, a, b); a hole such as ?f(x, y) stands in rules that evolve alone'],
  ['\u2212', 'write the minus "-"'],
  ['\u00d7', 'write "*"'],
  ['\u00b7', 'write "*"'],
  ['\u2264', 'write "<="'],
  ['\u2265', 'write ">="'],
  ['\u2260', 'write "!="'],
  ['\u00b2', 'write "^2"'],
  ['\u00b3', 'write "^3"'],
];

function unexpectedCharacter(text: string, at: number): ExpressionError {
  const character = String.fromCodePoint(text.codePointAt(at)!);
  const greek = greekName(character);
  const letters = 'names are written with the letters a to z, digits and "_"';
  if (greek) return new ExpressionError(`"${character}": ${letters}, so "${greek}"`, text, at);
  if (/\p{L}/u.test(character)) return new ExpressionError(`"${character}": ${letters}`, text, at);
  return new ExpressionError(`"${character}" means nothing here`, text, at);
}

/** The unit in the brackets that open at `open`, checked, and where the text goes on. */
function readUnit(text: string, open: number): { unit: string; next: number } {
  const close = text.indexOf(']', open);
  if (close < 0) throw new ExpressionError('This bracket is never closed', text, open);
  const unit = text.slice(open + 1, close);
  try {
    parseUnit(unit);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new ExpressionError(error.reason, text, open + 1 + error.column);
  }
  return { unit: unit.trim(), next: close + 1 };
}

/** The words of a text, the last one of kind `end`. `#` starts a comment to the end of the text. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const match = (pattern: RegExp, at: number) => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  let at = 0;
  let end = 0;
  while (at < text.length && text[at] !== '#') {
    if (/\s/.test(text[at]!)) {
      at++;
      continue;
    }
    const found = match(number, at);
    const last = tokens.at(-1);
    if (found !== undefined) {
      const value = Number(found);
      if (value === Infinity) throw new ExpressionError(`${found} is too large`, text, at);
      tokens.push({ kind: 'number', text: found, value, at });
      at += found.length;
    } else if (text[at] === '[') {
      if (last?.kind !== 'number' || last.unit !== undefined) {
        throw new ExpressionError('A unit in brackets follows a number, as in 4[mV]', text, at);
      }
      const { unit, next } = readUnit(text, at);
      last.unit = unit;
      at = next;
    } else {
      const word = match(name, at);
      const hint = foreign.find(([other]) => text.startsWith(other, at) && !text.startsWith('!=', at));
      if (hint && word === undefined) throw new ExpressionError(`"${hint[0]}": ${hint[1]}`, text, at);
      const taken = word ?? match(symbol, at);
      if (taken === undefined) throw unexpectedCharacter(text, at);
      const kind = word !== undefined && !keywords.includes(word) ? 'name' : 'symbol';
      tokens.push({ kind, text: taken, at });
      at += taken.length;
    }
    end = at;
  }
  // What is missing at the end is pointed at just after the last word, not after a comment.
  tokens.push({ kind: 'end', text: '', at: end });
  return tokens;
}
