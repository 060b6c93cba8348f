import type { RandomStream } from '../../math/random.js';
import type { Mesh } from './mesh.js';

/** A random unit vector, `[n]`. */
export function unitVector(n: number, stream: RandomStream): Float64Array {
  const v = new Float64Array(n);
  let square = 0;
  while (!(square > 0)) {
    square = 0;
    for (let i = 0; i < n; i++) {
      v[i] = stream.normal();
      square += v[i]! * v[i]!;
    }
  }
  const length = Math.sqrt(square);
  for (let i = 0; i < n; i++) v[i]! /= length;
  return v;
}

/** A direction as a step on the mesh: scaled so that its largest component spans the frame. */
export function onMesh(direction: Readonly<Float64Array>, mesh: Mesh): Float64Array {
  let largest = 0;
  for (const component of direction) largest = Math.max(largest, Math.abs(component));
  return Float64Array.from(
    direction,
    (component, i) => Math.round((component / largest) * mesh.ratio(i)) * mesh.size[i]!,
  );
}

/**
 * An orthogonal basis: the columns of the Householder matrix I - 2 v v^T of a random unit vector (Abramson et al. 2009,
 * SIAM J. Optim. 20(2):948-966, with pseudo-random in place of Halton directions, as in NOMAD 4). `[n][n]`
 */
export function householderBasis(n: number, stream: RandomStream): Float64Array[] {
  const v = unitVector(n, stream);
  return Array.from({ length: n }, (_, j) =>
    Float64Array.from(v, (component, i) => (i === j ? 1 : 0) - 2 * component * v[j]!),
  );
}
