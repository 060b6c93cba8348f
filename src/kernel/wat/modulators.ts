import { leastMagnitude } from '../flush.js';
import type { Layout } from '../layout.js';
import { releasedAmounts } from '../parameters.js';
import type { Program } from '../program.js';
import type { Emission, Part } from './part.js';

/** f64 each: concentration, baseline, decay of a step; in the order of the network's modulators */
export type ModulatorPlaces = readonly number[];

/** At the end of a step a modulator's excess over its baseline decays. */
export function modulatorsPart(
  { network }: Program,
  layout: Layout,
): Part & { places: ModulatorPlaces; modulatorAt: ReadonlyMap<string, number> } {
  const names = Object.keys(network.modulators);
  const places = names.map(() => layout.take(3 * 8));
  const decay = places.map((at) => {
    const above = `(f64.mul (f64.sub (f64.load offset=${at} (i32.const 0)) (f64.load offset=${at + 8} (i32.const 0)))
        (f64.load offset=${at + 16} (i32.const 0)))`;
    return `(local.set $above ${above})
        (f64.store offset=${at} (i32.const 0) (f64.add (f64.load offset=${at + 8} (i32.const 0))
          (select (local.get $above) (f64.const 0) (f64.ge (f64.abs (local.get $above)) (f64.const ${leastMagnitude})))))`;
  });
  const modulatorAt = new Map(names.map((name, i) => [`m.${name}`, places[i]!]));
  return { places, modulatorAt, functions: [], calls: { decay } };
}

/** Of each modulator that cells release: f64 `[cells]` what a spike of each releases. */
export type ReleasePlaces = readonly { name: string; amounts: number }[];

/** The cells that fired raise the modulators that they release. */
export function releasesPart({ program, layout, modulatorAt }: Emission): Part & { places: ReleasePlaces } {
  const places = [...releasedAmounts(program).keys()].map((name) => ({
    name,
    amounts: layout.take(program.cells * 8),
  }));
  const release = places.map(
    ({ name, amounts }) => `(local.set $at (local.get $slot))
      (block $none (br_if $none (i32.ge_u (local.get $at) (local.get $fired)))
        (loop $cells
          (f64.store offset=${modulatorAt.get(`m.${name}`)} (i32.const 0)
            (f64.add (f64.load offset=${modulatorAt.get(`m.${name}`)} (i32.const 0))
              (f64.load offset=${amounts} (i32.shl (i32.load (local.get $at)) (i32.const 3)))))
          (local.set $at (i32.add (local.get $at) (i32.const 4)))
          (br_if $cells (i32.lt_u (local.get $at) (local.get $fired)))))`,
  );
  return { places, functions: [], calls: { release } };
}
