import { symmetricEigen } from '../../math/symmetric-eigen.js';

/** A quadratic value + g s + s H s / 2 of a step s. */
export interface Quadratic {
  value: number;
  /** `[n]` */
  gradient: Float64Array;
  /** `[n, n]` symmetric */
  hessian: Float64Array;
}

export function valueAt({ value, gradient, hessian }: Quadratic, s: Readonly<Float64Array>): number {
  const n = s.length;
  let sum = value;
  for (let i = 0; i < n; i++) {
    let curvature = 0;
    for (let j = 0; j < n; j++) curvature += hessian[i * n + j]! * s[j]!;
    sum += s[i]! * (gradient[i]! + curvature / 2);
  }
  return sum;
}

export function gradientAt({ gradient, hessian }: Quadratic, s: Readonly<Float64Array>): Float64Array {
  const n = s.length;
  return gradient.map((component, i) => {
    let sum = component;
    for (let j = 0; j < n; j++) sum += hessian[i * n + j]! * s[j]!;
    return sum;
  });
}

/** The same quadratic, of the step from a point that lies `step` away. */
export function shifted(quadratic: Quadratic, step: Readonly<Float64Array>): Quadratic {
  return {
    value: valueAt(quadratic, step),
    gradient: gradientAt(quadratic, step),
    hessian: quadratic.hessian,
  };
}

export function norm(v: Readonly<Float64Array>): number {
  let square = 0;
  for (let i = 0; i < v.length; i++) square += v[i]! * v[i]!;
  return Math.sqrt(square);
}

/** a - b, divided by a scale. A loop: vectors of models are short, and functions for each entry take most of the time. */
export function difference(a: Readonly<Float64Array>, b: Readonly<Float64Array>, scale = 1): Float64Array {
  const result = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) result[i] = (a[i]! - b[i]!) / scale;
  return result;
}

/** A quadratic whose coefficients are no larger, or not finite, has no lowest point to speak of. */
const flat = 1e-250;

/**
 * The step of least value within a ball, exactly, from the eigenvectors of the Hessian: its length falls with the
 * multiplier of the ball, and where the ball binds the multiplier is the one that makes it the radius (Conn, Gould and
 * Toint 2000, Trust-Region Methods, ch. 7).
 */
function ballStep(
  gradient: Readonly<Float64Array>,
  hessian: Readonly<Float64Array>,
  radius: number,
): Float64Array {
  const n = gradient.length;
  let largest = 0;
  for (const component of gradient) largest = Math.max(largest, Math.abs(component) / radius);
  for (const component of hessian) largest = Math.max(largest, Math.abs(component));
  if (!(largest > flat && largest < Infinity)) return new Float64Array(n);
  const vectors = hessian.map((component) => component / largest);
  const values = new Float64Array(n);
  symmetricEigen(vectors, values);
  const along = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) along[k]! += (vectors[k * n + i]! * gradient[i]!) / largest;
  }
  const multiplier = ballMultiplier(along, values, radius);
  const parts = along.map((part, k) => {
    const curvature = values[k]! + multiplier;
    return curvature > 0 ? -part / curvature : 0;
  });
  // Where the gradient has nothing along the lowest eigenvector, the rest of the ball is spent along it.
  const rest = radius * radius - parts.reduce((sum, part) => sum + part * part, 0);
  if (values[0]! < 0 && rest > 1e-8 * radius * radius)
    parts[0]! += (along[0]! > 0 ? -1 : 1) * Math.sqrt(rest);
  const step = new Float64Array(n);
  for (let k = 0; k < n; k++) for (let i = 0; i < n; i++) step[i]! += parts[k]! * vectors[k * n + i]!;
  const length = norm(step);
  return length > radius ? step.map((component) => (component * radius) / length) : step;
}

/**
 * The multiplier of the ball: 0 where the step of a convex quadratic ends inside.
 * @param along `[n]` the gradient along each eigenvector
 * @param values `[n]` eigenvalues, ascending
 */
function ballMultiplier(along: Float64Array, values: Float64Array, radius: number): number {
  const n = along.length;
  const slope = norm(along);
  const least = values[0]!;
  const tiny = 1e-14 * Math.max(Math.abs(least), Math.abs(values[n - 1]!), slope / radius);
  /** Length of the step, and minus half the derivative of its square. */
  const measure = (multiplier: number) => {
    let square = 0;
    let fall = 0;
    for (let k = 0; k < n; k++) {
      const curvature = values[k]! + multiplier;
      const part = along[k]! / curvature;
      square += part * part;
      fall += (part * part) / curvature;
    }
    return { length: Math.sqrt(square), fall };
  };
  if (least > tiny && measure(0).length <= radius) return 0;
  let from = Math.max(0, -least) + tiny;
  let to = from + slope / radius;
  if (measure(from).length <= radius) return from;
  let multiplier = from;
  for (let round = 0; round < 60 && to - from > 1e-12 * to; round++) {
    const { length, fall } = measure(multiplier);
    if (Math.abs(length - radius) <= 1e-10 * radius) return multiplier;
    if (length > radius) from = multiplier;
    else to = multiplier;
    // Newton's step on 1 / length, which is nearly straight; the middle where it leaves the bracket.
    multiplier += ((length - radius) / radius) * ((length * length) / fall);
    if (!(multiplier > from && multiplier < to)) multiplier = (from + to) / 2;
  }
  return to;
}

/**
 * A step that makes a quadratic small within a ball and bounds: the ball's own step, in which variables that leave
 * their bounds are held there while the others are chosen anew.
 * @param low `[n]` at most 0, and high `[n]` at least 0: bounds of the step
 */
export function trustRegionStep(
  { gradient, hessian }: Quadratic,
  radius: number,
  low: Readonly<Float64Array>,
  high: Readonly<Float64Array>,
): Float64Array {
  const n = gradient.length;
  const step = new Float64Array(n);
  let free = Array.from({ length: n }, (_, i) => i);
  let room = radius * radius;
  while (free.length > 0 && room > 0) {
    const m = free.length;
    const slope = Float64Array.from(free, (i) => {
      let sum = gradient[i]!;
      for (let j = 0; j < n; j++) sum += hessian[i * n + j]! * step[j]!;
      return sum;
    });
    const part = new Float64Array(m * m);
    for (let a = 0; a < m; a++) {
      for (let b = 0; b < m; b++) part[a * m + b] = hessian[free[a]! * n + free[b]!]!;
    }
    const inner = ballStep(slope, part, Math.sqrt(room));
    const left: number[] = [];
    free.forEach((i, a) => {
      if (inner[a]! >= low[i]! && inner[a]! <= high[i]!) left.push(i);
      else {
        step[i] = inner[a]! < low[i]! ? low[i]! : high[i]!;
        room -= step[i]! * step[i]!;
      }
    });
    if (left.length === m) {
      free.forEach((i, a) => {
        step[i] = inner[a]!;
      });
      break;
    }
    free = left;
  }
  return step;
}
