import type { Connectome } from '../connectome/connectome.js';
import { LifetimeRunner, type LifetimeSetup } from '../evaluate/lifetime.js';
import { genomeOf, readGenomeFile } from '../genome/genome-file.js';
import { UserError } from '../spec/errors.js';
import type { Best } from '../store/manifest.js';
import { StoredRun } from '../store/run-store.js';
import { betterOf } from './history.js';
import { specOf } from './run.js';
import type { RunSpec } from './run-spec.js';

/** A stored run with what is needed to live its champion again. */
export interface OpenedRun {
  stored: StoredRun;
  spec: RunSpec;
  connectome: Connectome;
  setup: LifetimeSetup;
  runner: LifetimeRunner;
  best: Best;
  /** `[genes]` */
  champion: Float64Array;
}

/** Opens a run that has a champion. */
export function openRun(folder: string): OpenedRun {
  const stored = new StoredRun(folder);
  const { spec, connectome, setup } = specOf(stored.manifest, folder);
  const runner = new LifetimeRunner(setup);
  const best = stored.records.reduce<Best | null>(betterOf, null);
  if (best === null) {
    throw new UserError(
      `The run ${stored.manifest.run} has no champion yet: no step is complete. Resume it first.`,
    );
  }
  return {
    stored,
    spec,
    connectome,
    setup,
    runner,
    best,
    champion: stored.elite(best.step, 0, runner.space.start),
  };
}

/** The genome of a file, for a setup made from the command line. */
export function genomeFromFile(path: string, setup: LifetimeSetup): Float64Array {
  return genomeOf(readGenomeFile(path), new LifetimeRunner(setup).space, setup.connectome, path);
}
