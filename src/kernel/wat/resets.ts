import { lanes } from '../layout.js';
import { type IntervalPlaces, intervalPlaces, watchCode } from './intervals.js';
import type { Emission, Part } from './part.js';
import type { ResetCode } from './population.js';

export interface ResetPlaces {
  /** i32 `[cells]` spikes since the life began */
  counts: number;
  /** Where the module was made to keep them. */
  intervals: IntervalPlaces | undefined;
}

/**
 * Cells that fired are counted, watched where that is wanted, and reset.
 * @param resets by population: what a spike does to its own cell
 */
export function resetsPart(
  { program, precision, layout }: Emission,
  resets: readonly (ResetCode | undefined)[],
  watched: boolean,
): Part & { places: ResetPlaces } {
  const counts = layout.take(program.cells * 4);
  const intervals = watched ? intervalPlaces(layout, program.cells) : undefined;
  const watch = intervals ? watchCode(intervals) : '';
  // The list is in the order of the populations, so each loops over its own part of it.
  const functions = program.populations.map(({ first, population }, i) => {
    const reset = resets[i];
    return `(func $reset${i} (param $list i32) (param $end i32) (result i32)
      (local $cell i32) (local $count i32) (local $i i32) (local $last i32) (local $wide i32) (local $interval f64)
      ${reset?.locals.join(' ') ?? ''}
      (block $done
        (br_if $done (i32.ge_u (local.get $list) (local.get $end)))
        ${reset?.before.join('\n') ?? ''}
        (loop $next
          (local.set $cell (i32.load (local.get $list)))
          (br_if $done (i32.ge_u (local.get $cell) (i32.const ${first + population.count})))
          (local.set $count (i32.shl (local.get $cell) (i32.const 2)))
          (i32.store offset=${counts} (local.get $count)
            (i32.add (i32.load offset=${counts} (local.get $count)) (i32.const 1)))
          ${watch}
          (local.set $i (i32.shl (i32.sub (local.get $cell) (i32.const ${first}))
            (i32.const ${lanes[precision].shift})))
          ${reset?.code ?? ''}
          (local.set $list (i32.add (local.get $list) (i32.const 4)))
          (br_if $next (i32.lt_u (local.get $list) (local.get $end)))))
      (local.get $list))`;
  });
  const calls = functions.map(
    (_, i) => `(local.set $at (call $reset${i} (local.get $at) (local.get $fired)))`,
  );
  return {
    places: { counts, intervals },
    functions,
    calls: { reset: [`(local.set $at (local.get $slot))\n    ${calls.join('\n')}`] },
  };
}
