import type { Validation } from '../evolve/run-result.js';
import { count } from '../figure/theme.js';
import { figure, spreadText } from './numbers.js';
import type { ReportField } from './report.js';

/** By which lives the champion was chosen, and from what; nothing where the best of the search is the champion. */
export function validationFields(validation: Validation | undefined): ReportField[] {
  if (validation === undefined) return [];
  const { lives, about } = validation;
  const [first, ...others] = validation.finalists.filter(({ objective }) => Number.isFinite(objective));
  const failed = validation.finalists.length - others.length - Number(first !== undefined);
  const what = `${count(validation.finalists.length)} genomes of the search, ${count(lives)} lives of each`;
  if (first === undefined)
    return [
      ['validated', `${what}: every one had a life that failed, so the best of the search is the champion`],
    ];
  const means = others.map(({ score }) => score.mean).toSorted((a, b) => a - b);
  return [
    ['validated', `${what}: ${about}`],
    [
      '',
      `the champion had ${spreadText(first.score)}` +
        (means.length > 0 ? `, the others ${figure(means[0])} to ${figure(means.at(-1))}` : '') +
        (failed > 0 ? `; ${count(failed)} had a life that failed` : ''),
    ],
  ];
}
