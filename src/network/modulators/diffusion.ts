import { exp } from '../../math/exponential.js';

/**
 * The share of a modulator's concentration at each cell, 1 at the nearest releasing one: the steady state of diffusion
 * with uptake along a body much longer than wide, e^(-distance / length), from the nearest of the sources.
 * @param positionsUm `[cells, 3]`
 * @param sources indices of releasing cells
 */
export function reach(positionsUm: Float64Array, sources: readonly number[], lengthUm: number): Float64Array {
  return Float64Array.from({ length: positionsUm.length / 3 }, (_, cell) => {
    let nearest = Number.POSITIVE_INFINITY;
    for (const source of sources) {
      let square = 0;
      for (let axis = 0; axis < 3; axis++) {
        const between = positionsUm[3 * cell + axis]! - positionsUm[3 * source + axis]!;
        square += between * between;
      }
      nearest = Math.min(nearest, square);
    }
    return exp(-Math.sqrt(nearest) / lengthUm);
  });
}
