import type { InnateHistory, InnateTrend, MeanOverLives } from '../inspect/innate.js';
import { figure } from './numbers.js';
import type { Report } from './report.js';

const interval = ({ low, high }: MeanOverLives) => `${figure(low)} to ${figure(high)}`;

const isUp = ({ low }: MeanOverLives) => low > 0;
const isDown = ({ high }: MeanOverLives) => high < 0;

/** What became of one score from the first elite to the last, in words. */
function riseText(name: string, rise: MeanOverLives): string {
  const went = isUp(rise) ? 'rises' : isDown(rise) ? 'falls' : 'is not seen to change';
  return `${name} ${went}: ${figure(rise.mean)} (95 %: ${interval(rise)}).`;
}

/** What that says of what was learned and what is inborn, no further than it goes. */
function verdictOf({ innate, learned, gain }: InnateTrend): string {
  if (isUp(innate) && isDown(gain) && !isDown(learned))
    return 'What is inborn grows while learning adds less: so it looks where what was learned is taken over by what is inborn.';
  if (isUp(innate) && !isDown(gain))
    return 'What is inborn grows, and learning adds no less for it: nothing of what was learned is seen to be taken over.';
  if (isDown(gain))
    return 'Learning adds less, but what is inborn is not seen to grow: that is no taking over of what was learned.';
  if (isUp(gain)) return 'Learning adds more and more: what evolves is the ability to learn.';
  return 'Neither what is inborn nor what learning adds is seen to change.';
}

function trendLines({ points, trend, lives, broken }: InnateHistory): string[] {
  if (trend === null)
    return ['There are too few elites, or lives that no elite broke down in, for a line through them.'];
  return [
    `A straight line through the ${points.length} elites by evaluations, from the first to the last:`,
    `  ${riseText('The innate score', trend.innate)}`,
    `  ${riseText('The learned score', trend.learned)}`,
    `  ${riseText('What learning adds', trend.gain)}`,
    verdictOf(trend),
    `Intervals are of ${lives - broken} lives that were resampled, and not of searches: this is one run.`,
  ];
}

/** The innate and the learned score of a run's elites by step. */
export function innateReport(run: string, found: InnateHistory): Report {
  const { points, lives, broken, about, improvementsLeftOut } = found;
  return {
    data: { run, ...found },
    sections: [
      {
        title: 'Innate and learned scores of elites by step',
        aside: `the best of each step, in the same ${lives} fresh lives with plasticity and without (${about})`,
        parts: [
          {
            part: 'table',
            columns: [
              ...['step', 'evaluations', 'score', 'better'],
              ...['innate', 'interval', 'learned', 'interval', 'what learning adds', 'interval'],
            ],
            rows: points.map(({ step, evaluations, score, improved, innate, learned, gain }) => [
              step ?? 'untrained',
              evaluations,
              figure(score),
              improved ? 'yes' : '-',
              ...[innate, learned, gain].flatMap((of) => [figure(of.mean), interval(of)]),
            ]),
          },
        ],
      },
      { title: 'What becomes of what was learned', parts: [{ part: 'lines', lines: trendLines(found) }] },
    ],
    notices: [
      ...(improvementsLeftOut > 0
        ? [`${improvementsLeftOut} improvements of the run are not shown: 20 are, evenly chosen.`]
        : []),
      ...(broken > 0
        ? [`${broken} of ${lives} lives broke down for at least one elite, and are left out for all.`]
        : []),
    ],
  };
}
