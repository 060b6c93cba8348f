import type { RunResult } from '../evolve/run-result.js';
import type { RunSpec } from '../evolve/run-spec.js';
import { count } from '../figure/theme.js';
import { figure, spreadText } from './numbers.js';
import type { ReportField } from './report.js';

/** By which lives the champion was chosen, and from what; nothing where a run does not ask for that. */
export function validationFields(
  result: Pick<RunResult, 'validation' | 'best'> | null,
  spec: Pick<RunSpec, 'validation'>,
): ReportField[] {
  const validation = result?.validation;
  if (validation === undefined)
    return spec.validation ? [['validated', 'not yet: that is done when the run ends']] : [];
  const { lives, finalists } = validation;
  const sound = finalists.filter(({ objective }) => Number.isFinite(objective));
  const [first, ...others] = sound;
  const among = finalists.length === 1 ? '1 genome' : `${count(finalists.length)} genomes`;
  const what = `${among} of the search, ${count(lives)} lives of each, which neither the search nor the fresh score has`;
  if (first === undefined)
    return [
      ['validated', `${what}: every one had a life that failed, so the best of the search is the champion`],
    ];
  const failed = finalists.length - sound.length;
  const asScored = sound.every(({ score, objective }) => Math.abs(score.mean - objective) < 1e-9);
  const ranked = others.map(({ objective }) => objective).toSorted((a, b) => a - b);
  const range = ranked.length > 1 ? `${figure(ranked[0])} to ${figure(ranked.at(-1))}` : figure(ranked[0]);
  return [
    ['validated', what],
    [
      '',
      (asScored
        ? `the champion had ${spreadText(first.score)}`
        : `the champion had the objective ${figure(first.objective)}, with a score of ${spreadText(first.score)}`) +
        (ranked.length > 0 ? `, the ${ranked.length > 1 ? 'others' : 'other'} ${range}` : '') +
        (failed > 0 ? `; ${count(failed)} had a life that failed` : '') +
        '. The best of several is a lucky one: quote the fresh score',
    ],
    ...(first.violation === undefined
      ? []
      : ([
          [
            '',
            `limits come first: it is beyond them by ${figure(first.violation)} there${others.length > 0 ? ', and no other by less' : ''}`,
          ],
        ] as const)),
  ];
}
