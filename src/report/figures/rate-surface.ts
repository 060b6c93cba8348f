import { type Figure, type FigureRow, figureMargin, rowOf } from '../../figure/figure.js';
import type { MapBlock, MapShape } from '../../figure/map.js';
import { box, disc, type LegendEntry } from '../../figure/marks.js';
import { extent } from '../../figure/range.js';
import { figures, ink, palette } from '../../figure/theme.js';
import { isTold } from '../../inspect/held-weights.js';
import type { RateMap, RateSurface } from '../../inspect/rate-surface.js';

/** Maps side by side. */
const mostColumns = 3;
const room = { left: 58, right: 12, above: 4, below: 58 };
/** The least opacity of what is told from 0. */
const faintest = 0.12;

/** Of what is not told from 0. */
const untold = '#e2e2e2';

/** A colour as it looks on white with an opacity. */
const onWhite = (colour: string, opacity: number) =>
  `#${[1, 3, 5]
    .map((at) => Math.round(255 + (Number.parseInt(colour.slice(at, at + 2), 16) - 255) * opacity))
    .map((part) => part.toString(16).padStart(2, '0'))
    .join('')}`;

/** Blue where weights become stronger, vermilion where weaker; by the square root of the change, so that small ones show. */
function colourOf(change: number, error: number, most: number): string {
  if (!isTold(change, error)) return untold;
  const opacity = faintest + (1 - faintest) * Math.sqrt(Math.abs(change) / most);
  return onWhite(change > 0 ? palette.blue : palette.vermilion, opacity);
}

/** Filled where weights are stronger above the threshold. */
const markOf = (rises: boolean) => (rises ? disc(4, ink.text) : disc(4, '#ffffff', ink.text, 1.6));

/** From halfway to the rate before to halfway to the next. */
function edgesOf(rates: readonly number[], i: number): [number, number] {
  const half = (other: number | undefined) => (other === undefined ? rates[i]! : (rates[i]! + other) / 2);
  return [half(rates[i - 1]), half(rates[i + 1])];
}

function mapOf(
  { name, change, error, thresholds }: RateMap,
  ratesHz: readonly number[],
  most: number,
  size: number,
) {
  const range = { low: ratesHz[0]!, high: ratesHz.at(-1)! };
  const cells = ratesHz.flatMap((_, post) =>
    ratesHz.map((_, pre): MapShape => {
      const [left, right] = edgesOf(ratesHz, pre);
      const [low, high] = edgesOf(ratesHz, post);
      return {
        shape: 'rectangle',
        ...{ x: left, y: low, width: right - left, height: high - low },
        fill: colourOf(change[post]![pre]!, error[post]![pre]!, most),
      };
    }),
  );
  const marks = thresholds.map(
    ({ preHz, postHz, rises }): MapShape => ({
      shape: 'mark',
      x: preHz,
      y: postHz,
      mark: markOf(rises),
    }),
  );
  const step = (range.high - range.low) / 5;
  const block: MapBlock = {
    block: 'map',
    ...{ width: size, height: size, across: range, up: range, room },
    caption: { subtitle: name === '' ? 'change of weight a second' : name },
    axes: { x: { title: 'presynaptic rate, Hz', step }, y: { title: 'postsynaptic rate, Hz', step } },
    shapes: [...cells, ...marks],
  };
  return block;
}

/** The mean change of a weight over the rates of its two cells: a map for each circumstance. */
export function rateSurfaceFigure(title: string, subtitle: string, { ratesHz, maps }: RateSurface): Figure {
  const width = 760;
  const told = maps.map(({ change, error }) =>
    change.flatMap((row, post) => row.filter((value, pre) => isTold(value, error[post]![pre]!))),
  );
  const range = extent(told) ?? { low: 0, high: 0 };
  const most = Math.max(range.high, -range.low, Number.MIN_VALUE);
  const columns = Math.min(mostColumns, maps.length);
  const size =
    maps.length === 1 ? 330 : Math.floor((width - 2 * figureMargin) / columns - room.left - room.right);
  const entries: LegendEntry[] = [
    ...(range.high > 0
      ? [{ text: `stronger, up to ${figures(range.high)}/s`, mark: box(16, 12, palette.blue) }]
      : []),
    ...(range.low < 0
      ? [{ text: `weaker, up to ${figures(-range.low)}/s`, mark: box(16, 12, palette.vermilion) }]
      : []),
    { text: 'not told from 0', mark: box(16, 12, untold) },
    ...([true, false] as const)
      .filter((rises) => maps.some(({ thresholds }) => thresholds.some((of) => of.rises === rises)))
      .map((rises) => ({ text: `threshold, ${rises ? 'stronger' : 'weaker'} above`, mark: markOf(rises) })),
  ];
  const rows: FigureRow[] = [];
  for (let from = 0; from < maps.length; from += columns) {
    const blocks = maps.slice(from, from + columns).map((map) => mapOf(map, ratesHz, most, size));
    rows.push({ above: 8, blocks });
  }
  return { title, subtitle, width, rows: [rowOf({ block: 'legend', entries }, 4), ...rows], bottom: 8 };
}
