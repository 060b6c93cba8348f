import type { Emission, Part } from './part.js';

/** Lists of the cells that fired, of the last steps. */
export interface RingPlaces {
  /** i32 `[slots]` end of each step's list of fired cells */
  ringEnds: number;
  /** i32 lists of the cells that fired, one of `ringBytes` for each slot */
  ring: number;
  ringBytes: number;
}

/** Keeps the cells that fired as long as their spikes may still arrive, and counts steps and spikes. */
export function ringPart({ program: { cells, slots }, layout }: Emission): Part & { places: RingPlaces } {
  const ringEnds = layout.take(slots * 4);
  // A vector's worth beyond, since one entry more is written than kept.
  const ringBytes = (cells + 4) * 4;
  const ring = layout.take(slots * ringBytes);
  const slotBefore = `(func $slotBefore (param $delay i32) (result i32) (local $slot i32)
  (local.set $slot (i32.sub (global.get $slotIndex) (local.get $delay)))
  (select (i32.add (local.get $slot) (i32.const ${slots})) (local.get $slot)
    (i32.lt_s (local.get $slot) (i32.const 0))))`;
  const list = `(i32.store offset=${ringEnds} (i32.shl (global.get $slotIndex) (i32.const 2)) (local.get $fired))
    (global.set $spikes (f64.add (global.get $spikes) (f64.convert_i32_s
      (i32.shr_u (i32.sub (local.get $fired) (local.get $slot)) (i32.const 2)))))`;
  const advance = `(global.set $step (i32.add (global.get $step) (i32.const 1)))
    ${
      slots > 1
        ? `(global.set $slotIndex (i32.add (global.get $slotIndex) (i32.const 1)))
    (if (i32.eq (global.get $slotIndex) (i32.const ${slots})) (then (global.set $slotIndex (i32.const 0))))`
        : ''
    }`;
  return {
    places: { ringEnds, ring, ringBytes },
    functions: [slotBefore],
    calls: { list: [list], advance: [advance] },
  };
}
