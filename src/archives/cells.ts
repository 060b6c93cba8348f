/** A measure by which an archive tells elites apart, and how its range is divided where nothing else is said. */
export interface Dimension {
  name: string;
  low: number;
  high: number;
  bins: number;
}

/** How the space of measures is divided. Measures stand in the order of `dimensions`, and lie within their ranges. */
export interface Cells {
  readonly dimensions: readonly Dimension[];
  /** Number of cells. */
  readonly count: number;
  /** The cell that measures lie in. */
  cellAt(measures: readonly number[]): number;
  /** The middle of a cell, in the units of the measures. */
  centreOf(cell: number): number[];
}
