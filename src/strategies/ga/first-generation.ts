import type { RandomStream } from '../../math/random.js';
import { drawnFromPrior } from '../problem.js';
import type { Problem } from '../strategy.js';

/** A genome of which every gene is drawn anew, as {@link drawnFromPrior} draws them one after the other. */
export function drawnGenome(
  problem: Problem,
  stream: RandomStream,
  genome: Float64Array = new Float64Array(problem.genes),
): Float64Array {
  const { levels, priorLow, priorHigh } = problem;
  if (levels.some((count) => count > 0)) {
    for (let gene = 0; gene < genome.length; gene++) genome[gene] = drawnFromPrior(problem, gene, stream);
    return genome;
  }
  stream.uniforms(genome);
  for (let gene = 0; gene < genome.length; gene++) {
    const low = priorLow[gene]!;
    genome[gene] = low + (priorHigh[gene]! - low) * genome[gene]!;
  }
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
