import { RandomStream } from '../../math/random.js';
import { Barrier, type Success } from './barrier.js';
import { onMesh, PollBasis, unitVector } from './directions.js';
import { Mesh } from './mesh.js';
import { ModelSearch } from './model-search.js';
import { nelderMeadSteps } from './nelder-mead.js';
import type { SearchOptions } from './options.js';
import { type Point, PointCache } from './point-cache.js';

/** What a search works in. It minimises. All arrays are `[n]`. */
export interface SearchSpace {
  start: Float64Array;
  low: Float64Array;
  high: Float64Array;
  /** A change that matters: the first frame is measured in it. */
  step: Float64Array;
}

/** The outcome of a trial point: a value to be made small, and constraints that are satisfied at most 0. */
export interface Trial {
  f: number;
  constraints: readonly number[];
}

export interface SearchEnd {
  /** The best feasible point, or the least infeasible one; undefined where every evaluation failed. */
  best: Point | undefined;
  reason: string;
}

/** A search in progress: it yields blocks of points to be evaluated and takes their outcomes, in order. */
export type Search = Generator<Float64Array[], SearchEnd, readonly Trial[]>;

/** The mesh of the model search is so much finer than the poll's: its points are not to be lost to rounding. */
const finer = 1e-7;

/** Decades that the frame may come down before the search has converged as far as float64 goes. */
const decades = 16;

/**
 * Mesh adaptive direct search (Audet and Dennis 2006, SIAM J. Optim. 17(1):188-217) with orthogonal directions, a
 * granular anisotropic mesh and the progressive barrier. Before each poll it searches: where few enough variables allow
 * models, by trust-region steps on them; otherwise along the last success, and by Nelder-Mead steps (Audet and Tribes
 * 2018, Comput. Optim. Appl. 69:331-370).
 * Whatever it does is fixed by its arguments and the outcomes it is given.
 *
 * @param most evaluations it may use
 */
export function* madsSearch(space: SearchSpace, options: SearchOptions, seed: string, most: number): Search {
  const { low, high } = space;
  const n = space.start.length;
  const stream = RandomStream.from(seed);
  const cache = new PointCache();
  const barrier = new Barrier();
  const mesh = new Mesh(space.step.map((step) => step * options.initialFrame));
  const models = n <= options.modelVariables ? new ModelSearch(space, options) : undefined;

  /** Evaluates points not known yet, block by block, until one is a full success or there are no more. */
  function* evaluate(
    points: Iterable<Float64Array>,
    block: number,
  ): Generator<Float64Array[], Success, readonly Trial[]> {
    let success = 'none' as Success;
    const unseen = points[Symbol.iterator]();
    while (success !== 'full' && cache.points.length < most) {
      const room = Math.min(block, most - cache.points.length);
      const asked: Float64Array[] = [];
      while (asked.length < room) {
        const { value: x, done } = unseen.next();
        if (done) break;
        if (cache.claim(x)) asked.push(x);
      }
      if (asked.length === 0) break;
      const trials = yield asked;
      asked.forEach((x, i) => {
        const { f, constraints } = trials[i]!;
        const h = constraints.reduce((sum, c) => sum + (c > 0 ? c * c : 0), 0);
        const point: Point = { x, f, constraints, h: Number.isNaN(h) ? Number.POSITIVE_INFINITY : h };
        cache.points.push(point);
        const result = barrier.offer(point);
        if (barrier.centre) models?.offer(point, barrier.centre, result !== 'none');
        success = better(success, result);
      });
    }
    return success;
  }

  const projected = (x: Float64Array, centre: Point): Float64Array => {
    mesh.project(x, centre.x, low, high);
    return x;
  };
  const away = (centre: Point, direction: Readonly<Float64Array>): Float64Array => {
    const x = centre.x.slice();
    for (let i = 0; i < n; i++) x[i]! += direction[i]!;
    return projected(x, centre);
  };

  /** Points of the model search, one after the other, until it has nothing to try at its resolution. */
  function* modelSearch(search: ModelSearch): Generator<Float64Array[], Success, readonly Trial[]> {
    let success = 'none' as Success;
    while (cache.points.length < most) {
      const centre = barrier.centre!;
      const x = search.propose(centre);
      if (!x) break;
      const round = x.slice();
      mesh.project(round, space.start, low, high);
      if (search.prefers(round, centre)) x.set(round);
      else mesh.project(x, centre.x, low, high, finer);
      if (cache.has(x)) {
        search.abandon();
        break;
      }
      const result = yield* evaluate([x], 1);
      const point = cache.points.at(-1)!;
      search.judge(centre, point);
      success = better(success, result);
    }
    return success;
  }

  /** Searches among known points, where there are no models to go by. */
  function* otherSearches(centre: Point): Generator<Float64Array[], Success, readonly Trial[]> {
    let success = 'none' as Success;
    if (options.speculative && lastStep.some((component) => component !== 0)) {
      const far = centre.x.map((value, i) => value + 3 * lastStep[i]!);
      success = yield* evaluate([projected(far, centre)], 1);
    }
    if (success === 'full' || !options.nelderMead) return success;
    const reach = mesh.frame.map((frame) => frame * 8);
    const steps = nelderMeadSteps(cache.near(centre.x, reach, 4 * (n + 1)), n);
    for (let step = steps.next(); !step.done && cache.points.length < most; ) {
      const x = projected(step.value, centre);
      const known = cache.has(x);
      if (!known) success = better(success, yield* evaluate([x], 1));
      step = steps.next(known ? undefined : cache.points.at(-1));
    }
    return success;
  }

  function* poll(centre: Point): Generator<Float64Array[], Success, readonly Trial[]> {
    const basis = new PollBasis(mesh, stream);
    const expected = models?.ready ? models.expectation(centre) : undefined;
    const moved = lastStep.some((component) => component !== 0);
    const ranks = (j: number): [plus: number, minus: number] => {
      if (expected) return [expected(basis.direction(j)), expected(basis.direction(-j))];
      const along = moved ? basis.along(j, lastStep) : 0;
      return [-along, along];
    };
    // Directions by number: 1 to n, negative for the opposite.
    const firsts: number[] = [];
    const ordered: { signed: number; rank: number }[] = [];
    for (let j = 1; j <= n; j++) {
      const [plus, minus] = ranks(j);
      firsts.push(plus <= minus ? j : -j);
      ordered.push({ signed: firsts.at(-1)!, rank: Math.min(plus, minus) });
      if (options.directions === 'ortho-2n') {
        ordered.push({ signed: -firsts.at(-1)!, rank: Math.max(plus, minus) });
      }
    }
    ordered.sort((a, b) => a.rank - b.rank);
    function* points(): Generator<Float64Array> {
      for (const { signed } of ordered) yield basis.pointFrom(centre.x, signed, low, high);
    }
    let success = yield* evaluate(points(), options.block);
    if (success !== 'full' && options.directions === 'ortho-n+1') {
      const sum = new Float64Array(n);
      for (const signed of firsts) {
        const direction = basis.direction(signed);
        for (let i = 0; i < n; i++) sum[i]! -= direction[i]!;
      }
      success = better(success, yield* evaluate([away(centre, onMesh(sum, mesh))], 1));
    }
    // Around the infeasible incumbent, one direction both ways.
    const { infeasible } = barrier;
    if (success !== 'full' && barrier.feasible && infeasible) {
      const direction = onMesh(unitVector(n, stream), mesh);
      const points = [direction, direction.map((component) => -component)].map((d) => away(infeasible, d));
      success = better(success, yield* evaluate(points, 2));
    }
    return success;
  }

  let lastStep = new Float64Array(n);
  yield* evaluate(
    [projected(Float64Array.from(space.start), { x: space.start, f: 0, constraints: [], h: 0 })],
    1,
  );
  for (;;) {
    const first = barrier.centre;
    if (!first) return { best: undefined, reason: 'the start could not be evaluated' };
    if (n === 0) return { best: first, reason: 'nothing to search: every gene has one value only' };
    if (cache.points.length >= most) return { best: first, reason: `${most} evaluations` };
    if (mesh.refinedBy(decades)) return { best: first, reason: `the mesh is finer by ${decades} decades` };
    const before = cache.points.length;
    let success: Success = 'none';
    let centre = first;
    if (models?.active) {
      yield* modelSearch(models);
      barrier.settle('none');
      centre = barrier.centre!;
    } else success = yield* otherSearches(centre);
    if (success !== 'full') success = better(success, yield* poll(centre));
    barrier.settle(success);
    const after = barrier.centre!;
    lastStep = after.x.map((value, i) => value - centre.x[i]!);
    if (success === 'full') mesh.enlargeAlong(lastStep);
    else if (success === 'none') {
      mesh.refine();
      if (models?.ready) {
        models.refine();
        while (mesh.finest(space.step) > models.finest && !mesh.refinedBy(decades)) mesh.refine();
      }
    }
    if (
      cache.points.length === before &&
      mesh.frame.every((frame, i) => frame < 1e-15 * Math.abs(centre.x[i]!))
    ) {
      return { best: after, reason: 'no new point can be told from the centre' };
    }
  }
}

const order = { none: 0, partial: 1, full: 2 } as const;
const better = (a: Success, b: Success): Success => (order[b] > order[a] ? b : a);
