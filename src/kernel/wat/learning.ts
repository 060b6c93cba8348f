import { lanes, padded } from '../layout.js';
import type { Program } from '../program.js';
import type { Emission, Part } from './part.js';
import type { PlasticCode } from './plasticity/code.js';
import type { PlasticPlaces } from './plasticity/places.js';

/** Of each plastic projection: i32 steps between updates, and what `incoming.w` is made of. */
export type LearningPlaces = readonly { every: number; incoming: PlasticPlaces['incoming'] }[];

export function learningPlaces({ program, precision, layout }: Emission): LearningPlaces {
  return program.learning.map(({ to, plan }) => {
    const size = padded(to.population.count) * lanes[precision].bytes;
    return {
      every: layout.take(4),
      incoming: plan.usesIncoming ? { sums: layout.take(size), counts: layout.take(size) } : undefined,
    };
  });
}

/** What the time between spikes does to a route: weights drift, and traces relax to what they follow. */
const driftCalls = (route: number, { drifts, relaxes }: PlasticCode) =>
  `${drifts ? `(call $drift${route})` : ''} ${relaxes ? `(call $relax${route})` : ''}`;

/** What the spikes of a step teach a route: traces rise, and synapses onto cells that fired learn. */
function learnCalls(route: number, { learns, rises }: PlasticCode, arriving: string) {
  const fired = '(local.get $slot) (local.get $fired)';
  return `${rises.early ? `(call $rise${route}early ${arriving})` : ''}
        ${learns ? `(call $learn${route} ${fired})` : ''}
        ${rises.pre ? `(call $rise${route}pre ${arriving})` : ''}
        ${rises.post ? `(call $rise${route}post ${fired})` : ''}`;
}

/** Every synapse of a projection, route by route, after the sums over the cells where they are used. */
function sweepCalls(
  { routes, to, from }: Program['learning'][number],
  { incoming }: LearningPlaces[number],
  { precision }: Emission,
  name: (route: number) => string,
): string {
  if (from.population.count === 0) return '';
  const size = padded(to.population.count) * lanes[precision].bytes;
  const sums = incoming
    ? `(memory.fill (i32.const ${incoming.sums}) (i32.const 0) (i32.const ${size}))
        ${routes.map((route) => `(call $sum${route})`).join(' ')}`
    : '';
  return `${sums} ${routes.map((route) => `(call ${name(route)})`).join(' ')}`;
}

/** Scaled quantities are brought to their worth of now, once so many steps have passed since the last time. */
const rebaseCalls = (plasticRoutes: readonly number[]) =>
  plasticRoutes.length === 0
    ? ''
    : `(global.set $r (i32.add (global.get $r) (i32.const 1)))
      (if (i32.ge_u (global.get $r) (global.get $interval)) (then
        ${plasticRoutes.map((i) => `(call $rebase${i})`).join(' ')}
        (global.set $r (i32.const 0))))`;

/**
 * When the functions of plastic routes act: in every step, at rules' regular times, at the task's events.
 * @param learns by route: which functions it has
 * @param arriving by route: the list of the cells whose spikes arrive now
 */
export function learningPart(
  emission: Emission,
  places: LearningPlaces,
  learns: readonly (PlasticCode | undefined)[],
  arriving: readonly string[],
): Part {
  const { learning } = emission.program;
  const sweep = (p: number, name: (route: number) => string) =>
    sweepCalls(learning[p]!, places[p]!, emission, name);
  const update = learning.map(({ plan }, p) =>
    plan.onUpdate.length === 0
      ? ''
      : `(if (i32.eqz (i32.rem_u (i32.add (global.get $step) (i32.const 1)) (i32.load offset=${places[p]!.every} (i32.const 0))))
          (then ${sweep(p, (route) => `$sweep${route}`)}))`,
  );
  const events = learning.flatMap(({ plan }, p) =>
    Object.keys(plan.onEvent).map(
      (event) => `(func (export "event${p}_${event}") ${sweep(p, (route) => `$event${route}_${event}`)})`,
    ),
  );
  const plasticRoutes = learns.flatMap((of, i) => (of ? [i] : []));
  return {
    functions: events,
    calls: {
      drift: learns.map((of, i) => (of ? driftCalls(i, of) : '')),
      learn: learns.map((of, i) => (of ? learnCalls(i, of, arriving[i]!) : '')),
      rebase: [rebaseCalls(plasticRoutes)],
      update,
    },
  };
}
