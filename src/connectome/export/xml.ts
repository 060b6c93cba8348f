import { UsageError } from '../../spec/errors.js';

/** Characters that XML 1.0 cannot hold, not even as references (production 2). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones meant
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

const references: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A reader turns these into spaces within attributes, unless they are references.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text inside XML. Throws a {@link UsageError} where it holds a character that XML cannot. */
export function escaped(text: string): string {
  const fault = unwritable.exec(text);
  if (fault) {
    const code = fault[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    throw new UsageError(
      `${JSON.stringify(text)} holds U+${code}, which XML cannot. Rename the cell, or export to json.`,
    );
  }
  return text.replace(/[&<>"\t\n\r]/g, (character) => references[character]!);
}
