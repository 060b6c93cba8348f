/** A life level by level, for drawing. */
export interface HalfCentreTrace {
  levels: { level: number; left: number[]; right: number[] }[];
}

export const emptyTrace = (): HalfCentreTrace => ({ levels: [] });
