import type { RandomStream } from '../../math/random.js';
import { drawnFromPrior } from '../problem.js';
import type { Problem } from '../strategy.js';

/** A genome of which every gene is drawn anew. */
export function drawnGenome(problem: Problem, stream: RandomStream): Float64Array {
  const genome = new Float64Array(problem.genes);
  for (let gene = 0; gene < problem.genes; gene++) genome[gene] = drawnFromPrior(problem, gene, stream);
  return genome;
}

/** The start itself, then copies of it or draws from the prior. `[population][genes]` */
export function firstGeneration(
  problem: Problem,
  { population, initial }: { population: number; initial: 'start' | 'prior' },
  stream: RandomStream,
): Float64Array[] {
  return Array.from({ length: population }, (_, i) =>
    i === 0 || initial === 'start' ? Float64Array.from(problem.start) : drawnGenome(problem, stream),
  );
}
