import type { BarsBlock, CellsBlock, ColouredCell, NamedBar } from '../../figure/bars.js';
import { type Figure, rowOf } from '../../figure/figure.js';
import { figures, ground, ink, palette } from '../../figure/theme.js';
import type { Effect } from '../../inspect/effect.js';
import type { Inspection } from '../../inspect/inspection.js';

const nameWidth = 360;

/** Effects drawn: the largest, and how many are left out. */
const mostEffects = 24;

function scoreBars({ scores }: Inspection): NamedBar[] {
  const spread = (name: string, of: { mean: number; sd: number } | null, colour: string): NamedBar[] =>
    of ? [{ name, value: of.mean, colour, ends: [of.mean - of.sd, of.mean + of.sd] }] : [];
  return [
    { name: 'chance', value: scores.chance, colour: palette.grey },
    ...spread('untrained', scores.untrained, palette.grey),
    ...spread('innate: plasticity off', scores.innate, palette.sky),
    ...spread(scores.innate ? 'learned' : 'champion', scores.learned, palette.blue),
    { name: 'ceiling', value: scores.ceiling, colour: palette.grey },
    ...spread('held-out scenarios', scores.heldOut, palette.green),
    ...(scores.heldOutCeiling === null
      ? []
      : [{ name: 'ceiling of held-out scenarios', value: scores.heldOutCeiling, colour: palette.grey }]),
  ];
}

/** Effects from the largest on, whichever way they go. */
function largest(effects: readonly Effect[]): Effect[] {
  const size = ({ effect }: Effect) =>
    Number.isFinite(effect) ? Math.abs(effect) : Number.POSITIVE_INFINITY;
  return effects.toSorted((a, b) => size(b) - size(a)).slice(0, mostEffects);
}

function effectBars(ablations: readonly Effect[]): BarsBlock {
  const shown = largest(ablations);
  const omitted = ablations.length - shown.length;
  const together = ablations[0]?.together.of ?? 1;
  const intervals = together > 1 ? `intervals: with 95 % all ${together} hold at once` : '95 % interval';
  const more = omitted > 0 ? `; ${omitted} smaller left out` : '';
  return {
    block: 'bars',
    title: `What the score loses without (${intervals}${more})`,
    nameWidth,
    dots: true,
    bars: shown.map(({ what, effect, together: { low, high }, failed }) => ({
      name: failed > 0 ? `${what} (${failed} broke down)` : what,
      value: effect,
      ends: [low, high],
      colour: low > 0 ? palette.blue : high < 0 ? palette.vermilion : palette.grey,
    })),
  };
}

/** Blue where a modulator raises, vermilion where it lowers, the stronger the fuller. */
function gainCell(gain: number | null, cells: number | undefined, most: number): ColouredCell {
  if (gain === null) return { text: '–', fill: ground.empty, ink: ink.text };
  const share = Math.round(200 * (Math.abs(gain) / most)) + 15;
  return {
    text: `${figures(gain)} (${cells})`,
    fill: `${gain >= 0 ? palette.blue : palette.vermilion}${share.toString(16).padStart(2, '0')}`,
    ink: Math.abs(gain) > 0.55 * most ? '#ffffff' : ink.text,
  };
}

const gainCells = ({ columns, rows }: Inspection['gains']): CellsBlock => ({
  block: 'cells',
  title: 'Gain of each receptor by kind of cell (cells that have it)',
  nameWidth,
  columns,
  rows: rows.map(({ receptor, level, target, about, gains, cells }) => {
    // Gains are in the unit of what they act on, so each row has its own scale.
    const most = Math.max(1e-12, ...gains.map((gain) => Math.abs(gain ?? 0)));
    return {
      name: `${receptor}: ${level} on ${target}, ${about}`,
      cells: gains.map((gain, k) => gainCell(gain, cells[k], most)),
    };
  }),
});

/** An inspection as a picture: scores, what each part is good for, and what modulators do to which cells. */
export function inspectionFigure(title: string, inspection: Inspection): Figure {
  const { scores, ablations, gains } = inspection;
  return {
    title,
    subtitle: `${scores.learned.n} lives: ${scores.about}`,
    width: 900,
    rows: [
      rowOf({
        block: 'bars',
        title: 'Score (whiskers: ± SD over lives)',
        nameWidth,
        dots: false,
        bars: scoreBars(inspection),
      }),
      ...(ablations.length > 0 ? [rowOf(effectBars(ablations))] : []),
      ...(gains.rows.length > 0 ? [rowOf(gainCells(gains))] : []),
    ],
    bottom: 24,
  };
}
