import type { Point } from './point-cache.js';

/** How much of an edge must be new for a point to count as independent of those before it. */
const independence = 0.01;
const expansion = 2;
const contraction = 0.5;
/** Evaluations of one search, in multiples of n. */
const effort = 2;

const value = ({ f, h }: Point) => (h > 0 ? Number.MAX_VALUE : f);

/** The best n + 1 affinely independent points, best first; undefined where there are not as many. */
function simplexOf(points: readonly Point[], n: number): Point[] | undefined {
  const sorted = points.filter(({ h }) => h === 0).sort((a, b) => a.f - b.f);
  const [best, ...others] = sorted;
  if (!best || others.length < n) return undefined;
  const simplex = [best];
  const basis: Float64Array[] = [];
  for (const point of others) {
    const edge = point.x.map((coordinate, i) => coordinate - best.x[i]!);
    const whole = length(edge);
    for (const unit of basis) {
      let along = 0;
      for (let i = 0; i < n; i++) along += unit[i]! * edge[i]!;
      for (let i = 0; i < n; i++) edge[i]! -= along * unit[i]!;
    }
    const fresh = length(edge);
    if (!(fresh > independence * whole)) continue;
    basis.push(edge.map((component) => component / fresh));
    simplex.push(point);
    if (simplex.length === n + 1) return simplex;
  }
  return undefined;
}

function length(v: Readonly<Float64Array>): number {
  let square = 0;
  for (const component of v) square += component * component;
  return Math.sqrt(square);
}

/**
 * Nelder-Mead steps as a search of MADS (Audet and Tribes 2018, Comput. Optim. Appl. 69:331-370): from a simplex of known
 * points, reflection, expansion and contractions; where a shrink would be due, it ends. It yields a point to try and is
 * given what became of it, or undefined where the point was known already, which also ends it.
 */
export function* nelderMeadSteps(
  points: readonly Point[],
  n: number,
): Generator<Float64Array, void, Point | undefined> {
  const simplex = simplexOf(points, n);
  if (!simplex) return;
  for (let used = 0; used < effort * n; ) {
    simplex.sort((a, b) => value(a) - value(b));
    const worst = simplex[n]!;
    const centroid = new Float64Array(n);
    for (let k = 0; k < n; k++) for (let i = 0; i < n; i++) centroid[i]! += simplex[k]!.x[i]! / n;
    const at = (factor: number) => centroid.map((c, i) => c + factor * (c - worst.x[i]!));
    const reflected = yield at(1);
    used += 1;
    if (!reflected) return;
    if (value(reflected) < value(simplex[0]!)) {
      const expanded = yield at(expansion);
      used += 1;
      simplex[n] = expanded && value(expanded) < value(reflected) ? expanded : reflected;
      continue;
    }
    if (value(reflected) < value(simplex[n - 1]!)) {
      simplex[n] = reflected;
      continue;
    }
    const outside = value(reflected) < value(worst);
    const contracted = yield at(outside ? contraction : -contraction);
    used += 1;
    if (!contracted || !(value(contracted) < value(outside ? reflected : worst))) return;
    simplex[n] = contracted;
  }
}
