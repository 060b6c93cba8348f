import type { Controls } from '../inspect/perturbation/conditions.js';
import type { DoseCurve, DoseResponse } from '../inspect/perturbation/dose.js';
import type { Sensitivity } from '../inspect/perturbation/sensitivity.js';
import type { ShuffledReward } from '../inspect/perturbation/shuffled-reward.js';
import type { Substitute, Substitution } from '../inspect/perturbation/textbook.js';
import type { Transfer } from '../inspect/perturbation/transfer.js';
import type { Spread } from '../math/statistics.js';
import { intervalLines } from './attribution.js';
import { learnedText, lossCells } from './losses.js';
import { figure, figuresThatCount, meanAndSd, spreadText } from './numbers.js';
import type { Report, ReportSection } from './report.js';
import { sensitivitySections } from './sensitivity.js';

/** What was found of a champion that was perturbed: one field for each measurement that was asked for. */
export interface PerturbationMeasurements {
  sensitivity?: Sensitivity;
  dose?: DoseResponse;
  shuffledReward?: ShuffledReward;
  textbook?: Substitution;
  transfer?: Transfer;
}

export interface PerturbationFindings extends PerturbationMeasurements {
  controls: Controls;
}

/** At which doses the score is clearly another, in words. */
function doseVerdict({ points }: DoseCurve): string {
  if (points.every(({ loss }) => loss.differing + loss.failed === 0)) return 'no dose changes any life';
  const at = (isMeant: (point: DoseCurve['points'][number]) => boolean) =>
    points
      .filter(isMeant)
      .map(({ dose }) => dose)
      .join(', ');
  const [falls, rises] = [at(({ loss }) => loss.low > 0), at(({ loss }) => loss.high < 0)];
  if (falls === '' && rises === '') return 'no dose makes a clear difference';
  return [
    ...(falls === '' ? [] : [`the score falls clearly at ${falls}`]),
    ...(rises === '' ? [] : [`it rises clearly at ${rises}`]),
  ].join('; ');
}

function doseSection(found: DoseResponse): ReportSection {
  return {
    title: 'Dose and response',
    parts: [
      {
        part: 'table',
        columns: ['quantity', 'dose', 'score', 'loss, fresh', 'interval', ''],
        rows: found.curves.flatMap(({ name, points }) =>
          points.map(({ dose, score, loss }) => [name, dose, meanAndSd(score), ...lossCells(loss)]),
        ),
      },
      {
        part: 'fields',
        fields: found.curves.flatMap((curve) => [
          [curve.name, doseVerdict(curve)],
          ['', curve.about],
        ]),
      },
      {
        part: 'lines',
        lines: [
          'Dose 1 is the champion as it is. A task that reads the level of a modulator reads what it would be at dose 1, but at dose 0 it reads the baseline.',
        ],
      },
    ],
  };
}

function rewardSection(found: ShuffledReward, champion: Spread): ReportSection {
  return {
    title: 'Whether it learns from its own reward',
    aside: found.teaching,
    parts: [
      {
        part: 'table',
        columns: ['taught by', 'score', 'loss, fresh', 'interval', '', 'what learning adds'],
        rows: [
          ['its own outcomes', meanAndSd(champion), '-', '-', '', learnedText(found.learned)],
          ...found.conditions.map(({ name, score, loss, learned }) => [
            name,
            meanAndSd(score),
            ...lossCells(loss),
            learnedText(learned),
          ]),
        ],
      },
      {
        part: 'lines',
        lines: [
          "Another life's teaching: what the same champion was taught in another life of the same task comes at the times at which it came there (a yoked control). The score is that of its own acts.",
          found.notShuffled === null
            ? "Own values in shuffled order: the times are the life's own, and the values stand in another order."
            : `Own values were not shuffled: ${found.notShuffled}.`,
          `The task taught ${figuresThatCount(found.lessons, 4)} times a life, in ${found.lookedAt} fresh lives that were looked at.`,
          'What learning still adds here does not come from the outcomes of its own acts.',
        ],
      },
    ],
  };
}

/** A rule's learning rate; of several that stand in one ratio, the first. */
function rateText({ rate, rates }: Substitute): string {
  const [[name, value], ...others] = Object.entries(rates) as [[string, number], ...unknown[]];
  const many = others.length > 0 ? ` and ${others.length} more in their ratio` : '';
  const of = rate === 'own' ? 'its default' : `the champion's x ${rate}`;
  return `${of} (${name} ${figuresThatCount(value, 3)}${many})`;
}

/** Of each rule the rate that scores best, the best rule first. */
export function bestOfEach(substitutes: readonly Substitute[]): { best: Substitute; tried: number }[] {
  const score = ({ score: { mean } }: Substitute) =>
    Number.isFinite(mean) ? mean : Number.NEGATIVE_INFINITY;
  const rules = [...new Set(substitutes.map(({ rule }) => rule))];
  const ofRules = rules.map((rule) => substitutes.filter((of) => of.rule === rule));
  return ofRules
    .map((ofRule) => ({
      best: ofRule.reduce((best, of) => (score(of) > score(best) ? of : best)),
      tried: ofRule.length,
    }))
    .toSorted((a, b) => score(b.best) - score(a.best));
}

function textbookSection(found: Substitution, champion: Spread): ReportSection {
  const { substitutes, misfits, standsIn, evolved, projections } = found;
  return {
    title: 'Textbook rules in its place',
    aside: `on ${projections.join(', ')}; ${substitutes.length} rules and rates`,
    parts: [
      {
        part: 'table',
        columns: [
          'rule',
          'rates tried',
          'best learning rate',
          'score',
          'loss, fresh',
          'interval',
          '',
          'what learning adds',
        ],
        rows: [
          [evolved.join(', '), '-', 'evolved', meanAndSd(champion), '-', '-', '', learnedText(found.learned)],
          ...bestOfEach(substitutes).map(({ best, tried }) => [
            best.rule,
            tried,
            rateText(best),
            meanAndSd(best.score),
            ...lossCells(best.loss),
            learnedText(best.learned),
          ]),
        ],
      },
      {
        part: 'lines',
        lines: [
          "Only the rule is another. Weights, bounds and all else are the champion's, and the rule's other parameters have its defaults. Nothing was tuned but the rate, while the champion's rule evolved.",
          'The best of several rates is flattered by the choice. The intervals of all rules and rates hold at once, and so allow for that. --json has every rate.',
          ...(standsIn === null
            ? []
            : [`The network has no dopamine: ${standsIn}, which the task teaches by, stands for it.`]),
          ...misfits.map(({ rule, why }) => `${rule} does not fit: ${why}`),
        ],
      },
    ],
  };
}

function transferSection(found: Transfer): ReportSection {
  const learns = found.worlds.some(({ innate }) => innate !== null);
  return {
    title: 'In other worlds',
    parts: [
      {
        part: 'table',
        columns: [
          'world',
          'chance',
          'untrained',
          ...(learns ? ['innate'] : []),
          'champion',
          'ceiling',
          'reached',
          'gain',
          'interval',
          '',
          ...(learns ? ['what learning adds'] : []),
        ],
        rows: found.worlds.map((of) => [
          of.name,
          figure(of.chance.mean),
          meanAndSd(of.untrained),
          ...(learns ? [of.innate ? meanAndSd(of.innate) : '-'] : []),
          meanAndSd(of.champion),
          figure(of.ceiling),
          Number.isFinite(of.reached) ? `${figuresThatCount(100 * of.reached, 3)} %` : '-',
          ...lossCells(of.gain),
          ...(learns ? [of.learned ? learnedText(of.learned) : '-'] : []),
        ]),
      },
      {
        part: 'lines',
        lines: [
          'The champion lives there as it is: nothing evolves any more. "gain" is its score less that of the untrained start, "reached" where it stands between chance (0 %) and ceiling (100 %).',
          `Lives: ${[...new Set(found.worlds.map(({ about }) => about))].join('; ')}.`,
        ],
      },
    ],
  };
}

/** What stands beside every perturbation. */
const controlSection = ({ about, champion, untrained, innate }: Controls): ReportSection => ({
  title: 'The champion and its controls',
  aside: about,
  parts: [
    {
      part: 'fields',
      fields: [
        ['champion', spreadText(champion)],
        ['untrained', spreadText(untrained)],
        ['innate (plasticity off)', innate ? spreadText(innate) : 'nothing learns'],
      ],
    },
    {
      part: 'lines',
      lines: [
        'Loss: how much the score falls below that of the champion in the same lives.',
        ...intervalLines(champion.n, 'rows of a table'),
      ],
    },
  ],
});

/** What follows where a champion is perturbed. */
export function perturbationReport(run: string, findings: PerturbationFindings): Report {
  const { controls, sensitivity, dose, shuffledReward, textbook, transfer } = findings;
  return {
    data: { run, ...findings },
    sections: [
      controlSection(controls),
      ...(sensitivity ? sensitivitySections(sensitivity) : []),
      ...(dose ? [doseSection(dose)] : []),
      ...(shuffledReward ? [rewardSection(shuffledReward, controls.champion)] : []),
      ...(textbook ? [textbookSection(textbook, controls.champion)] : []),
      ...(transfer ? [transferSection(transfer)] : []),
    ],
  };
}
