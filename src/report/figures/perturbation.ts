import type { BarsBlock, NamedBar } from '../../figure/bars.js';
import type { ChartBlock, ChartSeries, Point } from '../../figure/chart.js';
import { type Figure, type FigureRow, rowOf } from '../../figure/figure.js';
import { stroke } from '../../figure/marks.js';
import { count, ink, palette } from '../../figure/theme.js';
import type { FreshLoss } from '../../inspect/attribution/types.js';
import type { Controls } from '../../inspect/perturbation/conditions.js';
import type { DoseCurve, DoseResponse } from '../../inspect/perturbation/dose.js';
import type { Sensitivity } from '../../inspect/perturbation/sensitivity.js';
import type { ShuffledReward } from '../../inspect/perturbation/shuffled-reward.js';
import type { Substitution } from '../../inspect/perturbation/textbook.js';
import type { Transfer } from '../../inspect/perturbation/transfer.js';
import { largestFirst } from '../attribution.js';
import { bestOfEach, type PerturbationFindings } from '../perturbation.js';
import { directionText, worstOf } from '../sensitivity.js';
import { scoreAxis } from './score-axis.js';

const width = 960;
const chartWidth = 460;
const chartHeight = 260;
const nameWidth = 380;
const mostBars = 24;

/** Levels that stand beside every dose. */
const levels = {
  champion: { colour: palette.blue, dash: [7, 4] },
  innate: { colour: palette.sky, dash: [3, 4] },
  untrained: { colour: ink.muted, dash: [3, 4] },
} as const;

const heading = (text: string): FigureRow =>
  rowOf({ block: 'words', height: 24, text, size: 16, bold: true, colour: ink.text }, 14);

/** What the score is at each dose, with the interval of its difference from the champion. */
function doseChart({ champion, innate, untrained }: Controls, { name, points }: DoseCurve): ChartBlock {
  const own = champion.mean;
  const at = (of: (loss: FreshLoss) => number): Point[] =>
    [...points.map(({ dose, loss }) => ({ x: dose, y: own - of(loss) })), { x: 1, y: own }].toSorted(
      (a, b) => a.x - b.x,
    );
  const scores = at(({ effect }) => effect);
  const flat = (
    score: number,
    { colour, dash }: { colour: string; dash: readonly number[] },
  ): ChartSeries => ({
    series: 'line',
    points: [
      { x: 0, y: score },
      { x: scores.at(-1)!.x, y: score },
    ],
    ...{ colour, dash, lineWidth: 1 },
  });
  const series: ChartSeries[] = [
    { series: 'line', points: scores, colour: palette.blue, lineWidth: 2, dots: 3.5 },
    flat(own, levels.champion),
    ...(innate ? [flat(innate.mean, levels.innate)] : []),
    flat(untrained.mean, levels.untrained),
    { series: 'band', low: at(({ high }) => high), high: at(({ low }) => low), fill: `${palette.blue}33` },
  ];
  return {
    block: 'chart',
    width: chartWidth,
    height: chartHeight,
    title: name,
    x: { axis: 'linear', title: 'dose (1: the champion)', min: 0, max: scores.at(-1)!.x, openEnds: true },
    y: scoreAxis('score', series),
    series,
  };
}

function doseRows({ curves }: DoseResponse, controls: Controls): FigureRow[] {
  const charts = curves.map((curve) => doseChart(controls, curve));
  const pairs = Array.from({ length: Math.ceil(charts.length / 2) }, (_, i) =>
    charts.slice(2 * i, 2 * i + 2),
  );
  const level = (text: string, { colour, dash }: { colour: string; dash: readonly number[] }) => ({
    text,
    mark: stroke(colour, 24, 1, [...dash]),
  });
  return [
    heading('Dose and response'),
    rowOf({
      block: 'legend',
      entries: [
        level('champion', levels.champion),
        ...(controls.innate ? [level('plasticity off', levels.innate)] : []),
        level('untrained', levels.untrained),
      ],
    }),
    ...pairs.map((blocks): FigureRow => ({ left: 8, gap: 12, blocks })),
  ];
}

/** @param isLoss whether what is above 0 is lost */
function barOf(name: string, { effect, low, high, failed }: FreshLoss, isLoss: boolean): NamedBar {
  const [above, below] = isLoss ? [palette.blue, palette.vermilion] : [palette.green, palette.vermilion];
  return {
    name: failed > 0 ? `${name} (${failed} broke down)` : name,
    value: effect,
    ends: [low, high],
    colour: low > 0 ? above : high < 0 ? below : palette.grey,
  };
}

const barsOf = (title: string, bars: readonly NamedBar[]): BarsBlock => ({
  block: 'bars',
  title,
  nameWidth,
  dots: true,
  bars,
});

function sensitivityRows({ units, curvature, tried }: Sensitivity): FigureRow[] {
  const worst = units.flatMap((unit) => worstOf(unit) ?? []);
  const shown = largestFirst(worst, ({ loss }) => loss.effect).slice(0, mostBars);
  const omitted = units.length - shown.length;
  const more = omitted > 0 ? `; ${count(omitted)} that lose less left out` : '';
  return [
    heading('Sensitivity'),
    rowOf(
      barsOf(
        `Loss on fresh lives by the worst move of each (intervals: all ${count(tried)} at once${more})`,
        shown.map(({ name, loss }) => barOf(name, loss, true)),
      ),
    ),
    ...(curvature
      ? [
          rowOf(
            barsOf(
              `Loss by a step of ${100 * curvature.share} % of the range along each direction, the stiffest first`,
              curvature.directions.map((of) => barOf(directionText(of), of.loss, true)),
            ),
          ),
        ]
      : []),
  ];
}

const rewardRows = ({ learned, conditions }: ShuffledReward): FigureRow[] => [
  heading('Whether it learns from its own reward'),
  rowOf(
    barsOf('What learning adds on fresh lives', [
      barOf('its own outcomes', learned, false),
      ...conditions.map((of) => barOf(of.name, of.learned, false)),
    ]),
  ),
];

const textbookRows = ({ evolved, learned, substitutes }: Substitution): FigureRow[] => [
  heading('Textbook rules in its place'),
  rowOf(
    barsOf('What learning adds on fresh lives, each rule at the best of its rates', [
      barOf(`evolved: ${evolved.join(', ')}`, learned, false),
      ...bestOfEach(substitutes).map(({ best }) => barOf(best.name, best.learned, false)),
    ]),
  ),
];

const transferRows = ({ worlds }: Transfer): FigureRow[] => [
  heading('In other worlds'),
  rowOf(
    barsOf(
      'Gain over the untrained start on fresh lives',
      worlds.map(({ name, gain }) => barOf(name, gain, false)),
    ),
  ),
];

/** What follows where a champion is perturbed, a part for each measurement. */
export function perturbationFigure(run: string, findings: PerturbationFindings): Figure {
  const { controls, sensitivity, dose, shuffledReward, textbook, transfer } = findings;
  return {
    title: `The champion of ${run}, perturbed`,
    subtitle: `${controls.champion.n} fresh lives: ${controls.about}; whiskers and bands: 95 %, all of a list at once`,
    width,
    rows: [
      ...(sensitivity ? sensitivityRows(sensitivity) : []),
      ...(dose ? doseRows(dose, controls) : []),
      ...(shuffledReward ? rewardRows(shuffledReward) : []),
      ...(textbook ? textbookRows(textbook) : []),
      ...(transfer ? transferRows(transfer) : []),
    ],
    bottom: 24,
  };
}
