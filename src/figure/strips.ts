/**
 * Values of several groups on one scale, with every value as a dot: a group is a row with its name to the left, and holds
 * one strip or more, such as the same runs scored in two ways.
 */
export interface StripsBlock {
  block: 'strips';
  /** What goes across, with its unit. */
  below: string;
  /** Room for the names. */
  nameWidth: number;
  /** Room for the notes at the right. */
  noteWidth: number;
  rows: readonly StripsRow[];
  /** Dashed lines down all rows, with words above them. */
  rules?: readonly { value: number; name: string; colour: string }[] | undefined;
}

export interface StripsRow {
  name: string;
  colour: string;
  strips: readonly Strip[];
  /** Hairlines from a value of one strip to that in the same place of the next. */
  joined?: boolean | undefined;
}

export interface Strip {
  /** What is not finite has no dot. */
  values: readonly number[];
  /** A thick line; none where it is not finite. */
  middle: number;
  /** A shaded box behind the dots. */
  interval?: readonly [number, number] | undefined;
  /** Dots in outline. */
  hollow?: boolean | undefined;
  /** To the right of the strip. */
  note: string;
}
