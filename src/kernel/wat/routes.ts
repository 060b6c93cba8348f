import { lanes, type Precision } from '../layout.js';

/** Where the arrays of a route stand. */
export interface RoutePlaces {
  /** i32 `[cells + 1]` address of the first target of each presynaptic cell; of plastic and dense routes its number */
  rows: number;
  /** i32 `[synapses]` address of what receives the weight */
  targets: number;
  /** `[synapses]` */
  weights: number;
  /** Whether synapses come in pairs. */
  even?: boolean;
}

const at = (base: number, index: string, shift: number) =>
  `(i32.add (i32.const ${base}) (i32.shl ${index} (i32.const ${shift})))`;

/**
 * The loop over the synapses of the row of the cell `$cell`, two at a time; `body(k)` is what the k-th of them does, with
 * `$target` the address of what it acts on, and its weight at `$w` plus k numbers.
 */
function rowLoop(places: RoutePlaces, precision: Precision, body: (offset: number) => string): string {
  const { bytes } = lanes[precision];
  const row = (offset: number) =>
    `(i32.load offset=${places.rows + offset} (i32.shl (local.get $cell) (i32.const 2)))`;
  const one = (k: number) =>
    `(local.set $target (i32.load offset=${4 * k} (local.get $s))) ${body(k * bytes)}`;
  const step = (count: number) => `(local.set $w (i32.add (local.get $w) (i32.const ${count * bytes})))
    (local.set $s (i32.add (local.get $s) (i32.const ${count * 4})))`;
  const within = `(i32.sub (local.get $s) (i32.const ${places.targets}))`;
  const odd = `(if (i32.and (i32.sub (local.get $last) (local.get $s)) (i32.const 4)) (then ${one(0)} ${step(1)}))`;
  return `(local.set $s ${row(0)})
    (local.set $last ${row(4)})
    (local.set $w ${at(places.weights, within, lanes[precision].shift - 2)})
    ${places.even ? '' : odd}
    (block $rowDone
      (br_if $rowDone (i32.ge_u (local.get $s) (local.get $last)))
      (loop $synapses
        ${one(0)} ${one(1)} ${step(2)}
        (br_if $synapses (i32.lt_u (local.get $s) (local.get $last)))))`;
}

const rowLocals = '(local $cell i32) (local $s i32) (local $last i32) (local $w i32) (local $target i32)';

/** A function over a list of cells from `$list` to `$end`; `each` sees `$cell`. */
export const listFunction = (name: string, locals: string, before: string, each: string) => `
(func ${name} (param $list i32) (param $end i32) ${locals}
  (block $done
    (br_if $done (i32.ge_u (local.get $list) (local.get $end)))
    ${before}
    (loop $next
      (local.set $cell (i32.load (local.get $list)))
      ${each}
      (local.set $list (i32.add (local.get $list) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $list) (local.get $end))))))`;

/** Every synapse of the listed cells adds its weight, in order. */
export function deliverCode(index: number | 'Forced', places: RoutePlaces, precision: Precision): string {
  const { scalar } = lanes[precision];
  const body = (offset: number) => `(${scalar}.store (local.get $target)
    (${scalar}.add (${scalar}.load (local.get $target)) (${scalar}.load offset=${offset} (local.get $w))))`;
  return listFunction(`$deliver${index}`, rowLocals, '', rowLoop(places, precision, body));
}

/** The same for a dense route: whole vectors of weights at once, then the rest. */
export function denseDeliverCode(index: number, places: RoutePlaces, precision: Precision): string {
  const { scalar, vector, bytes, shift } = lanes[precision];
  const row = (offset: number) =>
    `(i32.load offset=${places.rows + offset} (i32.shl (local.get $cell) (i32.const 2)))`;
  const add = (type: string, load: string, store: string, offset: number) =>
    `(${store} offset=${offset} (local.get $target) (${type}.add (${load} offset=${offset} (local.get $target))
      (${load} offset=${offset} (local.get $w))))`;
  const loop = (label: string, atOnce: number, body: string) => `
    (block $${label}Done
      (loop $${label}
        (br_if $${label}Done (i32.gt_u (i32.add (local.get $w) (i32.const ${atOnce})) (local.get $last)))
        ${body}
        (local.set $w (i32.add (local.get $w) (i32.const ${atOnce})))
        (local.set $target (i32.add (local.get $target) (i32.const ${atOnce})))
        (br $${label})))`;
  const four = [0, 16, 32, 48].map((offset) => add(vector, 'v128.load', 'v128.store', offset)).join('\n');
  const body = `(local.set $s ${row(0)})
    (local.set $last ${at(places.weights, row(4), shift)})
    (if (i32.lt_u (local.get $s) ${row(4)}) (then
      (local.set $target (i32.load offset=${places.targets} (i32.shl (local.get $s) (i32.const 2))))))
    (local.set $w ${at(places.weights, '(local.get $s)', shift)})
    ${loop('vectors', 64, four)}
    ${loop('numbers', bytes, add(scalar, `${scalar}.load`, `${scalar}.store`, 0))}`;
  return listFunction(`$deliver${index}`, rowLocals, '', body);
}

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

/** The same with short-term plasticity. */
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

/** Where the arrays of the synapses onto a port without spikes stand; see ../slices.ts. */
export interface SlicePlaces {
  /** i32 `[slices + 1]` byte offset of each slice's first entry, of 4 bytes a lane */
  start: number;
  slices: number;
  /** i32 `[entries * lanes]` address of what is sent */
  sent: number;
  /** `[entries * lanes]` */
  weights: number;
  /** i32 `[slices * lanes]` address of what receives the sum */
  targets: number;
}

/** The weighted sum of what is sent to each cell of a port, in the place of what was there. */
export function spreadCode(index: number, places: SlicePlaces, precision: Precision): string {
  const { scalar: T, vector, count, shift } = lanes[precision];
  const bits = precision === 'f32' ? 32 : 64;
  const sentTo = (lane: number) => `(i32.load offset=${places.sent + 4 * lane} (local.get $entry))`;
  let sent = `(v128.load${bits}_zero ${sentTo(0)})`;
  for (let lane = 1; lane < count; lane++) sent = `(v128.load${bits}_lane ${lane} ${sentTo(lane)} ${sent})`;
  const weight = `(v128.load offset=${places.weights} (i32.shl (local.get $entry) (i32.const ${shift - 2})))`;
  const stores = Array.from(
    { length: count },
    (_, lane) => `(${T}.store (i32.load offset=${places.targets + 4 * lane} (local.get $target))
      (${vector}.extract_lane ${lane} (local.get $sum)))`,
  );
  return `(func $spread${index} (local $slice i32) (local $entry i32) (local $end i32) (local $target i32) (local $sum v128)
    (loop $next
      (local.set $sum (v128.const i32x4 0 0 0 0))
      (local.set $end (i32.load offset=${places.start + 4} (local.get $slice)))
      (loop $entries
        (local.set $sum (${vector}.add (local.get $sum) (${vector}.mul ${weight} ${sent})))
        (local.set $entry (i32.add (local.get $entry) (i32.const ${4 * count})))
        (br_if $entries (i32.lt_u (local.get $entry) (local.get $end))))
      ${stores.join('\n')}
      (local.set $target (i32.add (local.get $target) (i32.const ${4 * count})))
      (local.set $slice (i32.add (local.get $slice) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $slice) (i32.const ${4 * places.slices})))))`;
}
