import { learningOfRoute } from '../program.js';
import type { Route } from '../routes.js';
import type { LaidRows } from '../wat/rows.js';
import type { Memory } from './memory.js';

/** The sign of all of a route's weights, where a rule holds them to it. */
const signOf = ({ special }: Route) => special?.plasticity?.sign ?? 1;

/** Writes weights in the order of their routes; plastic ones within their bounds. */
export function writeWeights(
  { program, places, numbers, size }: Memory,
  weights: Readonly<Float64Array>,
): void {
  const write = ({ weights: from, of: { source } }: LaidRows) => {
    const at = from / size;
    for (let s = 0; s < source.length; s++) {
      const index = source[s]!;
      numbers[at + s] = index < 0 ? 0 : weights[index]!;
    }
  };
  write(places.forced);
  program.routes.forEach((route, i) => {
    const { source } = route;
    const { weights: from, plastic } = places.routes[i]!;
    const at = from / size;
    write(places.routes[i]!);
    if (!plastic) return;
    const low = numbers[plastic.low / size]!;
    const high = numbers[plastic.high / size]!;
    const sign = signOf(route);
    for (let s = 0; s < source.length; s++)
      numbers[at + s] = Math.min(Math.max(sign * numbers[at + s]!, low), high);
    const { plan } = learningOfRoute(program, i);
    plastic.variables.forEach(({ at: variable }, k) => {
      if (plan.variables[k]!.start !== 'w') return;
      numbers.copyWithin(variable / size, at, at + source.length);
    });
  });
}

/**
 * Reads weights as they are now, in the order of the network's, into `weights`: those that are not in memory stay.
 * @param gainOf what a variable has turned into weight since the last rebase, by route and variable
 */
export function readWeights(
  { program, places, numbers, size }: Memory,
  weights: Float64Array,
  gainOf: (route: number, variable: number) => number,
): void {
  for (const { of, weights: at } of places.receiving) {
    of.source.forEach((to, s) => {
      if (to >= 0) weights[to] = numbers[at / size + s]!;
    });
  }
  program.routes.forEach((route, i) => {
    const { weights: from, plastic, of } = places.routes[i]!;
    const sign = signOf(route);
    const drives = (plastic?.variables ?? []).flatMap(({ at, driven }, k) =>
      driven ? [{ at, gain: gainOf(i, k) }] : [],
    );
    of.source.forEach((to, s) => {
      if (to < 0) return;
      let weight = numbers[from / size + s]!;
      for (const { at, gain } of drives) weight += numbers[at / size + s]! * gain;
      if (drives.length > 0) {
        weight = Math.min(Math.max(weight, numbers[plastic!.low / size]!), numbers[plastic!.high / size]!);
      }
      weights[to] = sign * weight;
    });
  });
}
