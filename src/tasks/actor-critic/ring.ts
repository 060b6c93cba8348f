import { exp } from '../../math/exponential.js';
import { cos } from '../../math/trigonometric.js';

/**
 * Weights along a ring of cells, by how far apart two are: broad inhibition, and excitation between neighbours that adds up
 * to `excitation` for each cell (Frémaux, Sprekeler and Gerstner 2013; Brzosko et al. 2017).
 */
export function ringWeights(cells: number): number[] {
  const [inhibition, excitation, narrowness] = [-300, 100, 20];
  const near = Array.from({ length: cells }, (_, apart) =>
    apart === 0 ? 0 : exp(narrowness * cos((2 * Math.PI * apart) / cells)),
  );
  const total = near.reduce((sum, value) => sum + value, 0);
  return near.map((value, apart) => (apart === 0 ? 0 : inhibition / cells + (excitation * value) / total));
}
