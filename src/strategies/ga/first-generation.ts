import type { RandomStream } from '../../math/random.js';
import type { Problem } from '../strategy.js';

/** The start itself, then copies of it or draws from the prior. `[population][genes]` */
export function firstGeneration(
  { genes, start, priorLow, priorHigh }: Problem,
  { population, initial }: { population: number; initial: 'start' | 'prior' },
  stream: RandomStream,
): Float64Array[] {
  return Array.from({ length: population }, (_, i) => {
    const genome = Float64Array.from(start);
    if (i === 0 || initial === 'start') return genome;
    for (let gene = 0; gene < genes; gene++)
      genome[gene] = stream.uniformIn(priorLow[gene]!, priorHigh[gene]!);
    return genome;
  });
}
