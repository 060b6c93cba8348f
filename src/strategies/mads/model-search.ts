import { constrainedStep } from './constrained-step.js';
import { Interpolation, type Node } from './interpolation.js';
import type { SearchOptions } from './options.js';
import type { Point } from './point-cache.js';
import { difference, norm, type Quadratic, trustRegionStep, valueAt } from './trust-region.js';

/** Sets hold 2 n + 1 points, or as many as a full quadratic of five variables needs where that is more. */
const leastSize = 21;
/** Points of polls are taken into the set within so many radii. */
const neighbourhood = 10;
/** Where polls have not given points enough for models after so many evaluations a variable, points are made for them. */
const patience = 10;
/** How often the resolution may become finer without a poll between. */
const farAhead = 2;
/** A violated constraint costs this much more than its multiplier, so that the optimum is the models' own. */
const dearer = 2;
/** Constrained steps stay inside by this part of the resolution, so that rounding does not put them outside. */
const inside = 1e-4;
/** A round point takes the place of the proposed one where the models promise this share of the gain. */
const nearly = 0.9;

/** A step as long as this, in steps of the variables, and what the models promise of it. */
interface Promised {
  length: number;
  gain: number;
}

/**
 * The model search of MADS: steps to the minimum of interpolating quadratics within a trust region, whose radius goes
 * with how well they predict, and steps that mend the set of points where it has become lopsided (Powell 2006,
 * doi:10.1007/0-387-30065-1_16, sections 2, 6 and 7). Constraints are modelled as the objective is.
 */
export class ModelSearch {
  private readonly set: Interpolation;
  /** Steps shorter than half of this are left to the poll. As all lengths here, in steps of the variables. */
  private resolution: number;
  private radius: number;
  /** The step proposed last. Undefined for one that mends the set. */
  private proposed: Promised | undefined;
  /** Of the objective and the constraints, about the centre from which that step was proposed. */
  private models: readonly Quadratic[] = [];
  /** The node that is too far away and being replaced. */
  private mending: Node | undefined;
  /** Whether the last step disappointed, so that the set is looked at first. */
  private doubtful = false;
  /** Whether no step at this resolution did any good: the poll's turn. */
  private spent = false;
  /** Whether the last step came to what the models had foretold. */
  private accurate = false;
  /** How often the resolution became finer since the last poll. */
  private ahead = 0;
  /** Points that were evaluated. */
  private offered = 0;
  /** The direction of the point proposed last, where it was one of the first. */
  private first: Float64Array | undefined;
  /** Directions of the first points to be tried again: the same way where that did good, the other way where not. */
  private readonly again: Float64Array[] = [];
  /** Cost of a unit of violated constraint. */
  private penalty = 0;

  private readonly eager: boolean;

  /** @param options the first frame is the resolution to begin with */
  constructor(
    private readonly space: { low: Float64Array; high: Float64Array; step: Float64Array },
    { initialFrame: first, eagerModels = false }: Pick<SearchOptions, 'initialFrame' | 'eagerModels'>,
  ) {
    this.eager = eagerModels;
    const n = space.step.length;
    this.set = new Interpolation(n, Math.min(((n + 1) * (n + 2)) / 2, Math.max(2 * n + 1, leastSize)));
    this.resolution = first;
    this.radius = first;
  }

  /** Whether enough points are known for models. */
  get ready(): boolean {
    return this.set.ready;
  }

  /** Whether it has points to propose, models or none. */
  get active(): boolean {
    return this.ready || (this.eager && this.offered >= patience * this.space.step.length);
  }

  /** The resolution, in steps of the variables. */
  get finest(): number {
    return this.resolution;
  }

  private scaled(x: Readonly<Float64Array>): Float64Array {
    return Float64Array.from(x, (value, i) => value / this.space.step[i]!);
  }

  /**
   * Takes note of a point that was evaluated.
   * @param wanted whether it is an improvement
   */
  offer(point: Point, centre: Point, wanted: boolean): void {
    this.offered += 1;
    const values = Float64Array.of(point.f, ...point.constraints);
    const { mending } = this;
    this.mending = undefined;
    if (values.some((value) => !Number.isFinite(value))) return;
    const u = this.scaled(point.x);
    const at = this.scaled(centre.x);
    const distance = norm(difference(u, at));
    if (!wanted && distance > neighbourhood * this.radius) return;
    this.set.offer({ u, values }, at, this.radius, wanted, mending);
  }

  /** The proposed point is known already: nothing takes the place of the node that it was to replace. */
  abandon(): void {
    this.mending = undefined;
  }

  /** The next point to try from the centre; undefined where the models promise nothing at this resolution. */
  propose(centre: Point): Float64Array | undefined {
    if (this.spent || !this.active) {
      this.spent = false;
      return undefined;
    }
    const { step, low, high } = this.space;
    const at = this.scaled(centre.x);
    const down = at.map((value, i) => Math.min(0, low[i]! / step[i]! - value));
    const up = at.map((value, i) => Math.max(0, high[i]! / step[i]! - value));
    const s =
      this.begin(down, up) ??
      (this.doubtful ? undefined : this.descent(at, down, up)) ??
      this.mend(at, down, up);
    this.doubtful = false;
    return s?.map((component, i) => centre.x[i]! + component * step[i]!);
  }

  /**
   * A step to one of the first points: along a new direction while there are too few points for models, then along each
   * of these again, for the curvature. Undefined once all are known.
   */
  private begin(down: Float64Array, up: Float64Array): Float64Array | undefined {
    const direction = this.ready ? this.again.pop() : this.set.newDirection();
    if (!direction) return undefined;
    this.proposed = undefined;
    this.first = this.ready ? undefined : direction;
    return direction.map((part, i) => Math.min(up[i]!, Math.max(down[i]!, this.radius * part)));
  }

  /** The step to the models' minimum within the region, where it is worth taking. */
  private descent(at: Float64Array, down: Float64Array, up: Float64Array): Float64Array | undefined {
    const models = this.set.modelsFrom(at);
    const [objective, ...constraints] = models;
    let s: Float64Array;
    if (constraints.length === 0) s = trustRegionStep(objective!, this.radius, down, up);
    else {
      const tightened = constraints.map((model) => ({
        ...model,
        value: model.value + inside * this.resolution * norm(model.gradient),
      }));
      const { step, multipliers } = constrainedStep([objective!, ...tightened], this.radius, down, up);
      this.penalty = Math.max(this.penalty, dearer * Math.max(...multipliers));
      s = step;
    }
    const proposed = this.promise(models, s);
    if (!(proposed.length >= this.resolution / 2 && proposed.gain > 0)) {
      // Models that foretold the last step well need no poll before they go on in finer steps.
      if (!(this.eager && this.accurate && this.ahead < farAhead)) return undefined;
      this.ahead += 1;
      this.finer();
      return this.descent(at, down, up);
    }
    this.proposed = proposed;
    this.models = models;
    return s;
  }

  /** What the models promise of a step. */
  private promise(models: readonly Quadratic[], s: Readonly<Float64Array>): Promised {
    const before = this.merit(models.map(({ value }) => value));
    return { length: norm(s), gain: before - this.merit(models.map((model) => valueAt(model, s))) };
  }

  /**
   * Whether the models promise nearly as much of a round point beside the one that was proposed, which it then takes
   * the place of: values on which optima lie, such as bounds and whole numbers, are met exactly.
   */
  prefers(round: Readonly<Float64Array>, centre: Point): boolean {
    if (!this.eager || !this.proposed) return false;
    const step = difference(this.scaled(round), this.scaled(centre.x));
    const promised = this.promise(this.models, step);
    const short = promised.length < this.resolution / 2;
    if (short || !(promised.gain >= nearly * this.proposed.gain)) return false;
    this.proposed = promised;
    return true;
  }

  /** A step to a point that takes the place of the farthest, where that is too far away. */
  private mend(at: Float64Array, down: Float64Array, up: Float64Array): Float64Array | undefined {
    let far: number | undefined;
    let distance = 2 * this.radius;
    this.set.nodes.forEach((_, t) => {
      const away = this.set.distance(t, at);
      if (away > distance) {
        distance = away;
        far = t;
      }
    });
    if (far === undefined) return undefined;
    this.mending = this.set.nodes[far];
    this.proposed = undefined;
    const reach = Math.max(Math.min(distance / 10, this.radius / 2), this.resolution);
    // Where its Lagrange function is largest either way, the new point makes the set soundest.
    const lagrange = this.set.lagrangeFrom(at, far);
    const negative: Quadratic = {
      value: -lagrange.value,
      gradient: lagrange.gradient.map((value) => -value),
      hessian: lagrange.hessian.map((value) => -value),
    };
    const [least, greatest] = [lagrange, negative].map((of) => trustRegionStep(of, reach, down, up));
    const size = (s: Float64Array) => Math.abs(valueAt(lagrange, s));
    return size(least!) > size(greatest!) ? least : greatest;
  }

  /** The objective, and what violates the constraints at a price. */
  private merit([f, ...constraints]: readonly number[]): number {
    return constraints.reduce((sum, c) => sum + this.penalty * Math.max(0, c), f!);
  }

  /** What the model of the objective expects of a step from the centre, in the variables' own units. */
  expectation(centre: Point): (step: Readonly<Float64Array>) => number {
    const model = this.set.modelsFrom(this.scaled(centre.x))[0]!;
    return (step) => valueAt(model, this.scaled(step));
  }

  /** What became of the proposed point: the radius follows how much of the promise was kept. */
  judge(centre: Point, point: Point): void {
    if (this.first) {
      const good = point.f < centre.f;
      this.again.unshift(this.first.map((part) => (good ? part : -part)));
      this.first = undefined;
    }
    if (!this.proposed) return;
    const { length, gain } = this.proposed;
    const meritOf = ({ f, constraints }: Point) => this.merit([f, ...constraints]);
    const ratio = (meritOf(centre) - meritOf(point)) / gain;
    if (ratio > 0.7) this.radius = Math.max(this.radius / 2, 2 * length);
    else if (ratio > 0.1) this.radius = Math.max(this.radius / 2, length);
    else this.radius = length / 2;
    this.accurate = ratio > 0.9 && ratio < 1.1;
    if (this.radius <= 1.5 * this.resolution) this.radius = this.resolution;
    this.doubtful = !(ratio >= 0.1);
    this.spent = !(ratio > 0) && length <= this.resolution;
  }

  /** Goes on at a finer resolution. */
  refine(): void {
    if (this.ahead === 0) this.finer();
    this.ahead = 0;
  }

  private finer(): void {
    this.radius = this.resolution / 2;
    this.resolution /= 10;
  }
}
