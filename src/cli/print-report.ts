import type { Report, ReportPart, ReportSection } from '../report/report.js';
import { faint, fields, heading, notice, print, printJson, table } from './output.js';

function partText(part: ReportPart): string {
  switch (part.part) {
    case 'lines':
      return part.lines.join('\n');
    case 'small':
      return part.lines.map(faint).join('\n');
    case 'fields':
      return fields(part.fields);
    case 'formulas':
      return part.formulas.map(({ text }) => `  ${text}`).join('\n');
    case 'table':
      return table(part.columns, part.rows);
  }
}

/** A heading stands on what follows it; parts and sections are a line apart. */
export function sectionText({ title, aside, parts }: ReportSection): string {
  const head =
    title === undefined ? '' : `${heading(title)}${aside === undefined ? '' : faint(`  ${aside}`)}\n`;
  return `${head}${parts.map(partText).join('\n\n')}`;
}

/** A report for people to read. */
export const reportText = ({ sections }: Report): string => sections.map(sectionText).join('\n\n');

/** Prints a report: as one JSON document, or for people, with what they must know on stderr. */
export function printReport(report: Report, json: boolean | undefined): void {
  if (json) {
    printJson(report.data);
    return;
  }
  for (const text of report.notices ?? []) notice(text);
  print(reportText(report));
}
