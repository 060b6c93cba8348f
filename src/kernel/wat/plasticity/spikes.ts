import type { Assignment } from '../../../network/model/terms.js';
import { lanes } from '../../layout.js';
import { listFunction } from '../rows.js';
import { shareCode, shareLocals } from '../short-term.js';
import { cell, entryAt, overRow, scaleToBytes, setSynapseOffset, withinPopulation } from './loops.js';
import type { RuleText } from './rule-text.js';
import type { RuleSurroundings } from './surroundings.js';

/** Sets `$post` and loads the postsynaptic traces that statements use. */
export const enterPost = ({ plastic }: RuleSurroundings, text: RuleText, statements: readonly Assignment[]) =>
  `(local.set $post ${entryAt(plastic.post)})
      ${text.traces('post', statements)}`;

/** The synapses of cells whose spikes arrive: they transmit, then learn. */
export function arriveCode(of: RuleSurroundings, text: RuleText): string {
  const { index, learning, rows, shortTerm, precision, dtMs } = of;
  const { onPre } = learning.plan;
  const { scalar: T } = lanes[precision];
  const sign = learning.projection.plasticity!.sign ?? 1;
  const sent = shortTerm ? `(${T}.mul (local.get $w) (local.get $share))` : '(local.get $w)';
  const deliver = `(local.set $target ${entryAt(rows.targets)})
      (${T}.store (local.get $target) (${T}.${sign > 0 ? 'add' : 'sub'} (${T}.load (local.get $target)) ${sent}))`;
  return listFunction(
    `$deliver${index}`,
    `(local $cell i32) (local $target i32) ${text.locals} ${shortTerm ? shareLocals(precision) : ''}`,
    text.before,
    withinPopulation(
      of,
      'pre',
      `${shortTerm ? shareCode(shortTerm, precision, dtMs) : ''}
      ${scaleToBytes(of, 'pre')}
      ${text.traces('pre', onPre)}
      ${overRow(
        rows.rows,
        cell,
        `${setSynapseOffset(of)}
        ${onPre.length > 0 ? enterPost(of, text, onPre) : ''}
        ${text.synapse(onPre, deliver)}`,
      )}`,
    ),
  );
}

/** The synapses onto cells that fired learn. */
export function learnCode(of: RuleSurroundings, text: RuleText): string {
  const { index, learning, plastic } = of;
  const { onPost } = learning.plan;
  return listFunction(
    `$learn${index}`,
    `(local $cell i32) ${text.locals}`,
    text.before,
    withinPopulation(
      of,
      'post',
      `(local.set $cell (local.get $post))
      ${scaleToBytes(of, 'post')}
      ${text.traces('post', onPost)}
      ${overRow(
        plastic.columns,
        cell,
        `(local.set $at ${entryAt(plastic.columnSynapse)})
        (local.set $pre ${entryAt(plastic.columnPre)})
        ${text.traces('pre', onPost)}
        ${text.synapse(onPost)}`,
      )}`,
    ),
  );
}
