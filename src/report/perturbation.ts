import type { DoseCurve, DoseResponse } from '../inspect/perturbation/dose.js';
import type { Sensitivity } from '../inspect/perturbation/sensitivity.js';
import type { ShuffledReward } from '../inspect/perturbation/shuffled-reward.js';
import type { Substitute, Substitution } from '../inspect/perturbation/textbook.js';
import type { Transfer } from '../inspect/perturbation/transfer.js';
import { intervalLines } from './attribution.js';
import { controlFields, learnedText, lossCells } from './controls.js';
import { figure, figuresThatCount, meanAndSd } from './numbers.js';
import type { Report, ReportSection } from './report.js';
import { sensitivitySections } from './sensitivity.js';

/** What was found of a champion that was perturbed: one field for each measurement that was asked for. */
export interface PerturbationFindings {
  sensitivity?: Sensitivity;
  dose?: DoseResponse;
  shuffledReward?: ShuffledReward;
  textbook?: Substitution;
  transfer?: Transfer;
}

/** At which doses the score is clearly another, in words. */
function doseVerdict({ name, points }: DoseCurve): string {
  const at = (isMeant: (point: DoseCurve['points'][number]) => boolean) =>
    points
      .filter(isMeant)
      .map(({ dose }) => dose)
      .join(', ');
  const [falls, rises] = [at(({ loss }) => loss.low > 0), at(({ loss }) => loss.high < 0)];
  if (falls === '' && rises === '') return `${name}: no dose makes a clear difference.`;
  return `${name}: ${[
    ...(falls === '' ? [] : [`the score falls clearly at ${falls}`]),
    ...(rises === '' ? [] : [`it rises clearly at ${rises}`]),
  ].join('; ')}.`;
}

function doseSection(found: DoseResponse): ReportSection {
  return {
    title: 'Dose and response',
    aside: found.about,
    parts: [
      { part: 'fields', fields: controlFields(found) },
      {
        part: 'table',
        columns: ['quantity', 'dose', 'score', 'loss, fresh', 'interval', ''],
        rows: found.curves.flatMap(({ name, points }) =>
          points.map(({ dose, score, loss }) => [name, dose, meanAndSd(score), ...lossCells(loss)]),
        ),
      },
      {
        part: 'lines',
        lines: [
          ...found.curves.map(doseVerdict),
          ...found.curves.map(({ name, about }) => `${name}: ${about}.`),
          'Dose 1 is the champion as it is; dose 0 is without. What the task itself reads of a modulator stays as it would be at dose 1.',
          ...intervalLines(found.champion.n, `${found.tried} doses`),
        ],
      },
    ],
  };
}

function rewardSection(found: ShuffledReward): ReportSection {
  return {
    title: 'Whether it learns from its own reward',
    aside: `${found.teaching}; ${found.about}`,
    parts: [
      { part: 'fields', fields: controlFields(found) },
      {
        part: 'table',
        columns: ['taught by', 'score', 'loss, fresh', 'interval', '', 'what learning adds'],
        rows: [
          ['its own outcomes', meanAndSd(found.champion), '-', '-', '', learnedText(found.learned)],
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
          ...intervalLines(found.champion.n, 'losses'),
          'The intervals of what learning adds hold at once among themselves.',
        ],
      },
    ],
  };
}

const rateText = ({ rate, rates }: Substitute) =>
  `${rate === 'own' ? 'own default' : `champion's x ${rate}`} (${Object.entries(rates)
    .map(([name, value]) => `${name} ${figuresThatCount(value, 3)}`)
    .join(', ')})`;

function textbookSection(found: Substitution): ReportSection {
  const { substitutes, misfits, standsIn, evolved, projections } = found;
  return {
    title: 'Textbook rules in its place',
    aside: `on ${projections.join(', ')}; ${found.about}`,
    parts: [
      { part: 'fields', fields: controlFields(found) },
      {
        part: 'table',
        columns: ['rule', 'learning rate', 'score', 'loss, fresh', 'interval', '', 'what learning adds'],
        rows: [
          [
            evolved.join(', '),
            'evolved',
            meanAndSd(found.champion),
            '-',
            '-',
            '',
            learnedText(found.learned),
          ],
          ...substitutes.map((of) => [
            of.rule,
            rateText(of),
            meanAndSd(of.score),
            ...lossCells(of.loss),
            learnedText(of.learned),
          ]),
        ],
      },
      {
        part: 'lines',
        lines: [
          "Only the rule gives way. Weights, bounds and all else are the champion's; the rule's other parameters have its defaults. Nothing was tuned but the rate, while the champion's rule evolved.",
          'The best of several rates is flattered by the choice: the intervals of all rows hold at once, and so allow for that.',
          ...(standsIn === null
            ? []
            : [`The network has no dopamine: ${standsIn}, which the task teaches by, stands for it.`]),
          ...misfits.map(({ rule, why }) => `${rule} does not fit: ${why}.`),
          ...intervalLines(found.champion.n, `${substitutes.length} rows`),
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
          ...intervalLines(found.champion.n, `${found.worlds.length} worlds`),
        ],
      },
    ],
  };
}

/** What follows where a champion is perturbed. */
export function perturbationReport(run: string, findings: PerturbationFindings): Report {
  const { sensitivity, dose, shuffledReward, textbook, transfer } = findings;
  return {
    data: { run, ...findings },
    sections: [
      ...(sensitivity ? sensitivitySections(sensitivity) : []),
      ...(dose ? [doseSection(dose)] : []),
      ...(shuffledReward ? [rewardSection(shuffledReward)] : []),
      ...(textbook ? [textbookSection(textbook)] : []),
      ...(transfer ? [transferSection(transfer)] : []),
    ],
  };
}
