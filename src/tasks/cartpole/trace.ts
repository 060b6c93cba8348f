/** A life episode by episode: for measures, and for drawing. */
export interface CartpoleTrace {
  /** Steps of each episode. */
  steps: number[];
  /** Invalid moves of each episode. */
  invalid: number[];
  /** Moves to the left in each episode. */
  left: number[];
  /** Mean distance from the middle of the track in each episode, m. */
  distance: number[];
  /** The last episode step by step: position (m), angle (degrees), move. */
  position: number[];
  angle: number[];
  move: number[];
}

export const emptyTrace = (): CartpoleTrace => ({
  steps: [],
  invalid: [],
  left: [],
  distance: [],
  position: [],
  angle: [],
  move: [],
});
