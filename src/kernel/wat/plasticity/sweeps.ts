import type { Assignment } from '../../../network/model/terms.js';
import { lanes } from '../../layout.js';
import { cell, entryAt, overRow, setSynapseOffset } from './loops.js';
import type { RuleText } from './rule-text.js';
import { enterPost } from './spikes.js';
import type { RuleSurroundings } from './surroundings.js';

/** Carries out statements at every synapse of the route, in order. */
export function sweepCode(
  of: RuleSurroundings,
  text: RuleText,
  name: string,
  statements: readonly Assignment[],
): string {
  const { first, population } = of.learning.from;
  return `(func ${name} (local $cell i32) ${text.locals}
    ${text.before}
    (local.set $cell (i32.const ${first}))
    (loop $cells
      (local.set $pre (i32.shl (i32.sub (local.get $cell) (i32.const ${first})) (i32.const ${lanes[of.precision].shift})))
      ${text.traces('pre', statements)}
      ${overRow(of.rows.rows, cell, `${setSynapseOffset(of)} ${enterPost(of, text, statements)} ${text.synapse(statements)}`)}
      (local.set $cell (i32.add (local.get $cell) (i32.const 1)))
      (br_if $cells (i32.lt_u (local.get $cell) (i32.const ${first + population.count})))))`;
}

/** Adds up the weights onto each cell, where a rule uses their mean. */
export function sumCode(of: RuleSurroundings, text: RuleText): string {
  const { index, plastic, precision } = of;
  const { incoming, synapses } = plastic;
  const { scalar: T } = lanes[precision];
  if (!incoming) return '';
  return `(func $sum${index} ${text.locals}
      ${text.before}
      (block $none
        (br_if $none (i32.const ${synapses === 0 ? 1 : 0}))
        (loop $synapses
          ${setSynapseOffset(of)}
          (local.set $post ${entryAt(plastic.post)})
          ${text.synapse(
            [],
            `(${T}.store offset=${incoming.sums} (local.get $post)
              (${T}.add (${T}.load offset=${incoming.sums} (local.get $post)) (local.get $w)))`,
          )}
          (local.set $s (i32.add (local.get $s) (i32.const 4)))
          (br_if $synapses (i32.lt_u (local.get $s) (i32.const ${synapses * 4}))))))`;
}
