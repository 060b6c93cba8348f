import { latex } from '../../expression/latex.js';
import { mathml } from '../../expression/mathml.js';
import { parseExpression } from '../../expression/parse.js';
import type { GlossaryEntry } from '../../report/glossary.js';
import { numericColumns } from '../../report/numbers.js';
import type { ReportPart, ReportSection } from '../../report/report.js';
import { box, escaped } from './markup.js';

/** Where the glossary explains a word. */
export type Places = ReadonlyMap<string, string>;

/** The place of each word's explanation on the page. */
export const placesOf = (glossary: readonly GlossaryEntry[]): Places =>
  new Map(
    // Where two entries explain one word, the first has it.
    glossary.flatMap(({ terms }, i) => terms.map((term) => [term, `word-${i + 1}`] as const)).reverse(),
  );

/** A name, and the way to its explanation. */
const labelled = (label: string, places: Places): string => {
  const place = places.get(label) ?? label.split('; ').flatMap((word) => places.get(word) ?? [])[0];
  return place === undefined ? escaped(label) : `<a href="#${place}">${escaped(label)}</a>`;
};

/** Longer tables are shown when they are asked for. */
const mostRows = 40;

/** Cells of at most so many characters stand on one line. */
const shortText = 24;

/** Longer formulas are easier to read as text, which breaks into lines. */
const longestTypeset = 120;

/** A formula typeset above its text. */
function formulaHtml(text: string): string {
  const code = `<code>${escaped(text)}</code>`;
  if (text === '-' || text.length > longestTypeset) return code;
  return `${mathml(latex(parseExpression(text)))}<br/>${code}`;
}

/** Lines typeset, each beside its text. */
const formulasHtml = (
  formulas: Extract<ReportPart, { part: 'formulas' }>['formulas'],
  title: string,
): string =>
  box(
    title,
    `<table class="formulas"><tbody>\n${formulas
      .map(
        ({ text, latex: typeset }) =>
          `<tr><td>${mathml(typeset)}</td><td><code>${escaped(text)}</code></td></tr>`,
      )
      .join('\n')}\n</tbody></table>`,
  );

function tableHtml(
  { columns, rows, typeset = [] }: Extract<ReportPart, { part: 'table' }>,
  title: string,
  places: Places,
): string {
  const numeric = numericColumns(columns, rows);
  const says = (column: number) => rows.some((row) => row[column] !== '');
  const shown = columns.flatMap((label, column) => (label !== '' || says(column) ? [column] : []));
  const kinds = columns.map((_, column) => {
    if (numeric[column]) return ' class="number"';
    return rows.every((row) => String(row[column]).length <= shortText) ? ' class="short"' : ' class="long"';
  });
  const head = shown.map((column) =>
    columns[column] === ''
      ? '<td></td>'
      : `<th scope="col"${kinds[column]}>${labelled(columns[column]!, places)}</th>`,
  );
  const cellHtml = (row: (typeof rows)[number], column: number) =>
    typeset.includes(columns[column]!) ? formulaHtml(String(row[column])) : escaped(row[column]!);
  const body = rows.map(
    (row) =>
      `<tr>${shown.map((column) => `<td${kinds[column]}>${cellHtml(row, column)}</td>`).join('')}</tr>`,
  );
  const table = box(
    title,
    `<table><thead><tr>${head.join('')}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table>`,
  );
  if (rows.length <= mostRows) return table;
  return `<details><summary>All ${rows.length} rows</summary>${table}</details>`;
}

/** Lines that are set in stand as they are; others are sentences. */
function linesHtml(lines: readonly string[], title: string, kind = ''): string {
  if (lines.some((line) => line.startsWith(' '))) {
    return box(title, `<pre>${escaped(lines.map((line) => line.replace(/^ {2}/, '')).join('\n'))}</pre>`);
  }
  return `<p${kind}>${escaped(lines.join(' '))}</p>`;
}

function partHtml(part: ReportPart, title: string, places: Places): string {
  switch (part.part) {
    case 'lines':
      return linesHtml(part.lines, title);
    case 'small':
      return linesHtml(part.lines, title, ' class="small"');
    case 'fields': {
      const fields = part.fields.map(([name, value]) =>
        name === ''
          ? `<dd>${escaped(value)}</dd>`
          : `<dt>${labelled(name, places)}</dt><dd>${escaped(value)}</dd>`,
      );
      return `<dl class="fields">${fields.join('\n')}</dl>`;
    }
    case 'formulas':
      return formulasHtml(part.formulas, title);
    case 'table':
      return tableHtml(part, title, places);
  }
}

/** A section of a report. */
export function sectionHtml({ title, aside, parts }: ReportSection, chapter: string, places: Places): string {
  const label = title ?? chapter;
  return [
    ...(title === undefined || title === chapter ? [] : [`<h3>${escaped(title)}</h3>`]),
    ...(aside === undefined || aside === '' ? [] : [`<p class="aside">${escaped(aside)}</p>`]),
    ...parts.map((part) => partHtml(part, label, places)),
  ].join('\n');
}
