/** A life level by level, for drawing. */
export interface HalfCentreTrace {
  intervalMs: number;
  levels: { level: number; left: number[]; right: number[] }[];
}

export const emptyTrace = (): HalfCentreTrace => ({ intervalMs: 0, levels: [] });
