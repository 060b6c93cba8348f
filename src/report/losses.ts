import type { FreshLoss } from '../inspect/attribution/types.js';
import { figure } from './numbers.js';

/** A mean difference with its interval, and the lives that failed. */
export const lossCells = ({ effect, low, high, failed }: FreshLoss): string[] => [
  figure(effect),
  `${figure(low)} to ${figure(high)}`,
  failed > 0 ? `${failed} broke down` : '',
];

/** What learning adds, with its interval, and whether that is clear. */
export const learnedText = ({ effect, low, high }: FreshLoss): string =>
  `${figure(effect)} (${figure(low)} to ${figure(high)})${low > 0 || high < 0 ? '' : ', not clear'}`;
