import { invertInPlace } from '../../math/inverse.js';
import { norm, type Quadratic, shifted, valueAt } from './trust-region.js';

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

/** How a new point stands to the set. */
interface Standing {
  /** `[nodes]` the value there of each node's Lagrange function: 1 at the node, 0 at the others. */
  lagrange: Float64Array;
  /** What the point would add to the set beyond them. */
  fresh: number;
}

/**
 * Quadratic models of several outputs over one set of points, updated as Powell's NEWUOA does (Powell 2006,
 * doi:10.1007/0-387-30065-1_16): each new model interpolates the outputs at all points of the set, and of those that do
 * it is the one whose Hessian changes least in the Frobenius norm. The set grows to `most` points; then a new one takes
 * the place of the one that it serves best to replace.
 */
export class Interpolation {
  readonly nodes: Node[] = [];
  /** The node that models are measured from. */
  private base = 0;
  /** Length that coordinates are divided by while the system is solved. */
  private scale = 1;
  /** Models `[outputs]` of the step from `origin`. */
  private models: Quadratic[] = [];
  private origin = new Float64Array(0);
  /** Inverse of the interpolation system `[nodes + n + 1, nodes + n + 1]`. */
  private inverse = new Float64Array(0);

  constructor(
    private readonly n: number,
    private readonly most: number,
  ) {}

  /** Whether there are enough points for a model. */
  get ready(): boolean {
    return this.nodes.length > this.n;
  }

  distance(node: number, u: Readonly<Float64Array>): number {
    return norm(this.nodes[node]!.u.map((value, i) => value - u[i]!));
  }

  /** Of the first points: taken where it is affinely independent of those before it. */
  private begin(node: Node): boolean {
    const [first, ...others] = this.nodes;
    if (first) {
      const basis: Float64Array[] = [];
      const rest = (u: Float64Array) => {
        const edge = u.map((value, i) => value - first.u[i]!);
        for (const unit of basis) {
          let along = 0;
          for (let i = 0; i < this.n; i++) along += unit[i]! * edge[i]!;
          for (let i = 0; i < this.n; i++) edge[i]! -= along * unit[i]!;
        }
        return edge;
      };
      for (const { u } of others) {
        const edge = rest(u);
        const length = norm(edge);
        basis.push(edge.map((value) => value / length));
      }
      if (!(norm(rest(node.u)) > independence * norm(node.u.map((value, i) => value - first.u[i]!))))
        return false;
    }
    this.nodes.push(node);
    return true;
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
    const place = this.placeFor(node, centre, radius, wanted, victim);
    if (place === undefined) return;
    this.nodes[place] = node;
    this.settle(centre, radius);
  }

  /** Index of the node that a new one replaces, or the next one of a set that may grow; undefined where it is no use. */
  private placeFor(
    node: Node,
    centre: Readonly<Float64Array>,
    radius: number,
    wanted: boolean,
    victim: Node | undefined,
  ): number | undefined {
    const replaced = victim ? this.nodes.indexOf(victim) : -1;
    if (replaced >= 0) return replaced;
    const { lagrange, fresh } = this.standing(node.u);
    if (this.nodes.length < this.most) {
      const length = this.distance(this.base, node.u) / this.scale;
      if (fresh > newness * length * length * length * length) return this.nodes.length;
    }
    const size = this.nodes.length + this.n + 1;
    let chosen: number | undefined;
    let most = wanted ? 0 : 1;
    for (let t = 0; t < this.nodes.length; t++) {
      const far = this.distance(t, centre) / radius;
      if (far === 0) continue;
      const denominator = this.inverse[t * size + t]! * fresh + lagrange[t]! * lagrange[t]!;
      const weight = Math.max(1, far * far * far * far * far * far);
      if (Math.abs(denominator) * weight > most) {
        most = Math.abs(denominator) * weight;
        chosen = t;
      }
    }
    return chosen;
  }

  /** Rebuilds the system about the centre and brings the models up to date. */
  private settle(centre: Readonly<Float64Array>, radius: number): void {
    const { nodes, n } = this;
    this.scale = radius;
    this.base = 0;
    for (let t = 1; t < nodes.length; t++) {
      if (this.distance(t, centre) < this.distance(this.base, centre)) this.base = t;
    }
    const origin = nodes[this.base]!.u;
    this.move(origin);
    const m = nodes.length;
    const size = m + n + 1;
    const y = nodes.map(({ u }) => u.map((value, i) => (value - origin[i]!) / radius));
    const system = new Float64Array(size * size);
    for (let a = 0; a < m; a++) {
      for (let b = 0; b <= a; b++) {
        let product = 0;
        for (let i = 0; i < n; i++) product += y[a]![i]! * y[b]![i]!;
        system[a * size + b] = (product * product) / 2;
        system[b * size + a] = system[a * size + b]!;
      }
      system[a * size + m] = 1;
      system[m * size + a] = 1;
      for (let i = 0; i < n; i++) {
        system[a * size + m + 1 + i] = y[a]![i]!;
        system[(m + 1 + i) * size + a] = y[a]![i]!;
      }
    }
    if (!invertInPlace(system, size)) {
      this.restart(centre, radius);
      return;
    }
    this.inverse = system;
    this.models.forEach((model, output) => {
      for (let round = 0; round < 2; round++) this.correct(model, output, y);
    });
    if (!this.models.every(finite)) this.clear();
  }

  /** Adds to a model the least change that makes it interpolate. */
  private correct(model: Quadratic, output: number, y: readonly Float64Array[]): void {
    const { n, nodes, scale, origin, inverse } = this;
    const m = nodes.length;
    const size = m + n + 1;
    const residual = nodes.map(
      ({ u, values }) =>
        values[output]! -
        valueAt(
          model,
          u.map((value, i) => value - origin[i]!),
        ),
    );
    const solved = new Float64Array(size);
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < m; b++) solved[a]! += inverse[a * size + b]! * residual[b]!;
    }
    model.value += solved[m]!;
    for (let i = 0; i < n; i++) model.gradient[i]! += solved[m + 1 + i]! / scale;
    for (let t = 0; t < m; t++) {
      const weight = solved[t]! / (scale * scale);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) model.hessian[i * n + j]! += weight * y[t]![i]! * y[t]![j]!;
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
      const step = origin.map((value, i) => value - this.origin[i]!);
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
    this.models = [];
  }

  private standing(u: Readonly<Float64Array>): Standing {
    const { n, nodes, scale, inverse } = this;
    const m = nodes.length;
    const size = m + n + 1;
    const origin = nodes[this.base]!.u;
    const s = u.map((value, i) => (value - origin[i]!) / scale);
    const w = new Float64Array(size);
    for (let t = 0; t < m; t++) {
      let product = 0;
      for (let i = 0; i < n; i++) product += ((nodes[t]!.u[i]! - origin[i]!) / scale) * s[i]!;
      w[t] = (product * product) / 2;
    }
    w[m] = 1;
    w.set(s, m + 1);
    const solved = new Float64Array(size);
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) solved[a]! += inverse[a * size + b]! * w[b]!;
    }
    let fresh = 0;
    for (const component of s) fresh += component * component;
    fresh = (fresh * fresh) / 2;
    for (let a = 0; a < size; a++) fresh -= w[a]! * solved[a]!;
    return { lagrange: solved.subarray(0, m), fresh };
  }

  /** A node's Lagrange function, of the step from `u`. */
  lagrangeFrom(u: Readonly<Float64Array>, node: number): Quadratic {
    const { n, nodes, scale, inverse } = this;
    const origin = nodes[this.base]!.u;
    const m = nodes.length;
    const size = m + n + 1;
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
    return shifted(
      { value: inverse[node * size + m]!, gradient, hessian },
      u.map((value, i) => value - origin[i]!),
    );
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
