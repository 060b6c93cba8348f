import type { OpenedRun } from '../../evolve/opened-run.js';
import { RandomStream } from '../../math/random.js';
import type { GeneUnit } from './units.js';

/** A gene that evolution left alone, and where it is moved. */
export interface MovedGene {
  gene: number;
  coordinate: number;
}

/**
 * The control of putting genes back: for each change of a weight, a weight that evolution left alone is moved by the step
 * that putting the change back takes, within its bounds. They tell what any such step costs, wherever it is taken. Which is drawn follows
 * from the run's seed. Undefined where there are too few, or changes are of other genes.
 */
export function movedInstead(
  { spec, habitat, champion }: OpenedRun,
  units: readonly GeneUnit[],
): MovedGene[] | undefined {
  const { space, ground } = habitat;
  const weights = new Set(Array.from(ground.weights, (_, synapse) => space.geneOf(synapse)));
  const changed = units.map(({ genes }) => genes[0]!);
  const free = [...weights].filter(
    (gene): gene is number => gene !== undefined && champion[gene] === space.start[gene],
  );
  if (free.length < changed.length || !changed.every((gene) => weights.has(gene))) return undefined;
  const drawn = RandomStream.from(`moved instead ${spec.seed}`).sample(free.length, changed.length);
  return changed.map((gene, i) => {
    const other = free[drawn[i]!]!;
    const moved = champion[other]! + space.start[gene]! - champion[gene]!;
    return { gene: other, coordinate: Math.min(space.high[other]!, Math.max(space.low[other]!, moved)) };
  });
}
