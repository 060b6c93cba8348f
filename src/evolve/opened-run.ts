import type { Habitat } from '../evaluate/habitat.js';
import { genomeOf, readGenomeFile } from '../genome/genome-file.js';
import { UserError } from '../spec/errors.js';
import type { Best } from '../store/manifest.js';
import { StoredRun } from '../store/run-store.js';
import { bestOf, recordedBest } from './incumbent.js';
import type { RunSpec } from './run-spec.js';
import { storedHabitat } from './stored-spec.js';

/** A stored run with what is needed to live its champion again. */
export interface OpenedRun {
  stored: StoredRun;
  spec: RunSpec;
  habitat: Habitat;
  best: Best;
  /** `[genes]` */
  champion: Float64Array;
}

/** Opens a run that has a champion. */
export async function openRun(folder: string): Promise<OpenedRun> {
  const stored = new StoredRun(folder);
  const { spec, habitat } = await storedHabitat(stored.manifest, folder);
  const best = bestOf(stored.records, stored.manifest.lineage);
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
    champion: stored.elite(best.step, 0, habitat.space.start),
  };
}

/** The genome of a file, for the habitat that it is to live in. */
export const genomeFromFile = (path: string, { space, setup }: Habitat): Float64Array =>
  genomeOf(readGenomeFile(path), space, setup.connectome, path);
