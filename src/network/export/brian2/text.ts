/** Statements at one place of the step. */
export interface Block {
  when: string;
  order: number;
  lines: readonly string[];
}

export const indented = (lines: readonly string[], by = '    ') => lines.map((line) => `${by}${line}`);

/** A key and a value of a dictionary of Python. */
export type Entry = readonly [key: string, value: string];

/** A dictionary of Python, one entry a line where it is long. */
export function dictionary(entries: readonly Entry[]): string {
  const parts = entries.map(([key, value]) => `'${key}': ${value}`);
  const short = `{${parts.join(', ')}}`;
  return short.length < 90 ? short : `{\n${indented(parts, '        ').join(',\n')},\n    }`;
}

/** Text of several lines as a string of Python. */
export const multiline = (lines: readonly string[]): string =>
  lines.length === 1 ? `'${lines[0]}'` : `'''\n${indented(lines, '        ').join('\n')}\n    '''`;
