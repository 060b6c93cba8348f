/** Bars or dots from 0 in one column, each with its name to the left and its value to the right. */
export interface BarsBlock {
  block: 'bars';
  title: string;
  /** Room for the names. */
  nameWidth: number;
  /** Dots with a line through them, in place of bars with whiskers. */
  dots: boolean;
  /** Values that the axis reaches, whatever the bars do. */
  reaches?: readonly number[] | undefined;
  bars: readonly NamedBar[];
}

export interface NamedBar {
  name: string;
  /** No bar is drawn for one that is not finite, but `broken` written. */
  value: number;
  /** Where its whiskers end. */
  ends?: readonly [number, number] | undefined;
  colour: string;
}

/** Bars of one length, each parted by share. */
export interface SharesBlock {
  block: 'shares';
  rows: readonly {
    name: string;
    parts: readonly { value: number; colour: string; ink: string }[];
    /** To the right of the bar. */
    note: string;
  }[];
}

/** A table of coloured cells. */
export interface CellsBlock {
  block: 'cells';
  title: string;
  /** Room for the rows' names. */
  nameWidth: number;
  columns: readonly string[];
  rows: readonly { name: string; cells: readonly ColouredCell[] }[];
}

export interface ColouredCell {
  text: string;
  fill: string;
  ink: string;
}
