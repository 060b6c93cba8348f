import type { FreshLoss } from '../inspect/attribution/types.js';
import type { Controls } from '../inspect/perturbation/conditions.js';
import { figure, spreadText } from './numbers.js';
import type { ReportField } from './report.js';

/** What stands beside everything that is perturbed. */
export const controlFields = ({ champion, untrained, innate }: Controls): ReportField[] => [
  ['champion', spreadText(champion)],
  ['untrained', spreadText(untrained)],
  ['innate (plasticity off)', innate ? spreadText(innate) : 'nothing learns'],
];

/** A mean difference with its interval, and the lives that failed. */
export const lossCells = ({ effect, low, high, failed }: FreshLoss): string[] => [
  figure(effect),
  `${figure(low)} to ${figure(high)}`,
  failed > 0 ? `${failed} broke down` : '',
];

/** Whether learning comes where it was looked for, in words. */
export function learnedText({ effect, low, high }: FreshLoss): string {
  const by = `${figure(Math.abs(effect))} (${figure(low)} to ${figure(high)})`;
  if (low > 0) return `learning adds ${by}`;
  if (high < 0) return `learning costs ${by}`;
  return `no clear learning: ${effect < 0 ? 'costs' : 'adds'} ${by}`;
}
