import { UsageError } from '../src/spec/errors.js';

/** The value of an option that takes a whole number of at least 1. */
export function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new UsageError(`--${option}: expected a whole number of at least 1, found "${text}".`);
  }
  return value;
}
