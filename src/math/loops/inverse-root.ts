import { cos, sin } from '../trigonometric.js';
import type { TridiagonalForm } from './dense.js';

/** T^(-1/2) is about the sum over j of weights[j] (T + shifts[j] I)^(-1). */
export interface InverseRoot {
  shifts: Float64Array;
  weights: Float64Array;
}

/** Minus the logarithm of the error that is aimed at, 1e-16. */
const DIGITS = 37;

/**
 * The inverse square root of matrices whose eigenvalues lie between `least` and `largest`, both above 0:
 * T^(-1/2) = 2/pi times the integral of (T + t^2 I)^(-1) over t from 0, by the midpoint rule in u, where
 * t = sqrt(least) sn u / cn u with modulus sqrt(1 - least / largest). The integrand is smooth and periodic in u, so that
 * the error falls with e^(-pi^2 N / K) for N points, K the quarter period (Hale, Higham & Trefethen 2008,
 * doi:10.1137/070700607, method 3). Points u and K - u belong together: their t have the product sqrt(least largest).
 */
export function inverseRoot(least: number, largest: number): InverseRoot {
  const landen: number[] = [];
  let stretch = 1;
  // Landen's transformation towards the modulus 0, where the functions are circular.
  for (let complement = Math.sqrt(least / largest); ; ) {
    const modulus = (1 - complement) / (1 + complement);
    if (modulus < 2 * Number.EPSILON) break;
    landen.unshift(modulus);
    stretch *= 1 + modulus;
    complement = (2 * Math.sqrt(complement)) / (1 + complement);
  }
  const half = Math.ceil((DIGITS * stretch) / (4 * Math.PI));
  const points = 2 * half;
  const shifts = new Float64Array(points);
  const weights = new Float64Array(points);
  const middle = Math.sqrt(least) * Math.sqrt(largest);
  for (let j = 0; j < half; j++) {
    const angle = ((j + 0.5) * Math.PI) / (2 * points);
    let [sn, cn, dn] = [sin(angle), cos(angle), 1];
    for (const modulus of landen) {
      const bend = modulus * sn * sn;
      [sn, cn, dn] = [((1 + modulus) * sn) / (1 + bend), (cn * dn) / (1 + bend), (1 - bend) / (1 + bend)];
    }
    const shift = (least * sn * sn) / (cn * cn);
    const weight = (Math.sqrt(least) * stretch * dn) / (cn * cn * points);
    shifts[j] = shift;
    weights[j] = weight;
    shifts[points - 1 - j] = middle * (middle / shift);
    weights[points - 1 - j] = weight * (middle / shift);
  }
  return { shifts, weights };
}

/** x <- T^(-1/2) x, for a T with eigenvalues above 0. */
export function applyInverseRoot(
  { shifts, weights }: InverseRoot,
  { diagonal, beside }: Pick<TridiagonalForm, 'diagonal' | 'beside'>,
  x: Float64Array,
): void {
  const n = diagonal.length;
  const pivots = new Float64Array(n);
  const solved = new Float64Array(n);
  const out = new Float64Array(n);
  for (let j = 0; j < shifts.length; j++) {
    const shift = shifts[j]!;
    let inverse = 0;
    let before = 0;
    let coupling = 0;
    for (let k = 0; k < n; k++) {
      const factor = coupling * inverse;
      inverse = 1 / (diagonal[k]! + shift - coupling * factor);
      before = x[k]! - factor * before;
      pivots[k] = inverse;
      solved[k] = before;
      coupling = beside[k]!;
    }
    const weight = weights[j]!;
    let next = 0;
    for (let k = n - 1; k >= 0; k--) {
      next = (solved[k]! - beside[k]! * next) * pivots[k]!;
      out[k]! += weight * next;
    }
  }
  x.set(out);
}
