import { RandomStream } from '../../math/random.js';
import { Barrier, type Success } from './barrier.js';
import { householderBasis, onMesh, unitVector } from './directions.js';
import { Mesh } from './mesh.js';
import { nelderMeadSteps } from './nelder-mead.js';
import type { SearchOptions } from './options.js';
import { type Point, PointCache } from './point-cache.js';
import { fitModel, minimise, predict, type QuadraticModel } from './quadratic-model.js';

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

/** Decades that the frame may come down before the search has converged as far as float64 goes. */
const decades = 16;

/**
 * Mesh adaptive direct search (Audet and Dennis 2006, SIAM J. Optim. 17(1):188-217) with orthogonal directions, a
 * granular anisotropic mesh and the progressive barrier, and searches before each poll: along the last success, at the
 * minimum of a quadratic model, and by Nelder-Mead steps (Audet and Tribes 2018, Comput. Optim. Appl. 69:331-370).
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
  const mesh = new Mesh(
    space.step.map((step) => step * options.initialFrame),
    options.fineness,
  );

  /** Evaluates points not known yet, block by block, until one is a full success or there are no more. */
  function* evaluate(
    points: readonly Float64Array[],
    block: number,
  ): Generator<Float64Array[], Success, readonly Trial[]> {
    const fresh: Float64Array[] = [];
    for (const x of points) {
      if (!cache.has(x) && !fresh.some((other) => same(other, x))) fresh.push(x);
    }
    let success = 'none' as Success;
    for (let from = 0; from < fresh.length && cache.points.length < most; from += block) {
      const asked = fresh.slice(from, Math.min(from + block, from + most - cache.points.length));
      const trials = yield asked;
      asked.forEach((x, i) => {
        const { f, constraints } = trials[i]!;
        const h = constraints.reduce((sum, c) => sum + (c > 0 ? c * c : 0), 0);
        const point: Point = { x, f, h: Number.isNaN(h) ? Number.POSITIVE_INFINITY : h };
        cache.add(point);
        success = better(success, barrier.offer(point));
      });
      if (success === 'full') break;
    }
    return success;
  }

  const projected = (x: Float64Array, centre: Point): Float64Array => {
    mesh.project(x, centre.x, low, high);
    return x;
  };
  const away = (centre: Point, direction: Readonly<Float64Array>): Float64Array =>
    projected(
      centre.x.map((value, i) => value + direction[i]!),
      centre,
    );

  /** A model of what is known around the centre, where there is enough. */
  const modelAround = (centre: Point): QuadraticModel | undefined => {
    if (n > options.modelVariables) return undefined;
    const full = ((n + 1) * (n + 2)) / 2;
    for (let reach = 4; reach <= 64; reach *= 2) {
      const around = mesh.frame.map((frame) => frame * reach);
      const points = cache.near(centre.x, around, full);
      if (points.length < Math.min(full, 2 * n + 1) && reach < 64) continue;
      if (points.length < n + 2) return undefined;
      return fitModel(points, centre.x, around);
    }
    return undefined;
  };

  function* modelSearch(
    centre: Point,
    model: QuadraticModel,
  ): Generator<Float64Array[], Success, readonly Trial[]> {
    // Half the region that the model was fitted in: it is trusted there.
    const within = (sign: number) => centre.x.map((value, i) => value + (sign * model.scale[i]!) / 2);
    const from = within(-1).map((value, i) => Math.max(value, low[i]!));
    const to = within(1).map((value, i) => Math.min(value, high[i]!));
    return yield* evaluate([projected(minimise(model, from, to), centre)], 1);
  }

  function* poll(
    centre: Point,
    model: QuadraticModel | undefined,
  ): Generator<Float64Array[], Success, readonly Trial[]> {
    const basis = householderBasis(n, stream).map((direction) => onMesh(direction, mesh));
    const opposite = (direction: Float64Array) => direction.map((component) => -component + 0);
    const rank = (direction: Float64Array): number =>
      model
        ? predict(
            model,
            centre.x.map((value, i) => value + direction[i]!),
          )
        : -cosine(direction, lastStep);
    const both = basis.map((direction) => {
      const pair = [direction, opposite(direction)].map((d) => ({ direction: d, rank: rank(d) }));
      return pair[0]!.rank <= pair[1]!.rank ? pair : pair.reverse();
    });
    const firsts = both.map((pair) => pair[0]!);
    const ordered = options.directions === 'ortho-2n' ? both.flat() : firsts;
    ordered.sort((a, b) => a.rank - b.rank);
    let success = yield* evaluate(
      ordered.map(({ direction }) => away(centre, direction)),
      options.block,
    );
    if (success !== 'full' && options.directions === 'ortho-n+1') {
      const sum = new Float64Array(n);
      for (const { direction } of firsts) for (let i = 0; i < n; i++) sum[i]! -= direction[i]!;
      success = better(success, yield* evaluate([away(centre, onMesh(sum, mesh))], 1));
    }
    // Around the infeasible incumbent, one direction both ways.
    if (success !== 'full' && barrier.feasible && barrier.infeasible) {
      const direction = onMesh(unitVector(n, stream), mesh);
      const points = [direction, opposite(direction)].map((d) => away(barrier.infeasible!, d));
      success = better(success, yield* evaluate(points, 2));
    }
    return success;
  }

  let lastStep = new Float64Array(n);
  yield* evaluate([projected(Float64Array.from(space.start), { x: space.start, f: 0, h: 0 })], 1);
  for (;;) {
    const centre = barrier.centre;
    if (!centre) return { best: undefined, reason: 'the start could not be evaluated' };
    if (cache.points.length >= most) return { best: centre, reason: `${most} evaluations` };
    if (mesh.refinedBy(decades)) return { best: centre, reason: `the mesh is finer by ${decades} decades` };
    const before = cache.points.length;
    const moved = lastStep.some((component) => component !== 0);
    let success: Success = 'none';
    if (options.speculative && moved) {
      const far = centre.x.map((value, i) => value + 3 * lastStep[i]!);
      success = yield* evaluate([projected(far, centre)], 1);
    }
    const model = success === 'full' ? undefined : modelAround(centre);
    if (success !== 'full' && model) success = better(success, yield* modelSearch(centre, model));
    if (success !== 'full' && options.nelderMead) {
      const reach = mesh.frame.map((frame) => frame * 8);
      const steps = nelderMeadSteps(cache.near(centre.x, reach, 4 * (n + 1)), n);
      for (let step = steps.next(); !step.done && cache.points.length < most; ) {
        const x = projected(step.value, centre);
        const known = cache.has(x);
        if (!known) success = better(success, yield* evaluate([x], 1));
        const point = known ? undefined : cache.points.at(-1);
        step = steps.next(point);
      }
    }
    if (success !== 'full') success = better(success, yield* poll(centre, model));
    barrier.settle(success);
    const after = barrier.centre!;
    lastStep = after.x.map((value, i) => value - centre.x[i]!);
    if (success === 'full') mesh.enlargeAlong(lastStep);
    else if (success === 'none') mesh.refine();
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

function same(a: Readonly<Float64Array>, b: Readonly<Float64Array>): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Cosine of the angle between two directions; 0 where one of them has no length. */
function cosine(a: Readonly<Float64Array>, b: Readonly<Float64Array>): number {
  let product = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    product += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  return aa > 0 && bb > 0 ? product / Math.sqrt(aa * bb) : 0;
}
