/**
 * What a command found, as a plain document: the command line prints its sections, `--json` writes its data, and a page
 * may show either. Whoever shows it decides on colours and columns; nothing is measured or computed any more.
 */
export interface Report {
  /** What `--json` writes. The names of its fields are a contract: add, do not rename. */
  data: Readonly<Record<string, unknown>>;
  sections: readonly ReportSection[];
  /** What the reader must know before believing the numbers. */
  notices?: readonly string[] | undefined;
}

export interface ReportSection {
  title?: string | undefined;
  /** Says beside the title what the section is about. */
  aside?: string | undefined;
  parts: readonly ReportPart[];
}

export type ReportPart =
  | { part: 'lines'; lines: readonly string[] }
  /** Lines of less weight, such as sources. */
  | { part: 'small'; lines: readonly string[] }
  /** Named values, one a line. */
  | { part: 'fields'; fields: readonly ReportField[] }
  /** Lines of rules, one a line, each with its LaTeX, which pages typeset beside it. */
  | { part: 'formulas'; formulas: readonly { text: string; latex: string }[] }
  | {
      part: 'table';
      columns: readonly string[];
      rows: readonly (readonly (string | number)[])[];
      /** Columns that hold formulas of the equation language, or a dash: pages typeset them. */
      typeset?: readonly string[] | undefined;
    };

export type ReportField = readonly [name: string, value: string | number];
