import type { Rows } from '../even-rows.js';
import { lanes, type Precision } from '../layout.js';
import type { Emission } from './part.js';

/** Where the arrays of a route stand. */
export interface RoutePlaces {
  /** i32 `[cells + 1]` address of the first target of each presynaptic cell; of plastic and dense routes its number */
  rows: number;
  /** i32 `[synapses]` address of what receives the weight */
  targets: number;
  /** `[synapses]` */
  weights: number;
  /** Whether synapses come in pairs. */
  even: boolean;
}

/** Rows, and where they stand. */
export type LaidRows = RoutePlaces & { of: Rows };

export const layRows = ({ layout, precision }: Emission, of: Rows & { even?: boolean }): LaidRows => ({
  rows: layout.take(of.rowStart.length * 4),
  targets: layout.take(of.target.length * 4),
  weights: layout.take(of.target.length * lanes[precision].bytes),
  even: of.even ?? false,
  of,
});

const at = (base: number, index: string, shift: number) =>
  `(i32.add (i32.const ${base}) (i32.shl ${index} (i32.const ${shift})))`;

/**
 * The loop over the synapses of the row of the cell `$cell`, two at a time; `body(k)` is what the k-th of them does, with
 * `$target` the address of what it acts on, and its weight at `$w` plus k numbers.
 */
export function rowLoop(places: RoutePlaces, precision: Precision, body: (offset: number) => string): string {
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

export const rowLocals =
  '(local $cell i32) (local $s i32) (local $last i32) (local $w i32) (local $target i32)';

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
