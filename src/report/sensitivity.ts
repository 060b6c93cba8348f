import { count } from '../figure/theme.js';
import type { Curvature, Direction } from '../inspect/perturbation/curvature.js';
import type { MoveOutcome, Sensitivity, UnitSensitivity } from '../inspect/perturbation/sensitivity.js';
import { largestFirst } from './attribution.js';
import { lossCells } from './losses.js';
import { figure, figuresThatCount } from './numbers.js';
import type { ReportPart, ReportSection } from './report.js';

/** Rows of a table, the most sensitive first. */
const mostRows = 20;
/** Parts of a direction that are named. */
const mostParts = 4;
const leastPart = 0.2;

/** The move of a unit that loses most; undefined where none loses. */
export const worstOf = ({ moves }: UnitSensitivity): MoveOutcome | undefined =>
  largestFirst(
    moves.filter(({ loss }) => loss.effect > 0 || loss.failed > 0),
    ({ loss }) => loss.effect,
  )[0];

const percent = (share: number) => `${share > 0 ? '+' : ''}${figuresThatCount(100 * share, 3)} %`;

const moveText = ({ share, isCutShort }: MoveOutcome) =>
  `${percent(share!)}${isCutShort ? ', as far as its bound' : ''}`;

function unitRow(unit: UnitSensitivity): (string | number)[] {
  const worst = worstOf(unit);
  const clear = unit.moves.filter(({ loss }) => loss.low > 0).map(({ share }) => percent(share!));
  return [
    unit.name,
    unit.value === undefined ? `${unit.genes} genes` : figuresThatCount(unit.value, 4),
    ...(worst ? [moveText(worst), ...lossCells(worst.loss)] : ['-', '-', '-', '']),
    clear.length > 0 ? clear.join(', ') : 'none',
    unit.digits ?? 'cannot be told',
  ];
}

function unitTable({ units }: Sensitivity): ReportPart[] {
  const size = (unit: UnitSensitivity) => worstOf(unit)?.loss.effect ?? 0;
  const shown = largestFirst(units, size).slice(0, mostRows);
  const omitted = units.length - shown.length;
  return [
    {
      part: 'table',
      columns: [
        'moved',
        'value',
        'worst move',
        'loss, fresh',
        'interval',
        '',
        'clear losses at',
        'figures needed',
      ],
      rows: shown.map(unitRow),
    },
    ...(omitted > 0
      ? ([
          { part: 'small', lines: [`${count(omitted)} less sensitive ones left out; --json has all.`] },
        ] as const)
      : []),
  ];
}

function roundingLine({ rounded, tolerated, toleratedShare }: Sensitivity): string {
  const rule =
    tolerated > 0
      ? `A rounding is without loss where its interval ends below ${figure(tolerated)}, which is ${figuresThatCount(100 * toleratedShare, 3)} % of the gain (--keep)`
      : 'There is no clear gain over the untrained start, so that a rounding is without loss only where its interval ends at 0 or below';
  if (!rounded) return `${rule}. No number is shown to bear it.`;
  const { effect, low, high, n } = rounded.loss;
  return (
    `${rule}. All ${rounded.units} rounded together lose ${figure(effect)} (95 % ${figure(low)} to ${figure(high)}) on ${n} other fresh lives, ` +
    'which had no part in choosing the figures.'
  );
}

/** A direction: how far its largest parts go along it, up or down. */
export function directionText({ parts }: Direction): string {
  const largest = parts
    .toSorted((a, b) => Math.abs(b.share) - Math.abs(a.share))
    .filter(({ share }, i) => i === 0 || (i < mostParts && Math.abs(share) >= leastPart));
  return largest.map(({ name, share }) => `${name} ${share > 0 ? '+' : ''}${share.toFixed(2)}`).join(', ');
}

const verdictWords: Record<Direction['verdict'], string> = {
  stiff: 'stiff: the score falls both ways, taken together',
  rises: 'the score rises: no peak along it',
  undecided: 'undecided: within its noise',
};

function curvatureSection({ share, units, shifted, choosing, directions }: Curvature): ReportSection {
  const decided = directions.filter(({ verdict }) => verdict !== 'undecided').length;
  return {
    title: 'Stiff and sloppy directions',
    aside: `steps of ${percent(share).slice(1)} of the range; ${decided} of ${units} directions are decided`,
    parts: [
      {
        part: 'table',
        columns: ['direction', 'expected loss', 'loss, fresh', 'interval', '', 'verdict'],
        rows: directions.map((of) => [
          directionText(of),
          figure(of.expected),
          ...lossCells(of.loss),
          verdictWords[of.verdict],
        ]),
      },
      {
        part: 'lines',
        lines: [
          `The directions are those in which the mean score curves, about the champion, on ${choosing} fresh lives that choose them (eigenvectors of central differences). "expected loss" is that by a step there (the eigenvalue).`,
          'What a step loses is then measured on the other fresh lives, as the mean of both ways. A direction whose interval holds 0 is undecided: it may be sloppy, but it loses no more than the upper end.',
          ...(shifted > 0
            ? [
                `${shifted} of ${units} are so near a bound that the middle of their steps was moved inwards from the champion.`,
              ]
            : []),
        ],
      },
    ],
  };
}

/** How sensitive a champion is to its numbers. */
export function sensitivitySections(found: Sensitivity): ReportSection[] {
  const { by, units, wholeNumbers, curvature, shares } = found;
  const sizes = shares.map((of) => figuresThatCount(100 * of, 3)).join(', ');
  return [
    {
      title: `Sensitivity of ${count(units.length)} ${by === 'gene' ? 'evolved numbers' : `units (by ${by})`}`,
      parts: [
        ...unitTable(found),
        {
          part: 'lines',
          lines: [
            `Each is moved alone by ${sizes} % of its range, down and up (on a log scale where its range is one), and rounded to 1, 2 and 3 figures.`,
            roundingLine(found),
            ...(wholeNumbers > 0
              ? [
                  `${count(wholeNumbers)} genes are whole numbers that code the form of rules: they are not moved.`,
                ]
              : []),
          ],
        },
      ],
    },
    ...(curvature ? [curvatureSection(curvature)] : [noCurvature(found)]),
  ];
}

const noCurvature = ({ curvatureBy }: Sensitivity): ReportSection => ({
  title: 'Stiff and sloppy directions',
  parts: [
    {
      part: 'lines',
      lines: [
        curvatureBy === null
          ? 'Not looked at: there are more than 12 numbers and more than 12 groups of them. Coarser units (--by) may be few enough.'
          : 'Not to be told: on every life some genome of the design failed.',
      ],
    },
  ],
});
