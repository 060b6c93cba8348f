/** A life episode by episode: for measures, and for drawing. */
export interface AcrobotTrace {
  /** Steps of each episode. */
  steps: number[];
  /** Greatest height of the tip in each episode, m. */
  height: number[];
  /** Steps of each episode without a torque. */
  idle: number[];
  /** Steps of each episode in which the torque puts energy in. */
  pumping: number[];
  /** The last episode step by step: height of the tip (m), torque. */
  tip: number[];
  torque: number[];
}

export const emptyTrace = (): AcrobotTrace => ({
  steps: [],
  height: [],
  idle: [],
  pumping: [],
  tip: [],
  torque: [],
});
