import type { Champion, ReferenceScores } from '../evolve/run-result.js';
import { figure } from './numbers.js';
import type { ReportField } from './report.js';

/** What the champion scores on scenarios that evolution never saw, beside the start and their ceiling; nothing where none are. */
export const heldOutFields = (
  { heldOut }: Pick<Champion, 'heldOut'>,
  { heldOutCeiling }: Pick<ReferenceScores, 'heldOutCeiling'>,
): ReportField[] =>
  heldOut
    ? [
        [
          'held out',
          `${figure(heldOut.score)} (untrained ${figure(heldOut.untrained)}, ceiling ${figure(heldOutCeiling?.score)})`,
        ],
      ]
    : [];
