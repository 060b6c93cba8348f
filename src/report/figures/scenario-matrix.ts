import { type Figure, figureMargin, rowOf } from '../../figure/figure.js';
import type { MapBlock, MapShape } from '../../figure/map.js';
import { box, stack } from '../../figure/marks.js';
import { faded, figures, ink, palette, textSize } from '../../figure/theme.js';
import type { MatrixCell, ScenarioMatrix } from '../../inspect/scenario-matrix.js';

/** In units of layout. */
const [labelWidth, leastWidth, cellHeight] = [190, 92, 46];

/** Of a letter of the names over the cells. */
const letterWidth = 7;

/** What was gained as a share of what the untrained start left to gain. */
function shareOf({ champion, untrained, ceiling }: MatrixCell): number | null {
  if (!champion || !untrained) return null;
  const left = ceiling - untrained.median;
  return left > 0 ? Math.max(-1, Math.min(1, (champion.median - untrained.median) / left)) : 0;
}

const colourOf = (share: number) => faded(share < 0 ? palette.vermilion : palette.blue, Math.abs(share));

/** Of words on a cell. */
const inkOn = (share: number | null, colour: string) => (Math.abs(share ?? 0) > 0.5 ? '#ffffff' : colour);

/** Arms by scenarios: how much of what there was to gain evolution gained, with the champions' scores. */
export function scenarioMatrixFigure(study: string, { arms, scenarios, lives }: ScenarioMatrix): Figure {
  const words = (
    text: string,
    x: number,
    y: number,
    more: Partial<Extract<MapShape, { shape: 'words' }>> = {},
  ): MapShape => ({ shape: 'words', x, y, text, size: textSize.label, colour: ink.text, ...more });
  const cells = arms.flatMap((arm, row) =>
    arm.cells.flatMap((cell): MapShape[] => {
      const column = scenarios.indexOf(cell.scenario);
      const share = shareOf(cell);
      const place = { shape: 'rectangle', x: column, y: row, width: 1, height: 1 } as const;
      return [
        {
          ...place,
          ...(share === null ? {} : { fill: colourOf(share) }),
          edge: { colour: ink.grid, width: 1 },
        },
        words(
          cell.champion ? `${figures(cell.champion.median)}${cell.heldOut ? '' : ' *'}` : 'failed',
          column + 0.5,
          row + 0.36,
          { size: 13, align: 'center', colour: inkOn(share, ink.text) },
        ),
        words(
          `${cell.chance === null ? '' : figures(cell.chance)} to ${figures(cell.ceiling)}`.trim(),
          column + 0.5,
          row + 0.74,
          { size: 11, align: 'center', colour: inkOn(share, ink.muted) },
        ),
      ];
    }),
  );
  const cellWidth = Math.max(leastWidth, ...scenarios.map(({ length }) => letterWidth * (length + 2)));
  const map: MapBlock = {
    block: 'map',
    ...{ width: scenarios.length * cellWidth, height: arms.length * cellHeight },
    ...{ across: { low: 0, high: scenarios.length }, up: { low: arms.length, high: 0 } },
    room: { left: labelWidth, right: 40, above: 22, below: 10 },
    shapes: [
      ...cells,
      ...arms.map(({ arm }, row) => words(arm, -0.1, row + 0.5, { align: 'right' })),
      ...scenarios.map((name, column) => words(name, column + 0.5, -0.2, { align: 'center', size: 12 })),
    ],
  };
  return {
    title: `${study}: scores by scenario`,
    subtitle: `medians of champions, ${lives} fresh lives each; * evolution lived it; small: from chance to the ceiling`,
    width: 2 * figureMargin + labelWidth + Math.max(400, scenarios.length * cellWidth) + 40,
    rows: [
      rowOf(
        {
          block: 'legend',
          entries: [
            { text: 'all that was left was gained', mark: box(16, 12, colourOf(1)) },
            { text: 'half', mark: box(16, 12, colourOf(0.5)) },
            { text: 'nothing', mark: stack(box(16, 12, ink.muted), box(14, 10, '#ffffff')) },
            { text: 'as much was lost', mark: box(16, 12, colourOf(-1)) },
          ],
        },
        4,
      ),
      rowOf(map, 8),
    ],
    bottom: 8,
  };
}
