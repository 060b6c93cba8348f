import { greekCharacter } from './greek.js';

const operators: Readonly<Record<string, string>> = {
  leftarrow: '←',
  le: '≤',
  ge: '≥',
  ne: '≠',
  land: '∧',
  lor: '∨',
  lnot: '¬',
  cdot: '·',
  lfloor: '⌊',
  rfloor: '⌋',
};

const functionNames = new Set(['exp', 'ln', 'min', 'max', 'sin', 'cos', 'tanh']);
/** Capitals in script that the language's functions are written with. */
const script: Readonly<Record<string, string>> = { N: '𝒩', T: '𝒯', U: '𝒰' };

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '-': '−' };
const written = (text: string) => text.replaceAll(/[&<>-]/g, (mark) => marks[mark]!);

const operator = (text: string) => `<mo>${written(text)}</mo>`;
const name = (text: string) => `<mi${text.length === 1 ? ' mathvariant="normal"' : ''}>${written(text)}</mi>`;
const row = (parts: readonly string[]) => (parts.length === 1 ? parts[0]! : `<mrow>${parts.join('')}</mrow>`);

/** Reads LaTeX as `latex` writes it, piece by piece. */
class Reader {
  private at = 0;
  private readonly tokens: readonly string[];

  constructor(private readonly text: string) {
    this.tokens = text.match(/\\[a-zA-Z]+|\\.|\d+(?:\.\d+)?|[\s\S]/g) ?? [];
  }

  private refuse(expected: string): never {
    throw new Error(`mathml: expected ${expected} at piece ${this.at} of "${this.text}"`);
  }

  private next(): string {
    return this.tokens[this.at++] ?? this.refuse('more');
  }

  private skipSpace(): void {
    while (this.tokens[this.at] === ' ') this.at += 1;
  }

  private take(token: string): void {
    if (this.next() !== token) this.refuse(token);
  }

  /** What stands in braces, as it is. */
  private raw(): string {
    this.take('{');
    let inside = '';
    for (let depth = 1; ; ) {
      const token = this.next();
      if (token === '{') depth += 1;
      if (token === '}') depth -= 1;
      if (depth === 0) return inside;
      inside += token === '\\_' ? '_' : token;
    }
  }

  private braced(): string {
    this.take('{');
    const inside = row(this.until('}'));
    this.take('}');
    return inside;
  }

  /** Pieces up to one of some tokens, or to the end. */
  until(...ends: readonly string[]): string[] {
    const parts: string[] = [];
    for (;;) {
      this.skipSpace();
      const token = this.tokens[this.at];
      if (token === undefined || ends.includes(token)) return parts;
      parts.push(this.scripted());
    }
  }

  private scripted(): string {
    const base = this.piece();
    const scripts: { _?: string; '^'?: string } = {};
    for (;;) {
      this.skipSpace();
      const sign = this.tokens[this.at];
      if (sign !== '_' && sign !== '^') break;
      this.at += 1;
      scripts[sign] = this.braced();
    }
    const { _: below, '^': above } = scripts;
    if (below !== undefined && above !== undefined) return `<msubsup>${base}${below}${above}</msubsup>`;
    if (below !== undefined) return `<msub>${base}${below}</msub>`;
    return above === undefined ? base : `<msup>${base}${above}</msup>`;
  }

  private fence(): string {
    const token = this.next();
    return operator(token.startsWith('\\') ? operators[token.slice(1)]! : token);
  }

  private cases(): string {
    const lines: string[] = [];
    do {
      const cells = [row(this.until('&'))];
      this.take('&');
      cells.push(row(this.until('\\\\', '\\end')));
      lines.push(`<mtr>${cells.map((cell) => `<mtd style="text-align: left">${cell}</mtd>`).join('')}</mtr>`);
    } while (this.next() === '\\\\');
    this.raw();
    return `<mrow><mo>{</mo><mtable>${lines.join('')}</mtable></mrow>`;
  }

  private command(command: string): string {
    if (operators[command] !== undefined) return operator(operators[command]);
    if (functionNames.has(command)) return `${name(command)}<mo>&#x2061;</mo>`;
    const letter = greekCharacter(command);
    if (letter !== undefined) return `<mi>${letter}</mi>`;
    switch (command) {
      case ',':
        return '<mspace width="0.17em"/>';
      case 'frac':
        return `<mfrac>${this.braced()}${this.braced()}</mfrac>`;
      case 'sqrt':
        return `<msqrt>${this.braced()}</msqrt>`;
      case 'dot':
        return `<mover>${this.braced()}<mo>˙</mo></mover>`;
      case 'mathrm':
      case 'operatorname':
        return name(this.raw());
      case 'mathcal':
        return `<mi>${script[this.raw()] ?? this.refuse('N, T or U')}</mi>`;
      case 'text':
        return `<mtext>${written(this.raw()).replaceAll(' ', '\u00a0')}</mtext>`;
      case 'left': {
        const parts = [this.fence(), ...this.until('\\right')];
        this.take('\\right');
        return row([...parts, this.fence()]);
      }
      case 'begin':
        return this.raw() === 'cases' ? this.cases() : this.refuse('cases');
      default:
        return this.refuse('a command that formulas have');
    }
  }

  private piece(): string {
    const token = this.tokens[this.at]!;
    if (token === '{') return this.braced();
    this.at += 1;
    if (token.startsWith('\\')) return this.command(token.slice(1));
    if (/\d/.test(token)) return `<mn>${token}</mn>`;
    return /\p{L}/u.test(token) ? `<mi>${token}</mi>` : operator(token);
  }
}

/** LaTeX as `latex` writes it as MathML, which browsers typeset without a script. */
export function mathml(latex: string): string {
  const parts = new Reader(latex).until();
  return `<math>${row(parts)}</math>`;
}
