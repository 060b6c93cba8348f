import type { RandomStream } from '../../math/random.js';
import type { Mesh } from './mesh.js';

/** A random unit vector, `[n]`. */
export function unitVector(n: number, stream: RandomStream): Float64Array {
  const v = new Float64Array(n);
  let square = 0;
  while (!(square > 0)) {
    stream.normals(v);
    square = 0;
    for (let i = 0; i < n; i++) square += v[i]! * v[i]!;
  }
  const length = Math.sqrt(square);
  for (let i = 0; i < n; i++) v[i]! /= length;
  return v;
}

/** A direction as a step on the mesh: scaled so that its largest component spans the frame. */
export function onMesh(direction: Readonly<Float64Array>, mesh: Mesh): Float64Array {
  let largest = 0;
  for (const component of direction) largest = Math.max(largest, Math.abs(component));
  const step = new Float64Array(direction.length);
  for (let i = 0; i < step.length; i++) {
    step[i] = Math.round((direction[i]! / largest) * mesh.ratio[i]!) * mesh.size[i]!;
  }
  return step;
}

/**
 * The directions of a poll: the columns of the Householder matrix I - 2 v v^T of a random unit vector, which are an
 * orthogonal basis (Abramson et al. 2009, SIAM J. Optim. 20(2):948-966, with pseudo-random in place of Halton directions,
 * as in NOMAD 4), each rounded to the mesh as {@link onMesh} does. They are numbered 1 to n, their opposites -1 to -n, and
 * made when asked for; on a coarse mesh of many variables most components round to 0 and cost nothing.
 */
export class PollBasis {
  private readonly v: Float64Array;
  /** `[n]` variables, those of the largest |v| first */
  private readonly order: Int32Array;
  private readonly most: number;
  /** `[n]` of the direction rounded last */
  private readonly variables: Int32Array;
  private readonly components: Float64Array;

  constructor(
    private readonly mesh: Mesh,
    stream: RandomStream,
  ) {
    const n = mesh.size.length;
    const v = unitVector(n, stream);
    this.v = v;
    this.variables = new Int32Array(n);
    this.components = new Float64Array(n);
    this.order = Int32Array.from(v, (_, i) => i).sort((a, b) => Math.abs(v[b]!) - Math.abs(v[a]!) || a - b);
    let most = 0;
    for (let i = 0; i < n; i++) most = Math.max(most, mesh.ratio[i]!);
    this.most = most;
  }

  /** Takes down what is left of a direction after rounding, its variables and their components, and says how many. */
  private round(signed: number): number {
    const { v, order, mesh, most, variables, components } = this;
    const { ratio, size } = mesh;
    const j = Math.abs(signed) - 1;
    const sign = signed > 0 ? 1 : -1;
    const own = 1 - 2 * v[j]! * v[j]!;
    const other = order[0] === j ? order[1] : order[0];
    const largest = Math.max(Math.abs(own), other === undefined ? 0 : Math.abs(2 * v[other]! * v[j]!));
    variables[0] = j;
    components[0] = Math.round(((sign * own) / largest) * ratio[j]!) * size[j]!;
    const factor = (-2 * sign * v[j]!) / largest;
    let count = 1;
    for (let k = 0; k < order.length; k++) {
      const i = order[k]!;
      const part = factor * v[i]!;
      if (Math.abs(part) * most < 0.5) break;
      if (i === j) continue;
      variables[count] = i;
      components[count] = Math.round(part * ratio[i]!) * size[i]!;
      count += 1;
    }
    return count;
  }

  /** `[n]` a step */
  direction(signed: number): Float64Array {
    const step = new Float64Array(this.v.length);
    const count = this.round(signed);
    for (let k = 0; k < count; k++) step[this.variables[k]!] = this.components[k]!;
    return step;
  }

  /** `[n]` the point that a direction leads to from a point of the mesh within the bounds. */
  pointFrom(
    centre: Readonly<Float64Array>,
    signed: number,
    low: Readonly<Float64Array>,
    high: Readonly<Float64Array>,
  ): Float64Array {
    const { mesh, variables, components } = this;
    const x = centre.slice();
    const count = this.round(signed);
    for (let k = 0; k < count; k++) {
      const i = variables[k]!;
      x[i] = mesh.nearest(i, centre[i]! + components[k]!, centre[i]!, low[i]!, high[i]!);
    }
    return x;
  }

  /** Cosine of the angle between a direction and `step`, times the length of `step`. */
  along(signed: number, step: Readonly<Float64Array>): number {
    let product = 0;
    let square = 0;
    const count = this.round(signed);
    for (let k = 0; k < count; k++) {
      const component = this.components[k]!;
      product += component * step[this.variables[k]!]!;
      square += component * component;
    }
    return square > 0 ? product / Math.sqrt(square) : 0;
  }
}
