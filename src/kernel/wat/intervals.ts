import type { Layout } from '../layout.js';

/** Of each cell's intervals between spikes: i32 step of the last, f64 sums and sums of squares. */
export interface IntervalPlaces {
  last: number;
  sums: number;
  squares: number;
}

export const intervalPlaces = (layout: Layout, cells: number): IntervalPlaces => ({
  last: layout.take(cells * 4),
  sums: layout.take(cells * 8),
  squares: layout.take(cells * 8),
});

/** Notes the spike of the cell `$cell`, of which `$count` is the byte offset of an i32. */
export const watchCode = ({ last, sums, squares }: IntervalPlaces) =>
  `(local.set $last (i32.load offset=${last} (local.get $count)))
          (if (i32.ge_s (local.get $last) (i32.const 0)) (then
            (local.set $interval (f64.convert_i32_s (i32.sub (global.get $step) (local.get $last))))
            (local.set $wide (i32.shl (local.get $cell) (i32.const 3)))
            (f64.store offset=${sums} (local.get $wide)
              (f64.add (f64.load offset=${sums} (local.get $wide)) (local.get $interval)))
            (f64.store offset=${squares} (local.get $wide)
              (f64.add (f64.load offset=${squares} (local.get $wide))
                (f64.mul (local.get $interval) (local.get $interval))))))
          (i32.store offset=${last} (local.get $count) (global.get $step))`;
