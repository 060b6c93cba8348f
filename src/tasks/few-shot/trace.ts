/** An episode query by query: for measures, and for drawing. */
export interface FewShotTrace {
  /** Class of the pattern. */
  label: number[];
  /** Class of the pool that fired most. */
  answer: number[];
  /** What the nearest sum of the support answers. */
  nearest: number[];
  /** Spikes of the pool of the right class, of the most active one among the others, and of all pools. */
  own: number[];
  best: number[];
  all: number[];
}

export const emptyTrace = (): FewShotTrace => ({
  label: [],
  answer: [],
  nearest: [],
  own: [],
  best: [],
  all: [],
});
