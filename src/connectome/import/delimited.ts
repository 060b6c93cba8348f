import { CsvError, parse } from 'csv-parse/sync';
import { UsageError } from '../../spec/errors.js';
import { describeValue } from '../../spec/validate.js';
import type { SourceText } from './graph.js';

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
export function splitLine(line: string, delimiter: Delimiter): string[] {
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

/** Where the last whole line ends; a final \r may be half of a line's end. */
const lastLineEnd = (text: string) =>
  Math.max(text.lastIndexOf('\n'), text.slice(0, -1).lastIndexOf('\r')) + 1;

const lineCount = (text: string) => text.match(/\r\n|\n|\r/g)?.length ?? 0;
const quotesEven = (text: string) => text.split('"').length % 2 === 1;

/**
 * Whole lines, many at once, each block with the number of lines before it. The first has the header line and a row, if
 * the file has. No block ends within a quoted cell.
 */
function* blocksOf(pieces: Iterable<string>): Generator<{ text: string; before: number }> {
  let rest = '';
  let before = 0;
  for (const piece of pieces) {
    rest += before === 0 && rest === '' && piece.charCodeAt(0) === 0xfeff ? piece.slice(1) : piece;
    const text = rest.slice(0, lastLineEnd(rest));
    const lines = before === 0 ? firstLines(text).length : 2;
    if (lines < 2 || text === '' || !quotesEven(text)) continue;
    rest = rest.slice(text.length);
    yield { text, before };
    before += lineCount(text);
  }
  if (rest !== '' || before === 0) yield { text: rest, before };
}

/** The delimiter whose header line scores highest, and the headers. */
function readHeader(text: string, source: string, recognised: (header: string) => boolean) {
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
  return { delimiter, headers };
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
  file: SourceText,
  recognised: (header: string) => boolean,
  onHeader: (header: DelimitedHeader) => (cells: string[], line: number) => void,
): void {
  const { source } = file;
  let delimiter: Delimiter | undefined;
  let onRow: (cells: string[], line: number) => void = () => {};
  for (const block of blocksOf(file.pieces ?? [file.text])) {
    let first = delimiter === undefined;
    if (delimiter === undefined) {
      const header = readHeader(block.text, source, recognised);
      delimiter = header.delimiter;
      onRow = onHeader({ headers: header.headers, delimiterName: delimiterNames[delimiter] });
    }
    const onRecord = (cells: string[], line: number) => {
      let empty = true;
      for (let i = 0; i < cells.length; i++) {
        cells[i] = cells[i]!.trim();
        if (cells[i] !== '') empty = false;
      }
      if (empty) return;
      if (first) first = false;
      else onRow(cells, block.before + line);
    };
    const plain = withoutQuotes(block.text);
    if (plain.includes('"')) parseQuoted(block, source, delimiter, onRecord);
    else splitPlain(plain, delimiter, onRecord);
  }
}

/**
 * Without the quotation marks that hide nothing: around a whole cell with no delimiter, mark or line end in it. Splitting
 * what then has none plainly takes a fraction of the parser's time.
 */
const withoutQuotes = (text: string) =>
  text.includes('"') ? text.replace(/(^|[,;\t\r\n])"([^",;\t\r\n]*)"(?=[,;\t\r\n]|$)/g, '$1$2') : text;

type RecordTaker = (record: string[], line: number) => void;

function splitPlain(text: string, delimiter: Delimiter, onRecord: RecordTaker): void {
  const lines = text.includes('\r') ? text.split(/\r\n|\n|\r/) : text.split('\n');
  for (const [i, line] of lines.entries()) if (line !== '') onRecord(line.split(delimiter), i + 1);
}

function parseQuoted(
  { text, before }: { text: string; before: number },
  source: string,
  delimiter: Delimiter,
  onRecord: RecordTaker,
): void {
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
    const told = error.message.replace(/at line (\d+)/, (_, line) => `at line ${before + Number(line)}`);
    throw new UsageError(`${source}: ${told}. Close or double the quotation marks on that line.`, {
      cause: error,
    });
  }
}
