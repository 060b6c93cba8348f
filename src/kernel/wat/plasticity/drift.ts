import { lanes } from '../../layout.js';
import { bytesOfCells, bytesOfSynapses, overVectors } from './loops.js';
import type { VariablePlaces } from './places.js';
import type { RuleText } from './rule-text.js';
import type { RuleSurroundings } from './surroundings.js';

/** A variable that is turned into weight, and its number among the rule's variables. */
type Driven = VariablePlaces & { k: number };

export const drivenVariables = ({ plastic }: RuleSurroundings): Driven[] =>
  plastic.variables.flatMap((variable, k) => (variable.driven ? [{ ...variable, k }] : []));

/** As at the last rebase: nothing has been driven since. */
export const nothingDriven = (of: RuleSurroundings) =>
  drivenVariables(of)
    .map(({ k }) => `(global.set $g${of.index}_${k} (f64.const 0))`)
    .join(' ');

const load = (at: number) => `(v128.load offset=${at} (local.get $i))`;

/** Texts that functions over whole vectors of synapses share. */
function vectorTexts(of: RuleSurroundings, text: RuleText) {
  const { index, plastic, precision } = of;
  const { vector, splat } = lanes[precision];
  const driven = drivenVariables(of);
  return {
    locals: `(local $i i32) (local $w v128) (local $v v128) ${driven.map(({ k }) => `(local $g${k} v128)`).join(' ')}`,
    gains: driven
      .map(({ k }) => `(local.set $g${k} (${vector}.splat ${text.demoted(`(global.get $g${index}_${k})`)}))`)
      .join('\n'),
    bounded: (value: string) =>
      `(${vector}.min (${vector}.max ${value} (${splat} offset=${plastic.low} (i32.const 0)))
      (${splat} offset=${plastic.high} (i32.const 0)))`,
    drifted: (operation: 'add' | 'sub', weight: string) =>
      driven.reduce(
        (sum, { at, k }) => `(${vector}.${operation} ${sum} (${vector}.mul ${load(at)} (local.get $g${k})))`,
        weight,
      ),
  };
}

/** Brings all weights within their bounds. */
export function boundCode(of: RuleSurroundings, text: RuleText): string {
  const { locals, gains, bounded, drifted } = vectorTexts(of, text);
  const { weights } = of.rows;
  return `(func $bound${of.index} ${locals} ${gains}
    ${overVectors(
      'synapses',
      bytesOfSynapses(of),
      `(local.set $w ${bounded(drifted('add', load(weights)))})
      (v128.store offset=${weights} (local.get $i) ${drifted('sub', '(local.get $w)')})`,
    )})`;
}

/** Brings weights, variables and traces to their worth of now, from which they are scaled on. */
export function rebaseCode(of: RuleSurroundings, text: RuleText): string {
  const { vector } = lanes[of.precision];
  const { locals, gains, bounded, drifted } = vectorTexts(of, text);
  const { weights } = of.rows;
  const { variables, traces } = of.plastic;
  const drives = drivenVariables(of).length > 0;
  const rescaled = variables.filter(({ scaled }) => scaled);
  const decayed = ({ at, down }: { at: number; down: number | undefined }) =>
    `(local.set $v (${vector}.mul ${load(at)} ${text.entryVector(down!)}))
      (v128.store offset=${at} (local.get $i) ${text.flushedVector('(local.get $v)')})`;
  return `(func $rebase${of.index} ${locals} ${gains}
    ${
      rescaled.length === 0 && !drives
        ? ''
        : overVectors(
            'synapses',
            bytesOfSynapses(of),
            `${
              drives
                ? `(local.set $w ${bounded(drifted('add', load(weights)))})
                  (v128.store offset=${weights} (local.get $i) (local.get $w))`
                : ''
            }
            ${rescaled.map(decayed).join('\n')}`,
          )
    }
    ${nothingDriven(of)}
    ${traces
      .filter(({ down }) => down !== undefined)
      .map((trace) => overVectors(`trace${trace.name}`, bytesOfCells(of, trace.of), decayed(trace)))
      .join('\n')})`;
}

/** Brings weights within bounds where what drives them is not what drove them before. */
function guardCode({ index, plastic: { variables } }: RuleSurroundings, driven: readonly Driven[]): string {
  if (driven.length === 1)
    return `(if (f64.ne (local.get $drive${driven[0]!.k}) (f64.const 0)) (then
          (if (f64.lt (f64.mul (local.get $drive${driven[0]!.k}) (global.get $drove${index})) (f64.const 0))
            (then (call $bound${index})))
          (global.set $drove${index} (f64.copysign (f64.const 1) (local.get $drive${driven[0]!.k})))))`;
  return `(local.set $now (f64.const 0))
        ${driven
          .map(
            ({ k }) => `(if (f64.ne (local.get $drive${k}) (f64.const 0)) (then
            (local.set $now (select (f64.copysign (f64.const ${k + 1}) (local.get $drive${k})) (f64.const ${variables.length + 1})
              (f64.eq (local.get $now) (f64.const 0))))))`,
          )
          .join('\n')}
        (if (f64.ne (local.get $now) (f64.const 0)) (then
          (if (i32.or (f64.eq (local.get $now) (f64.const ${variables.length + 1}))
              (i32.and (f64.ne (local.get $now) (global.get $drove${index})) (f64.ne (global.get $drove${index}) (f64.const 0))))
            (then (call $bound${index})))
          (global.set $drove${index} (local.get $now))))`;
}

/** Sums up what a step turns into weight, of each variable that drives. There is one at least. */
export function driftCode(of: RuleSurroundings, text: RuleText): string {
  const { index, learning } = of;
  const driven = drivenVariables(of);
  return `(func $drift${index} (local $now f64) ${driven.map(({ k }) => `(local $drive${k} f64)`).join(' ')}
    ${driven
      .map(
        ({ k, levels }) => `(local.set $drive${k} ${text.drive(learning.plan.variables[k]!.drive!, levels)})`,
      )
      .join('\n')}
    ${guardCode(of, driven)}
    ${driven
      .map(({ k, integral, down64 }) => {
        const added = `(f64.mul (local.get $drive${k}) (f64.load offset=${integral} (i32.const 0)))`;
        const worth =
          down64 === undefined
            ? added
            : `(f64.mul ${added} (f64.load offset=${down64} (i32.shl (global.get $r) (i32.const 3))))`;
        return `(global.set $g${index}_${k} (f64.add (global.get $g${index}_${k}) ${worth}))`;
      })
      .join('\n')})`;
}
