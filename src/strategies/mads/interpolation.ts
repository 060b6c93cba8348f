import { InterpolationSystem, type Standing } from './interpolation-system.js';
import { difference, norm, type Quadratic, shifted, valueAt } from './trust-region.js';

/** A point of the set: where it lies, in units of the variables' steps, and every output there. */
export interface Node {
  u: Float64Array;
  /** `[outputs]` */
  values: Float64Array;
}

/** How much of an edge must be new for one of the first n + 1 points to count as independent of the others. */
const independence = 0.05;

/** What a point must add to a set that grows, in units of the fourth power of its distance. */
const newness = 1e-4;

/** The system of more variables is brought up to date point by point; that of fewer is made anew, which is exact. */
const exactly = 30;
/** It is made anew where the centre has moved so many radii away, or the radius is another by so much. */
const drift = 10;

/**
 * Quadratic models of several outputs over one set of points, updated as Powell's NEWUOA does (Powell 2006,
 * doi:10.1007/0-387-30065-1_16): each new model interpolates the outputs at all points of the set, and of those that do
 * it is the one whose Hessian changes least in the Frobenius norm. The set grows to `most` points; then a new one takes
 * the place of the one that it serves best to replace.
 */
export class Interpolation {
  readonly nodes: Node[] = [];
  /** Orthonormal basis of the edges from the first node to the others, while they are collected. */
  private basis: Float64Array[] = [];
  /** Models `[outputs]` of the step from `origin`. */
  private models: Quadratic[] = [];
  private origin = new Float64Array(0);
  /** Of the nodes, once there are enough of them. */
  private system: InterpolationSystem | undefined;

  constructor(
    private readonly n: number,
    private readonly most: number,
  ) {}

  /** Whether there are enough points for a model. */
  get ready(): boolean {
    return this.nodes.length > this.n;
  }

  distance(node: number, u: Readonly<Float64Array>): number {
    return norm(difference(this.nodes[node]!.u, u));
  }

  /** What of an edge from the first node lies outside the space of the edges to the others. */
  private rest(edge: Float64Array): Float64Array {
    const rest = edge.slice();
    for (const unit of this.basis) {
      let along = 0;
      for (let i = 0; i < this.n; i++) along += unit[i]! * rest[i]!;
      for (let i = 0; i < this.n; i++) rest[i]! -= along * unit[i]!;
    }
    return rest;
  }

  /** Of the first points: taken where it is affinely independent of those before it. */
  private begin(node: Node): boolean {
    const [first] = this.nodes;
    if (first) {
      const edge = difference(node.u, first.u);
      const rest = this.rest(edge);
      const length = norm(rest);
      if (!(length > independence * norm(edge))) return false;
      this.basis.push(rest.map((value) => value / length));
    }
    this.nodes.push(node);
    return true;
  }

  /** `[n]` a direction of length 1 in which no two of the first nodes differ, near the axis that they know least of. */
  newDirection(): Float64Array {
    const unknown = new Float64Array(this.n).fill(1);
    for (const unit of this.basis) for (let i = 0; i < this.n; i++) unknown[i]! -= unit[i]! * unit[i]!;
    const axis = new Float64Array(this.n);
    axis[unknown.indexOf(Math.max(...unknown))] = 1;
    const rest = this.rest(axis);
    const length = norm(rest);
    return rest.map((value) => value / length);
  }

  /**
   * Takes a point into the set where that helps.
   * @param centre the point that is best so far; it is never given up
   * @param radius of the region of interest about it
   * @param wanted whether the point is an improvement: it is then taken wherever that leaves the set sound
   * @param victim the node that it was made to replace
   */
  offer(node: Node, centre: Readonly<Float64Array>, radius: number, wanted: boolean, victim?: Node): void {
    if (!this.ready) {
      if (this.begin(node) && this.ready) this.settle(centre, radius);
      return;
    }
    const system = this.system!;
    const standing = system.standing(node.u);
    const place = this.placeFor(node, standing, centre, radius, wanted, victim);
    if (place === undefined) return;
    this.nodes[place] = node;
    if (this.isCurrent(system, centre, radius) && system.take(place, node.u, standing)) this.learn(place);
    else this.settle(centre, radius);
  }

  /** Whether the system may be brought up to date rather than made anew. */
  private isCurrent(system: InterpolationSystem, centre: Readonly<Float64Array>, radius: number): boolean {
    return (
      this.n > exactly &&
      system.updates < this.n &&
      radius < drift * system.scale &&
      system.scale < drift * radius &&
      system.distance(centre) < drift * radius
    );
  }

  /** Index of the node that a new one replaces, or the next one of a set that may grow; undefined where it is no use. */
  private placeFor(
    node: Node,
    { solved, fresh }: Standing,
    centre: Readonly<Float64Array>,
    radius: number,
    wanted: boolean,
    victim: Node | undefined,
  ): number | undefined {
    const replaced = victim ? this.nodes.indexOf(victim) : -1;
    if (replaced >= 0) return replaced;
    const { inverse, size, scale } = this.system!;
    if (this.nodes.length < this.most) {
      const length = this.system!.distance(node.u) / scale;
      if (fresh > newness * length * length * length * length) return this.nodes.length;
    }
    let chosen: number | undefined;
    let most = wanted ? 0 : 1;
    for (let t = 0; t < this.nodes.length; t++) {
      const far = this.distance(t, centre) / radius;
      if (far === 0) continue;
      const denominator = inverse[t * size + t]! * fresh + solved[t]! * solved[t]!;
      const weight = Math.max(1, far * far * far * far * far * far);
      if (Math.abs(denominator) * weight > most) {
        most = Math.abs(denominator) * weight;
        chosen = t;
      }
    }
    return chosen;
  }

  /** Makes the system anew about the centre and brings the models up to date. */
  private settle(centre: Readonly<Float64Array>, radius: number): void {
    const { nodes } = this;
    let base = 0;
    let nearest = this.distance(0, centre);
    for (let t = 1; t < nodes.length; t++) {
      const distance = this.distance(t, centre);
      if (distance < nearest) [base, nearest] = [t, distance];
    }
    const origin = nodes[base]!.u;
    this.move(origin);
    this.system = InterpolationSystem.of(
      nodes.map(({ u }) => u),
      origin,
      radius,
    );
    if (!this.system) {
      this.restart(centre, radius);
      return;
    }
    this.models.forEach((model, output) => {
      for (let round = 0; round < 2; round++) {
        const residuals = Float64Array.from(nodes, (node) => this.residual(model, output, node));
        this.correct(model, this.combined(residuals));
      }
    });
    if (!this.models.every(finite)) this.clear();
  }

  /** Brings the models up to date where one node is new: they pass through the others already. */
  private learn(place: number): void {
    const { inverse, size, origin } = this.system!;
    this.move(origin);
    this.models.forEach((model, output) => {
      const residual = this.residual(model, output, this.nodes[place]!);
      this.correct(
        model,
        inverse.slice(place * size, (place + 1) * size).map((value) => value * residual),
      );
    });
    if (!this.models.every(finite)) this.clear();
  }

  /** What a model lacks of an output at a node. */
  private residual(model: Quadratic, output: number, { u, values }: Node): number {
    return values[output]! - valueAt(model, difference(u, this.origin));
  }

  /** The solution of the system for given values at the nodes. */
  private combined(values: Readonly<Float64Array>): Float64Array {
    const { inverse, size } = this.system!;
    const solved = new Float64Array(size);
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < values.length; b++) solved[a]! += inverse[a * size + b]! * values[b]!;
    }
    return solved;
  }

  /** Adds to a model the quadratic that a solution of the system stands for. */
  private correct(model: Quadratic, solved: Readonly<Float64Array>): void {
    const { n } = this;
    const { scale, y } = this.system!;
    const m = y.length;
    model.value += solved[m]!;
    for (let i = 0; i < n; i++) model.gradient[i]! += solved[m + 1 + i]! / scale;
    for (let t = 0; t < m; t++) {
      const weight = solved[t]! / (scale * scale);
      const point = y[t]!;
      for (let i = 0; i < n; i++) {
        const factor = weight * point[i]!;
        for (let j = 0; j < n; j++) model.hessian[i * n + j]! += factor * point[j]!;
      }
    }
  }

  /** Expresses the models as steps from another point. */
  private move(origin: Readonly<Float64Array>): void {
    const { n } = this;
    if (this.models.length === 0) {
      this.models = Array.from(this.nodes[0]!.values, () => ({
        value: 0,
        gradient: new Float64Array(n),
        hessian: new Float64Array(n * n),
      }));
    } else {
      const step = difference(origin, this.origin);
      this.models = this.models.map((model) => shifted(model, step));
    }
    this.origin = Float64Array.from(origin);
  }

  /** Gives up a set that has become degenerate for its points nearest the centre. */
  private restart(centre: Readonly<Float64Array>, radius: number): void {
    const byDistance = this.nodes
      .map((node, t) => ({ node, distance: this.distance(t, centre) }))
      .sort((a, b) => a.distance - b.distance);
    const again = this.nodes.length > this.n + 1;
    this.clear();
    // The least set that is degenerate too leaves nothing to go on: it is collected anew.
    if (!again) return;
    for (const { node, distance } of byDistance) {
      // Nearer than rounding lets tell apart, points are of no use to a model.
      if (!this.ready && (distance === 0 || distance > 1e-3 * radius)) this.begin(node);
    }
    if (this.ready) this.settle(centre, radius);
  }

  private clear(): void {
    this.nodes.length = 0;
    this.basis = [];
    this.models = [];
    this.system = undefined;
  }

  /** A node's Lagrange function, of the step from `u`. */
  lagrangeFrom(u: Readonly<Float64Array>, node: number): Quadratic {
    const { n, nodes } = this;
    const { scale, inverse, origin, size } = this.system!;
    const m = nodes.length;
    const hessian = new Float64Array(n * n);
    for (let t = 0; t < m; t++) {
      const weight = inverse[node * size + t]! / (scale * scale * scale * scale);
      const y = nodes[t]!.u;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++)
          hessian[i * n + j]! += weight * (y[i]! - origin[i]!) * (y[j]! - origin[j]!);
      }
    }
    const gradient = Float64Array.from(origin, (_, i) => inverse[node * size + m + 1 + i]! / scale);
    return shifted({ value: inverse[node * size + m]!, gradient, hessian }, difference(u, origin));
  }

  /** Models of all outputs, of the step from `u`. */
  modelsFrom(u: Readonly<Float64Array>): readonly Quadratic[] {
    this.move(u);
    return this.models;
  }
}

/** Values near the ends of float64 can overflow on the way. */
const finite = ({ value, gradient, hessian }: Quadratic): boolean =>
  Number.isFinite(value) && gradient.every(Number.isFinite) && hessian.every(Number.isFinite);
