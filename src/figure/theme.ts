/**
 * The palette of Okabe and Ito (2008), with three dark colours more: told apart with every common kind of colour
 * blindness.
 */
export const palette = {
  blue: '#0072b2',
  vermilion: '#d55e00',
  green: '#009e73',
  purple: '#cc79a7',
  orange: '#e69f00',
  sky: '#56b4e9',
  brown: '#7a3b00',
  indigo: '#4b0092',
  petrol: '#003f5c',
  black: '#222222',
  grey: '#999999',
} as const;

/**
 * One colour a series, those with the best contrast on white first. Yellow is left out, as it vanishes in print, and
 * black and grey are kept for what a series is measured against.
 */
export const seriesColours = [
  palette.blue,
  palette.vermilion,
  palette.green,
  palette.purple,
  palette.orange,
  palette.sky,
  palette.brown,
  palette.indigo,
  palette.petrol,
] as const;

const dashes: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3]];

/** How the line of a series is drawn: dashed where the colours come round again. */
export const seriesLine = (series: number): { colour: string; dash: readonly number[] } => ({
  colour: seriesColours[series % seriesColours.length]!,
  dash: dashes[Math.floor(series / seriesColours.length) % dashes.length]!,
});

export const ink = { text: '#222222', muted: '#5f5f5f', axis: '#444444', grid: '#e8e8e8' } as const;

/** Of places drawn from above. */
export const ground = {
  margin: '#f1f1f1',
  marginEdge: '#cccccc',
  wall: '#444444',
  outline: '#555555',
  empty: '#f4f4f4',
} as const;

/** In units of layout; 15 is 5.6 points where a figure 640 wide is printed 85 mm wide. */
export const textSize = { title: 18, subtitle: 15, axis: 16, label: 15 } as const;

/** A hexadecimal colour with an opacity of 0 to 1. */
export function faded(colour: string, opacity: number): string {
  const alpha = Math.round(opacity * 255).toString(16);
  return `${colour}${alpha.padStart(2, '0')}`;
}

/** Viridis without its pale end, which is lost on white. */
const viridis = [
  [0x44, 0x01, 0x54],
  [0x47, 0x2d, 0x7b],
  [0x3b, 0x52, 0x8b],
  [0x2c, 0x72, 0x8e],
  [0x21, 0x91, 0x8c],
  [0x28, 0xae, 0x80],
  [0x5e, 0xc9, 0x62],
  [0x9b, 0xd9, 0x3c],
] as const;

/** Colour of a moment, from 0 (dark violet) to 1 (light green). */
export function timeColour(fraction: number): string {
  const at = Math.min(1, Math.max(0, fraction)) * (viridis.length - 1);
  const low = Math.min(viridis.length - 2, Math.floor(at));
  const mixed = viridis[low]!.map((part, i) =>
    Math.round(part + (viridis[low + 1]![i]! - part) * (at - low)),
  );
  return `rgb(${mixed.join(', ')})`;
}

/** The exponent of ten of a number's first figure. */
export const decadeOf = (value: number): number => Number(value.toExponential().split('e')[1]);

/** A number for a label: three or four significant figures, thousands parted by commas. */
export function figures(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e7 || size < 1e-4) return value.toExponential(1).replace('-', '−').replace('e+', 'e');
  const decimals = size >= 1000 ? 0 : size >= 100 ? 1 : Math.max(0, 2 - decadeOf(size));
  return value.toLocaleString('en-US', { maximumFractionDigits: decimals }).replace('-', '−');
}

export const count = (value: number): string => value.toLocaleString('en-US');
