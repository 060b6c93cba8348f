import { gradientAt, norm, type Quadratic, trustRegionStep, valueAt } from './trust-region.js';

/**
 * A step that makes the first model small while the others stay at most 0, within a ball and bounds: augmented
 * Lagrangian, each of its minimisations by trust-region steps on its own quadratic expansion (Nocedal and Wright 2006,
 * Numerical Optimization, ch. 17).
 */
export function constrainedStep(
  [objective, ...constraints]: readonly Quadratic[],
  radius: number,
  low: Readonly<Float64Array>,
  high: Readonly<Float64Array>,
): { step: Float64Array; multipliers: Float64Array } {
  const n = low.length;
  let s = new Float64Array(n);
  const multipliers = new Float64Array(constraints.length);
  const slope = norm(objective!.gradient);
  const steepest = Math.max(
    ...constraints.map(({ gradient, hessian }) => norm(gradient) + radius * norm(hessian)),
    1e-150,
  );
  let penalty = (10 * Math.max(slope, 1e-12)) / (steepest * steepest * radius);
  const lagrangian = (at: Float64Array) => {
    let value = valueAt(objective!, at);
    constraints.forEach((constraint, j) => {
      const active = Math.max(0, multipliers[j]! + penalty * valueAt(constraint, at));
      value += (active * active) / (2 * penalty);
    });
    return value;
  };
  for (let outer = 0; outer < 20; outer++) {
    let reach = radius;
    let value = lagrangian(s);
    for (let inner = 0; inner < 30; inner++) {
      const gradient = gradientAt(objective!, s);
      const hessian = Float64Array.from(objective!.hessian);
      constraints.forEach((constraint, j) => {
        const active = multipliers[j]! + penalty * valueAt(constraint, s);
        if (active <= 0) return;
        const slopes = gradientAt(constraint, s);
        for (let i = 0; i < n; i++) {
          gradient[i]! += active * slopes[i]!;
          for (let k = 0; k < n; k++) {
            hessian[i * n + k]! +=
              active * constraint.hessian[i * n + k]! + penalty * slopes[i]! * slopes[k]!;
          }
        }
      });
      const box = (bound: Readonly<Float64Array>, sign: number) =>
        bound.map((limit, i) =>
          sign < 0
            ? Math.min(0, Math.max(limit, -radius) - s[i]!)
            : Math.max(0, Math.min(limit, radius) - s[i]!),
        );
      const step = trustRegionStep({ value: 0, gradient, hessian }, reach, box(low, -1), box(high, 1));
      const next = s.map((component, i) => component + step[i]!);
      const after = lagrangian(next);
      const length = norm(step);
      if (after < value) {
        const enough = value - after <= 1e-12 * Math.abs(value);
        s = next;
        value = after;
        reach = Math.min(radius, 2 * reach);
        if (enough) break;
      } else reach = length / 4;
      if (length < 1e-10 * radius) break;
    }
    let violation = 0;
    constraints.forEach((constraint, j) => {
      const c = valueAt(constraint, s);
      violation = Math.max(violation, c);
      multipliers[j] = Math.max(0, multipliers[j]! + penalty * c);
    });
    if (violation > 1e-9) penalty *= 2;
  }
  return { step: s, multipliers };
}
