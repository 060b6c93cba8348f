import { type Figure, figureMargin, rowOf } from '../../figure/figure.js';
import type { MapBlock, MapShape } from '../../figure/map.js';
import { box, stroke } from '../../figure/marks.js';
import { faded, figures, ink, palette, textSize } from '../../figure/theme.js';
import type { Families } from '../../inspect/families.js';

/** In units of layout. */
const [labelWidth, matrixWidth, treeWidth] = [340, 400, 130];
const largestCell = 56;
/** Cells of at least this size have their number in them. */
const numberedCell = 34;
const labelLetters = 40;

const nearColour = (distance: number) => faded(palette.blue, 1 - distance);

const cutText = (text: string) => (text.length > labelLetters ? `${text.slice(0, labelLetters - 1)}…` : text);

/** What stands beside a row: the run's own name, and what its champion says. */
function labelOf({ runs, holes, distances: { kind } }: Families, run: number): string {
  const { run: name, formulas } = runs[run]!;
  const said = holes.flatMap((hole) => {
    const card = formulas.find((of) => of.name === hole);
    if (!card) return [];
    return [kind === 'symbolic' ? card.canonical : (card.visited?.formula ?? card.canonical)];
  });
  return cutText([name.split('/').at(-1)!, ...said].join('  '));
}

/** Cells of the matrix by row and column in the order of the tree, with their numbers where there is room. */
function cellsOf({ distances: { matrix, order } }: Families, cell: number): MapShape[] {
  return order.flatMap((a, row) =>
    order.flatMap((b, column): MapShape[] => {
      const distance = matrix[a]![b]!;
      const place = { shape: 'rectangle', x: column, y: row, width: 1, height: 1 } as const;
      const text: MapShape = {
        shape: 'words',
        ...{ x: column + 0.5, y: row + 0.5, text: distance.toFixed(2), size: 13 },
        colour: distance < 0.5 ? '#ffffff' : ink.text,
      };
      return [
        { ...place, fill: nearColour(distance), edge: { colour: ink.grid, width: 1 } },
        ...(cell >= numberedCell ? [text] : []),
      ];
    }),
  );
}

/** The tree of merges from the matrix's right edge on. @param at where a height stands */
function treeOf({ distances: { merges, order } }: Families, at: (height: number) => number): MapShape[] {
  const places = new Map(order.map((run, row) => [run, { y: row + 0.5, height: 0 }]));
  return merges.map(({ first, second, height }, k): MapShape => {
    const [a, b] = [places.get(first)!, places.get(second)!];
    places.set(order.length + k, { y: (a.y + b.y) / 2, height });
    return {
      shape: 'path',
      x: [at(a.height), at(height), at(height), at(b.height)],
      y: [a.y, a.y, b.y, b.y],
      ...{ colour: ink.axis, lineWidth: 1.6 },
    };
  });
}

/** A frame around the rows of each family of more than one. */
function framesOf({ families, runs, distances: { order } }: Families): MapShape[] {
  return families
    .filter((family) => family.runs.length > 1)
    .map((family): MapShape => {
      const rows = order.flatMap((run, row) => (family.runs.includes(runs[run]!.run) ? [row] : []));
      const [from, size] = [Math.min(...rows), rows.length];
      return {
        shape: 'rectangle',
        ...{ x: from, y: from, width: size, height: size },
        edge: { colour: palette.vermilion, width: 2.5 },
      };
    });
}

/** How far the champions of a study are apart: the matrix in the order of the tree that they make, and the tree. */
export function familiesFigure(study: string, found: Families): Figure {
  const { kind, order, merges, cut } = found.distances;
  const n = order.length;
  const cell = Math.min(largestCell, matrixWidth / n);
  // Where all are alike, the axis has the whole range of distances.
  const highest = Math.max(cut, ...merges.map(({ height }) => height)) || 1;
  const [gap, span] = [10 / cell, treeWidth / cell];
  const at = (height: number) => n + gap + (span * height) / highest;
  const words = (text: string, x: number, y: number, align: 'left' | 'right' | 'center'): MapShape => ({
    shape: 'words',
    ...{ x, y, text, size: Math.min(textSize.label, Math.max(8, cell - 2)), colour: ink.text, align },
  });
  const below = n + 16 / cell;
  const map: MapBlock = {
    block: 'map',
    ...{ width: n * cell, height: n * cell, across: { low: 0, high: n }, up: { low: n, high: 0 } },
    room: { left: labelWidth, right: treeWidth + 30, above: 6, below: 34 },
    shapes: [
      ...cellsOf(found, cell),
      ...framesOf(found),
      ...order.map((run, row) => words(labelOf(found, run), -8 / cell, row + 0.5, 'right')),
      ...treeOf(found, at),
      {
        shape: 'path',
        ...{ x: [at(cut), at(cut)], y: [0, n], colour: palette.vermilion, lineWidth: 1.2 },
      },
      words('0', at(0), below, 'center'),
      words(figures(highest), at(highest), below, 'center'),
    ],
  };
  return {
    title: `${study}: ${kind} distance of ${n} champions`,
    subtitle: `tree: average linkage, the mean distance at which clusters come together`,
    width: 2 * figureMargin + labelWidth + Math.max(matrixWidth, n * cell) + treeWidth + 30,
    rows: [
      rowOf(
        {
          block: 'legend',
          entries: [
            { text: '0, the same', mark: box(16, 12, nearColour(0)) },
            { text: '0.25', mark: box(16, 12, nearColour(0.25)) },
            { text: '0.5', mark: box(16, 12, nearColour(0.5)) },
            { text: '0.75', mark: box(16, 12, nearColour(0.75)) },
            { text: `families, cut at ${figures(cut)}`, mark: stroke(palette.vermilion, 18, 2.5) },
          ],
        },
        4,
      ),
      rowOf(map, 8),
    ],
    bottom: 8,
  };
}
