import { CsvError, parse } from 'csv-parse/sync';
import { UsageError } from '../../spec/errors.js';
import { describeValue } from '../../spec/validate.js';

const delimiters = [',', '\t', ';'] as const;
type Delimiter = (typeof delimiters)[number];

const delimiterNames: Record<Delimiter, string> = { ',': 'comma', '\t': 'tab', ';': 'semicolon' };

export interface DelimitedHeader {
  /** Header cells, trimmed. */
  headers: string[];
  delimiterName: string;
}

const parserOptions = {
  trim: true,
  skip_empty_lines: true,
  relax_column_count: true,
  // All three, so that a file of mixed origin still splits into its lines.
  record_delimiter: ['\r\n', '\n', '\r'],
};

/** Cells of one line. A line the parser refuses is split plainly: this serves sniffing, the full parse reports it. */
function splitLine(line: string, delimiter: Delimiter): string[] {
  try {
    const [cells = []] = parse(line, { ...parserOptions, delimiter, relax_quotes: true });
    return cells.map((cell) => cell.trim());
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return line.split(delimiter).map((cell) => cell.trim());
  }
}

/** The first two lines that hold anything. */
function firstLines(text: string): string[] {
  const lines: string[] = [];
  const line = /[^\r\n]+/g;
  for (let match = line.exec(text); match !== null && lines.length < 2; match = line.exec(text)) {
    if (/[^\s,;]/.test(match[0])) lines.push(match[0]);
  }
  return lines;
}

function refuseBinary(text: string, source: string): void {
  const start = text.slice(0, 1000);
  // The first bytes of .xlsx (a zip archive) and of .xls, as UTF-8 decoding leaves them.
  if (start.startsWith('PK\u0003') || start.startsWith('\ufffd\ufffd\u0011')) {
    throw new UsageError(`${source}: this is a spreadsheet file. Save each sheet as CSV and import that.`);
  }
  if (start.includes('\0') || start.startsWith('\ufffd\ufffd')) {
    throw new UsageError(`${source}: this is not UTF-8 text. Save it as CSV with UTF-8 encoding.`);
  }
}

/**
 * Reads delimited text with a header line, row by row. The delimiter (comma, tab or semicolon) is the one whose
 * header scores highest, by the number of headers that `recognised` knows, then by the number of cells. A
 * byte-order mark, any line ending and quoted cells are understood; rows without content are skipped.
 *
 * `onHeader` comes first and returns the function that takes each row's trimmed cells and its line number (of its
 * last line, where a quoted cell holds line breaks).
 */
export function readDelimited(
  content: string,
  source: string,
  recognised: (header: string) => boolean,
  onHeader: (file: DelimitedHeader) => (cells: string[], line: number) => void,
): void {
  const text = content.charCodeAt(0) === 0xfeff ? content.slice(1) : content;
  refuseBinary(text, source);
  const [headerLine, firstRow] = firstLines(text);
  if (headerLine === undefined)
    throw new UsageError(`${source}: the file is empty. Expected a header line and rows.`);

  const candidates = delimiters.map((delimiter) => {
    let headers = splitLine(headerLine, delimiter);
    const cells = firstRow === undefined ? 1 : splitLine(firstRow, delimiter).length;
    // Some published lists separate their headers with spaces and their rows with tabs.
    const words = headerLine.trim().split(/\s+/);
    if (headers.length === 1 && cells > 1 && words.length === cells) headers = words;
    return { delimiter, headers, known: headers.filter(recognised).length };
  });
  candidates.sort((a, b) => b.known - a.known || b.headers.length - a.headers.length);
  const { delimiter, headers } = candidates[0]!;
  if (headers.length < 2) {
    throw new UsageError(
      `${source}: the header line has a single column, ${describeValue(headerLine.trim())}. ` +
        'Separate the columns with commas, tabs or semicolons.',
    );
  }

  const onRow = onHeader({ headers, delimiterName: delimiterNames[delimiter] });
  let first = true;
  const onRecord = (record: string[], line: number) => {
    const cells = record.map((cell) => cell.trim());
    if (cells.every((cell) => cell === '')) return;
    if (first) first = false;
    else onRow(cells, line);
  };
  // Lists of millions of rows seldom hold a quotation mark, and splitting them plainly takes a fraction of the time.
  if (text.includes('"')) parseQuoted(text, source, delimiter, onRecord);
  else splitPlain(text, delimiter, onRecord);
}

type RecordTaker = (record: string[], line: number) => void;

function splitPlain(text: string, delimiter: Delimiter, onRecord: RecordTaker): void {
  const lineEnd = /\r\n|\n|\r/g;
  let start = 0;
  for (let line = 1; start < text.length; line++) {
    const end = lineEnd.exec(text);
    onRecord(text.slice(start, end?.index).split(delimiter), line);
    start = end === null ? text.length : lineEnd.lastIndex;
  }
}

function parseQuoted(text: string, source: string, delimiter: Delimiter, onRecord: RecordTaker): void {
  try {
    parse(text, {
      ...parserOptions,
      delimiter,
      on_record: (record: string[], { lines }) => {
        onRecord(record, lines);
        // Nothing is kept by the parser: a row is done with once it was handed on.
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UsageError(`${source}: ${error.message}. Close or double the quotation marks on that line.`, {
      cause: error,
    });
  }
}
