import type { Report, ReportPart, ReportSection } from './report.js';

/** Bars would end a cell. */
const cell = (text: string | number) => String(text).replaceAll('|', '\\|');

const row = (cells: readonly (string | number)[]) => `| ${cells.map(cell).join(' | ')} |`;

function partText(part: ReportPart): string {
  switch (part.part) {
    case 'lines':
    case 'small':
      return part.lines.join('\n');
    case 'fields':
      return part.fields
        .map(([name, value]) => (name === '' ? `  ${value}` : `- ${name}: ${value}`))
        .join('\n');
    case 'formulas':
      return ['```', ...part.formulas.map(({ text }) => text), '```'].join('\n');
    case 'table':
      return [row(part.columns), `|${part.columns.map(() => '---|').join('')}`, ...part.rows.map(row)].join(
        '\n',
      );
  }
}

const sectionText = ({ title, aside, parts }: ReportSection): string =>
  [
    ...(title === undefined ? [] : [`## ${title}${aside === undefined || aside === '' ? '' : `: ${aside}`}`]),
    ...parts.map(partText),
  ].join('\n\n');

/** A report for a page of documentation. */
export const reportMarkdown = ({ sections }: Pick<Report, 'sections'>): string =>
  sections.map(sectionText).join('\n\n');
