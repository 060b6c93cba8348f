import type { Route } from '../routes.js';
import type { Emission, Part } from './part.js';
import type { RingPlaces } from './ring.js';

/** i32 steps of the delay of each route whose delay lives may change */
export type DelayPlaces = readonly (number | undefined)[];

/** List of cells that fired `delay` steps ago, or as many as stand at `delayAt`, as two arguments. */
function arrivals(
  { ringEnds, ring, ringBytes }: RingPlaces,
  delay: number,
  delayAt: number | undefined,
): string {
  if (delay === 0 && delayAt === undefined) return '(local.get $slot) (local.get $fired)';
  const steps = delayAt === undefined ? `(i32.const ${delay})` : `(i32.load offset=${delayAt} (i32.const 0))`;
  const back = `(call $slotBefore ${steps})`;
  return `(i32.add (i32.const ${ring}) (i32.mul ${back} (i32.const ${ringBytes})))
    (i32.load offset=${ringEnds} (i32.shl ${back} (i32.const 2)))`;
}

/** Spikes arrive, each route's after its delay; `arriving` is the list of the cells whose spikes do so now, by route. */
export function deliveriesPart(
  { program: { routes }, layout }: Emission,
  ring: RingPlaces,
): Part & { places: DelayPlaces; arriving: readonly string[] } {
  const places = routes.map(({ flexible }) => (flexible ? layout.take(4) : undefined));
  const arriving = routes.map(({ delaySteps }, i) => arrivals(ring, delaySteps, places[i]));
  const delivering = (acts: Route['acts']) =>
    routes.map((route, i) => (route.acts === acts ? `(call $deliver${i} ${arriving[i]})` : ''));
  return {
    places,
    arriving,
    functions: [],
    calls: { beforeReset: delivering('beforeReset'), afterReset: delivering('afterReset') },
  };
}
