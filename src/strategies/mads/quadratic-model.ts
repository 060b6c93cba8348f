import { solveInPlace } from '../../math/linear-solve.js';
import type { Point } from './point-cache.js';

/** A quadratic in scaled coordinates s = (x - centre) / scale: c + g s + s H s / 2. */
export interface QuadraticModel {
  centre: Float64Array;
  scale: Float64Array;
  gradient: Float64Array;
  /** `[n, n]` symmetric */
  hessian: Float64Array;
}

/**
 * The quadratic that interpolates the points and has the smallest Hessian among those that do (Conn, Scheinberg and
 * Vicente 2009, Introduction to Derivative-Free Optimization, ch. 5; Powell's least Frobenius norm). With as many points
 * as a quadratic has coefficients, that is the ordinary interpolant. Undefined where the points do not determine it.
 */
export function fitModel(
  points: readonly Point[],
  centre: Readonly<Float64Array>,
  scale: Readonly<Float64Array>,
): QuadraticModel | undefined {
  const n = centre.length;
  const m = points.length;
  const size = m + n + 1;
  const s = points.map(({ x }) => Float64Array.from(x, (value, i) => (value - centre[i]!) / scale[i]!));
  const a = new Float64Array(size * size);
  const b = new Float64Array(size);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= i; j++) {
      let product = 0;
      for (let k = 0; k < n; k++) product += s[i]![k]! * s[j]![k]!;
      const value = (product * product) / 2;
      a[i * size + j] = value;
      a[j * size + i] = value;
    }
    // A trace of regularisation keeps nearly coincident points from ruling the fit.
    a[i * size + i]! += 1e-10;
    a[i * size + m] = 1;
    a[m * size + i] = 1;
    for (let k = 0; k < n; k++) {
      a[i * size + m + 1 + k] = s[i]![k]!;
      a[(m + 1 + k) * size + i] = s[i]![k]!;
    }
    b[i] = points[i]!.f;
  }
  if (!solveInPlace(a, b)) return undefined;
  const hessian = new Float64Array(n * n);
  for (let p = 0; p < m; p++) {
    const weight = b[p]!;
    for (let i = 0; i < n; i++) {
      const factor = weight * s[p]![i]!;
      for (let j = 0; j < n; j++) hessian[i * n + j]! += factor * s[p]![j]!;
    }
  }
  return {
    centre: Float64Array.from(centre),
    scale: Float64Array.from(scale),
    gradient: b.slice(m + 1),
    hessian,
  };
}

/** The model's change from its centre, at x. */
export function predict(model: QuadraticModel, x: Readonly<Float64Array>): number {
  const { centre, scale, gradient, hessian } = model;
  const n = centre.length;
  const s = Float64Array.from(x, (value, i) => (value - centre[i]!) / scale[i]!);
  let value = 0;
  for (let i = 0; i < n; i++) {
    let curvature = 0;
    for (let j = 0; j < n; j++) curvature += hessian[i * n + j]! * s[j]!;
    value += s[i]! * (gradient[i]! + curvature / 2);
  }
  return value;
}

const sweeps = 60;

/** The stationary point of the model brought into the box, where it lies below the centre; the centre otherwise. */
function newtonPoint(model: QuadraticModel, from: Float64Array, to: Float64Array): Float64Array {
  const s = model.gradient.map((component) => -component);
  if (!solveInPlace(Float64Array.from(model.hessian), s)) return new Float64Array(s.length);
  for (let i = 0; i < s.length; i++) s[i] = Math.min(to[i]!, Math.max(from[i]!, s[i]!));
  const x = s.map((value, i) => model.centre[i]! + value * model.scale[i]!);
  return predict(model, x) < 0 ? s : new Float64Array(s.length);
}

/**
 * A low point of the model within a box around its centre: from Newton's point, coordinate by coordinate to the exact
 * minimum along each, until nothing moves.
 * @param low `[n]` and high `[n]`: the box in x
 */
export function minimise(
  model: QuadraticModel,
  low: Readonly<Float64Array>,
  high: Readonly<Float64Array>,
): Float64Array {
  const { centre, scale, gradient, hessian } = model;
  const n = centre.length;
  const from = Float64Array.from(low, (bound, i) => (bound - centre[i]!) / scale[i]!);
  const to = Float64Array.from(high, (bound, i) => (bound - centre[i]!) / scale[i]!);
  const s = newtonPoint(model, from, to);
  const slope = Float64Array.from(gradient);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) slope[i]! += hessian[i * n + j]! * s[j]!;
  }
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let moved = 0;
    for (let i = 0; i < n; i++) {
      const curvature = hessian[i * n + i]!;
      const gain = (step: number) => step * (slope[i]! + (curvature * step) / 2);
      const [down, up] = [from[i]! - s[i]!, to[i]! - s[i]!];
      const step =
        curvature > 0
          ? Math.min(up, Math.max(down, -slope[i]! / curvature))
          : gain(down) < gain(up)
            ? down
            : up;
      if (!(gain(step) < 0)) continue;
      s[i]! += step;
      for (let j = 0; j < n; j++) slope[j]! += hessian[j * n + i]! * step;
      moved = Math.max(moved, Math.abs(step));
    }
    if (moved < 1e-9) break;
  }
  return Float64Array.from(s, (value, i) => centre[i]! + value * scale[i]!);
}
