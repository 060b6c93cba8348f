import type { Habitat } from '../evaluate/habitat.js';
import { genomeOf, readGenomeFile } from '../genome/genome-file.js';
import { UsageError, UserError } from '../spec/errors.js';
import type { Best } from '../store/manifest.js';
import { StoredRun } from '../store/run-store.js';
import { recordedBest } from './incumbent.js';
import { eliteNamed, keptArchive } from './kept-archive.js';
import type { RunSpec } from './run-spec.js';
import { storedHabitat } from './stored-spec.js';
import { championOf } from './validation.js';

/** A stored run with what is needed to live its champion again. */
export interface OpenedRun {
  stored: StoredRun;
  spec: RunSpec;
  habitat: Habitat;
  best: Best;
  /** `[genes]` */
  champion: Float64Array;
  /** The elite of the run's archive that stands in the champion's place, where one does. */
  elite?: { cell: number; objective: number; measures: { name: string; value: number }[] };
}

/**
 * Opens a run that has a champion.
 * @param named an elite of its archive, as a user names it, which takes the champion's place
 */
export async function openRun(folder: string, named?: string): Promise<OpenedRun> {
  const stored = new StoredRun(folder);
  const { spec, habitat } = await storedHabitat(stored.manifest, folder);
  if (named !== undefined) return openElite(stored, spec, habitat, named);
  const best = championOf(stored);
  if (best === null) {
    throw new UserError(
      stored.records.length === 0
        ? `The run ${stored.manifest.run} has no champion yet: no step is complete. Resume it first.`
        : `The run ${stored.manifest.run} has no champion: every candidate failed. "baldwin show" says why.`,
    );
  }
  return {
    stored,
    spec,
    habitat,
    best: recordedBest(best),
    champion: stored.genomeOf(best, habitat.space.start),
  };
}

function openElite(stored: StoredRun, spec: RunSpec, habitat: Habitat, named: string): OpenedRun {
  const { run } = stored.manifest;
  const kept = keptArchive(stored, spec, habitat);
  if (kept === undefined) {
    throw new UsageError(
      `--elite ${named}: the strategy "${spec.strategy.name}" of the run ${run} keeps no archive. Leave --elite out, or name a ` +
        'run of map-elites, cma-me or cma-mae.',
    );
  }
  const { cell, step, index, objective, measures, genome } = eliteNamed(kept, named);
  const score = stored.records[step]?.score[index];
  if (score === null || score === undefined)
    throw new UserError(`The record of step ${step} of the run ${run} lacks candidate ${index}.`);
  return {
    ...{ stored, spec, habitat },
    elite: {
      ...{ cell, objective },
      measures: kept.elites.cells.dimensions.map(({ name }, i) => ({ name, value: measures[i]! })),
    },
    best: { step, index, score, objective },
    champion: Float64Array.from(genome),
  };
}

/** The genome of a file, for the habitat that it is to live in. */
export const genomeFromFile = (path: string, { space, setup }: Habitat): Float64Array =>
  genomeOf(readGenomeFile(path), space, setup.connectome, path);
