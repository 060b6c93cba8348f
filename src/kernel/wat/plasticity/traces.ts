import { lanes } from '../../layout.js';
import type { TracePlan } from '../../learning.js';
import { listFunction } from '../rows.js';
import { bytesOfCells, overVectors, type Side, scaleToBytes, withinPopulation } from './loops.js';
import type { RuleText } from './rule-text.js';
import type { RuleSurroundings } from './surroundings.js';

const placesOf = ({ plastic }: RuleSurroundings, trace: string) =>
  plastic.traces.find(({ name }) => name === trace)!;

/** The traces of a side that spikes raise; those that count coincidences rise early. */
export const rising = ({ learning }: RuleSurroundings, side: Side, early: boolean) =>
  learning.plan.traces.filter(
    (trace) => trace.of === side && trace.each !== undefined && trace.coincident === early,
  );

/** What is stored of a trace that a spike raises, as it would be at the last rebase. */
function raised(of: RuleSurroundings, text: RuleText, { name, each }: TracePlan, side: Side): string {
  const { scalar: T } = lanes[of.precision];
  const { at, up } = placesOf(of, name);
  const here = `(local.get $${side})`;
  const one = up === undefined ? `(${T}.const 1)` : text.entry(up);
  const value =
    each === 'set'
      ? one
      : each === 'add'
        ? `(${T}.add (${T}.load offset=${at} ${here}) ${one})`
        : up === undefined
          ? `(local.get $n_${name})`
          : `(${T}.mul (local.get $n_${name}) ${one})`;
  return `(${T}.store offset=${at} ${here} ${value})`;
}

/** Raises the traces of the cells of a list; each sees the others of its side as they were before the spike. */
export function riseCode(
  of: RuleSurroundings,
  text: RuleText,
  name: string,
  side: Side,
  early: boolean,
): string {
  const { scalar: T } = lanes[of.precision];
  const traces = rising(of, side, early);
  const custom = traces.flatMap(({ name: trace, each }) =>
    typeof each === 'object' ? [{ target: trace, value: each }] : [],
  );
  const values = custom.map(({ target, value }) => `(local.set $n_${target} ${text.value(value)})`);
  const stores = traces.map((trace) => raised(of, text, trace, side));
  return listFunction(
    `$rise${of.index}${name}`,
    `(local $cell i32) ${text.locals} ${custom.map(({ target }) => `(local $n_${target} ${T})`).join(' ')}`,
    custom.length > 0 ? text.before : '',
    withinPopulation(
      of,
      side,
      `${scaleToBytes(of, side)} ${text.traces(side, custom)} ${values.join('\n')} ${stores.join('\n')}`,
    ),
  );
}

/** The traces that follow something. */
export const following = ({ learning }: RuleSurroundings) =>
  learning.plan.traces.filter(({ follows }) => follows !== undefined);

/** Brings the traces of one side a step nearer to what they follow. */
function relaxSide(of: RuleSurroundings, text: RuleText, side: Side): string {
  const { vector, splat } = lanes[of.precision];
  const relaxing = following(of).filter((trace) => trace.of === side);
  if (relaxing.length === 0) return '';
  return overVectors(
    `relax${side}`,
    bytesOfCells(of, side),
    `${relaxing
      .map(({ name, follows }) => {
        const { approach } = placesOf(of, name);
        const now = text.traceVector(name);
        return `(local.set $n_${name} (${vector}.add ${now} (${vector}.mul
            (${vector}.sub ${text.vector(follows!, side)} ${now}) (${splat} offset=${approach} (i32.const 0)))))`;
      })
      .join('\n')}
      ${relaxing
        .map(
          ({ name }) =>
            `(v128.store offset=${placesOf(of, name).at} (local.get $i) ${text.flushedVector(`(local.get $n_${name})`)})`,
        )
        .join('\n')}`,
  );
}

export const relaxCode = (of: RuleSurroundings, text: RuleText) =>
  `(func $relax${of.index} (local $i i32) ${following(of)
    .map(({ name }) => `(local $n_${name} v128)`)
    .join(' ')}
    ${relaxSide(of, text, 'pre')} ${relaxSide(of, text, 'post')})`;
