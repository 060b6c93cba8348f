import { UsageError } from '../spec/errors.js';

/**
 * Something wrong at one place of a text in the language. The message has three lines: the reason with the column
 * (counted from 1), the text, and a caret under the column.
 */
export class ExpressionError extends UsageError {
  constructor(
    readonly reason: string,
    readonly text: string,
    /** Counted from 0. */
    readonly column: number,
  ) {
    // A tab or a line break would move the caret away from its column.
    const line = text.replace(/\s/g, ' ');
    super(`${reason} (column ${column + 1})\n${line}\n${' '.repeat(column)}^`);
  }
}
