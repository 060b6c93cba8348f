/** A small sign, centred where it stands; lengths in units of layout. */
export type Mark =
  | { mark: 'disc'; radius: number; fill: string; edge?: { colour: string; width: number } | undefined }
  | { mark: 'polygon'; fill: string; points: readonly (readonly [number, number])[] }
  | { mark: 'line'; length: number; colour: string; lineWidth: number; dash?: readonly number[] | undefined }
  /** The colours of time from the first moment to the last. */
  | { mark: 'time'; width: number }
  /** Signs on top of each other, the first at the bottom. */
  | { mark: 'stack'; marks: readonly Mark[] };

/** A mark and what it stands for. */
export interface LegendEntry {
  /** Stands before the mark, where the mark is a scale from one thing to another. */
  before?: string | undefined;
  text: string;
  mark: Mark;
  /** Longer words are cut in the middle: the names of runs often differ in their ends alone. */
  widest?: number | undefined;
}

export const disc = (radius: number, fill: string, edge?: string, edgeWidth = 1.2): Mark => ({
  mark: 'disc',
  radius,
  fill,
  ...(edge === undefined ? {} : { edge: { colour: edge, width: edgeWidth } }),
});

/** A filled polygon through points about the centre. */
export const polygon = (fill: string, points: readonly (readonly [number, number])[]): Mark => ({
  mark: 'polygon',
  fill,
  points,
});

export const box = (width: number, height: number, fill: string): Mark =>
  polygon(fill, [
    [-width / 2, -height / 2],
    [width / 2, -height / 2],
    [width / 2, height / 2],
    [-width / 2, height / 2],
  ]);

export const diamond = (radius: number, fill: string): Mark =>
  polygon(fill, [
    [0, -radius],
    [radius, 0],
    [0, radius],
    [-radius, 0],
  ]);

/** A piece of a line. */
export const stroke = (
  colour: string,
  length: number,
  lineWidth: number,
  dash: readonly number[] = [],
): Mark => ({ mark: 'line', length, colour, lineWidth, ...(dash.length > 0 ? { dash } : {}) });

export const stack = (...marks: readonly Mark[]): Mark => ({ mark: 'stack', marks });
