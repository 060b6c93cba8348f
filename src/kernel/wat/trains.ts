import { roomOf } from '../parameters.js';
import type { Emission, Part } from './part.js';

/** i32 steps of the spikes of a train, with one that never comes at the end, and global cells. */
export interface TrainPlaces {
  steps: number;
  cells: number;
}

/** Lists the cells of a train that fire in this step. */
const trainCode = (index: number, { steps, cells }: TrainPlaces) => `
(global $next${index} (mut i32) (i32.const 0))
(func $train${index} (param $fired i32) (result i32)
  (block $done
    (loop $more
      (br_if $done (i32.ne (i32.load offset=${steps} (global.get $next${index})) (global.get $step)))
      (i32.store (local.get $fired) (i32.load offset=${cells} (global.get $next${index})))
      (local.set $fired (i32.add (local.get $fired) (i32.const 4)))
      (global.set $next${index} (i32.add (global.get $next${index}) (i32.const 4)))
      (br $more)))
  (local.get $fired))
(func (export "play${index}") (global.set $next${index} (i32.const 0)))`;

/** Spike trains that are given as lists, by population. The cells call them, each population in its turn. */
export function trainsPart({
  program,
  layout,
}: Emission): Part & { places: readonly (TrainPlaces | undefined)[] } {
  const places = program.populations.map(({ population: { train } }) =>
    train
      ? { steps: layout.take((roomOf(train) + 1) * 4), cells: layout.take(roomOf(train) * 4) }
      : undefined,
  );
  return {
    places,
    functions: places.map((of, i) => (of ? trainCode(i, of) : '')),
    calls: { begin: places.map((of, i) => (of ? `(global.set $next${i} (i32.const 0))` : '')) },
  };
}
