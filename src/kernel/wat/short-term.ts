import { type Layout, lanes, type Precision } from '../layout.js';
import { listFunction, type RoutePlaces, rowLocals, rowLoop } from './rows.js';

/** What is kept of the spikes of each presynaptic cell of a route with short-term plasticity. */
export interface ShortTermPlaces {
  /** `[cells]` */
  x: number;
  /** `[cells]` */
  u: number;
  /** i32 `[cells]` step of the last spike; -1 before the first */
  last: number;
  /** use, time constants of recovery and of facilitation (ms) */
  constants: number;
}

export function shortTermPlaces(layout: Layout, cells: number, precision: Precision): ShortTermPlaces {
  const { bytes } = lanes[precision];
  return {
    x: layout.take(cells * bytes),
    u: layout.take(cells * bytes),
    last: layout.take(cells * 4),
    constants: layout.take(3 * bytes),
  };
}

export const shareLocals = (precision: Precision) => {
  const { scalar: T } = lanes[precision];
  return `(local $i i32) (local $was i32) (local $elapsed ${T}) (local $share ${T})`;
};

/** Sets `$share` to what a spike of `$cell` transmits of its weights, which depends on when the cell fired before. */
export function shareCode(short: ShortTermPlaces, precision: Precision, dtMs: number): string {
  const { scalar: T, vector, bytes } = lanes[precision];
  const constant = (i: number) => `(${T}.load offset=${short.constants + i * bytes} (i32.const 0))`;
  const exp = (of: string) =>
    precision === 'f64'
      ? `(call $expScalar ${of})`
      : `(${vector}.extract_lane 0 (call $exp (${vector}.splat ${of})))`;
  const x = `(${T}.load offset=${short.x} (local.get $i))`;
  const u = `(${T}.load offset=${short.u} (local.get $i))`;
  const decay = (tau: string) => exp(`(${T}.div (${T}.neg (local.get $elapsed)) ${tau})`);
  return `(local.set $i (i32.shl (local.get $cell) (i32.const ${lanes[precision].shift})))
    (local.set $was (i32.load offset=${short.last} (i32.shl (local.get $cell) (i32.const 2))))
    (if (i32.ge_s (local.get $was) (i32.const 0)) (then
      (local.set $elapsed (${T}.mul (${T}.convert_i32_s (i32.sub (global.get $step) (local.get $was)))
        (${T}.const ${dtMs})))
      (${T}.store offset=${short.x} (local.get $i) (${T}.add (${T}.const 1) (${T}.mul
        (${T}.sub (${T}.sub ${x} (${T}.mul ${x} ${u})) (${T}.const 1)) ${decay(constant(1))})))
      (${T}.store offset=${short.u} (local.get $i) (select
        (${T}.add ${constant(0)} (${T}.mul (${T}.mul ${u} (${T}.sub (${T}.const 1) ${constant(0)}))
          ${decay(constant(2))}))
        ${constant(0)}
        (${T}.gt ${constant(2)} (${T}.const 0))))))
    (i32.store offset=${short.last} (i32.shl (local.get $cell) (i32.const 2)) (global.get $step))
    (local.set $share (${T}.mul ${x} ${u}))`;
}

/** Every synapse of the listed cells adds, of its weight, the share that the spike transmits. */
export function shortTermCode(
  index: number,
  places: RoutePlaces,
  short: ShortTermPlaces,
  precision: Precision,
  dtMs: number,
): string {
  const { scalar: T } = lanes[precision];
  const body = (offset: number) => `(${T}.store (local.get $target) (${T}.add (${T}.load (local.get $target))
    (${T}.mul (${T}.load offset=${offset} (local.get $w)) (local.get $share))))`;
  return listFunction(
    `$deliver${index}`,
    `${rowLocals} ${shareLocals(precision)}`,
    '',
    `${shareCode(short, precision, dtMs)} ${rowLoop(places, precision, body)}`,
  );
}
