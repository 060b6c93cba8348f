import type { Parameters } from '../src/network/model/model.js';

/** Pieces of the pages that the gallery writes, in Markdown. */

export const escaped = (text: string) =>
  // A code span shows what is in it as it is.
  text.replace(text.startsWith('`') ? /[|]/g : /[|<>]/g, (sign) =>
    sign === '|' ? '\\|' : sign === '<' ? '&lt;' : '&gt;',
  );
const row = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
export const table = (headings: readonly string[], rows: readonly string[][]) =>
  [row(headings), `|${headings.map(() => '---').join('|')}|`, ...rows.map(row)].join('\n');
export const shown = (value: number) =>
  Math.abs(value) === Infinity ? (value > 0 ? '∞' : '−∞') : String(value).replace('-', '−');
export const unitOf = (unit: string) => (unit === '1' ? '' : unit);

/** What has many lines is folded away. */
export const folded = (summary: string, text: string) =>
  text.split('\n').length < 9 ? text : `<details><summary>${summary}</summary>\n\n${text}\n\n</details>`;

/** What begins a sentence. */
export const sentence = (text: string) => `${text[0]!.toUpperCase()}${text.slice(1)}.`;

/** Equations above each other, aligned where their first `&` is. */
export const aligned = (lines: readonly string[]) =>
  `\`\`\`math\n\\begin{aligned}\n${lines.join(' \\\\\n')}\n\\end{aligned}\n\`\`\``;

export const parameterTable = (parameters: Parameters) =>
  table(
    ['parameter', 'default', 'unit', 'range', 'meaning'],
    Object.entries(parameters).map(([parameter, { unit, low, high, about, ...rest }]) => [
      parameter,
      shown(rest.default),
      unitOf(unit),
      `${shown(low)} to ${shown(high)}`,
      about,
    ]),
  );
