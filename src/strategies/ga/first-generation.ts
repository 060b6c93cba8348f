import type { RandomStream } from '../../math/random.js';
import { drawnFromPrior } from '../problem.js';
import type { Problem } from '../strategy.js';

/** The start itself, then copies of it or draws from the prior. `[population][genes]` */
export function firstGeneration(
  problem: Problem,
  { population, initial }: { population: number; initial: 'start' | 'prior' },
  stream: RandomStream,
): Float64Array[] {
  return Array.from({ length: population }, (_, i) => {
    const genome = Float64Array.from(problem.start);
    if (i === 0 || initial === 'start') return genome;
    for (let gene = 0; gene < problem.genes; gene++) genome[gene] = drawnFromPrior(problem, gene, stream);
    return genome;
  });
}
