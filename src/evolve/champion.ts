import type { Habitat } from '../evaluate/habitat.js';
import { seeds } from '../evaluate/seeds.js';
import { formatGenomeFile, genomeHash } from '../genome/genome-file.js';
import type { Best } from '../store/manifest.js';
import { type RunWriter, runFiles, type StoredRun } from '../store/run-store.js';
import type { EvaluatorHost } from './evaluators/evaluator.js';
import { type Contender, recordedBest } from './incumbent.js';
import { genesChanged } from './objectives.js';
import { freshScore, scoreGenome } from './reference-scores.js';
import type { Champion } from './run-result.js';
import type { RunSpec } from './run-spec.js';

/** The lifetime that made a candidate the best. */
export const lifetimeSeedOf = (spec: RunSpec, { step, index }: Pick<Best, 'step' | 'index'>): string =>
  seeds.lifetime(spec.seed, step, index, spec.seeds);

/** Writes the champion's genome file, and scores it beside the untrained start, on fresh lives where the run's are lived. */
export async function describeChampion(
  spec: RunSpec,
  habitat: Habitat,
  { writer, stored }: { writer: RunWriter; stored: StoredRun },
  best: Contender,
  host: EvaluatorHost,
): Promise<Champion> {
  const { space, task, setup } = habitat;
  const genome = stored.genomeOf(best, space.start);
  writer.writeFile(runFiles.champion, formatGenomeFile(genome, space, spec, setup.connectome));
  const seed = lifetimeSeedOf(spec, best);
  const scored = (scoredGenome: Float64Array, set: 'trained' | 'heldOut') => {
    const { score, measures } = scoreGenome(habitat, scoredGenome, seed, { repeats: spec.episodes, set });
    return { score, measures };
  };
  const heldOut =
    task.heldOut.length > 0
      ? { heldOut: { ...scored(genome, 'heldOut'), untrained: scored(space.start, 'heldOut').score } }
      : {};
  let squares = 0;
  for (let gene = 0; gene < space.genes; gene++) {
    const change = genome[gene]! - space.start[gene]!;
    squares += change * change;
  }
  return {
    ...recordedBest(best),
    fresh: await freshScore(spec, habitat, genome, host),
    measures: scored(genome, 'trained').measures,
    ...heldOut,
    genesChanged: genesChanged(genome, space.start),
    l2: Math.sqrt(squares),
    hash: genomeHash(genome),
  };
}
