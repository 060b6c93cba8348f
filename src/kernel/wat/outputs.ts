import { lanes } from '../layout.js';
import type { Emission, Part } from './part.js';

/** Of one output: list of addresses of what it sums, and f64 result. */
export interface OutputPlaces {
  list: number;
  count: number;
  result: number;
}

/** Reads the outputs after a run: each the sum of a state of its cells, which some outputs empty. */
export function outputsPart({
  program: { network },
  precision,
  layout,
}: Emission): Part & { places: readonly OutputPlaces[] } {
  const { scalar: T } = lanes[precision];
  const places = network.outputs.map(({ cells }) => ({
    list: layout.take(cells.length * 4),
    count: cells.length,
    result: layout.take(8),
  }));
  const sums = places.map(
    ({ list, count, result }, i) => `(local.set $sum (f64.const 0))
      (local.set $at (i32.const ${list}))
      (block $done${i}
        (br_if $done${i} (i32.const ${count === 0 ? 1 : 0}))
        (loop $next${i}
          (local.set $place (i32.load (local.get $at)))
          (local.set $sum (f64.add (local.get $sum)
            ${precision === 'f32' ? '(f64.promote_f32 (f32.load (local.get $place)))' : '(f64.load (local.get $place))'}))
          ${network.outputs[i]!.empties ? `(${T}.store (local.get $place) (${T}.const 0))` : ''}
          (local.set $at (i32.add (local.get $at) (i32.const 4)))
          (br_if $next${i} (i32.lt_u (local.get $at) (i32.const ${list + count * 4})))))
      (f64.store offset=${result} (i32.const 0) (local.get $sum))`,
  );
  const read = `(func (export "read") (local $sum f64) (local $at i32) (local $place i32)
  ${sums.join('\n')})`;
  return { places, functions: [read], calls: {} };
}
