/** One response in little: a line with marks above it, what drove it below, and a bar for the time. */
export interface GlimpseBlock {
  block: 'glimpse';
  width: number;
  title: string;
  /** `[steps]` ascending, in ms */
  timesMs: readonly number[];
  /** `[steps]` */
  values: readonly number[];
  /** Marked above the line. */
  spikesMs: readonly number[];
  /** `[steps]`; drawn below the line. */
  input?: readonly number[] | undefined;
  /** Under all: the values' range in words. */
  note?: string | undefined;
}
