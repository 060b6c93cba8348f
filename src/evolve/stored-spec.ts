import { join } from 'node:path';
import type { Connectome } from '../connectome/connectome.js';
import { parseConnectome } from '../connectome/load.js';
import { noConnectome } from '../connectome/none.js';
import { type Habitat, openHabitat } from '../evaluate/habitat.js';
import { UserError } from '../spec/errors.js';
import { readTextFile } from '../spec/json-file.js';
import type { Manifest } from '../store/manifest.js';
import { runFiles } from '../store/run-store.js';
import { bringsNetwork } from '../tasks/table.js';
import { loadRunParts, outcomeHash, parseRunSpec, type RunSpec, setupOf } from './run-spec.js';

/** The spec of a stored run and the connectome it was made with, checked against the hashes in its manifest. */
export async function storedSpec(
  manifest: Readonly<Manifest>,
  folder: string,
): Promise<{ spec: RunSpec; connectome: Connectome }> {
  const source = join(folder, runFiles.manifest);
  const damaged = (field: string, expected: string, found: string): never => {
    throw new UserError(
      `${source}: ${field}: expected ${expected}, found ${found}: the run was changed after it was made. ` +
        'Restore its files from a copy, or start a new run.',
    );
  };
  let spec: RunSpec;
  try {
    spec = parseRunSpec(await loadRunParts(manifest.spec, `${source}: spec`), `${source}: spec`);
  } catch (error) {
    throw new UserError((error as Error).message, { cause: error });
  }
  const path = join(folder, runFiles.connectome);
  const connectome = bringsNetwork(spec.task)
    ? noConnectome
    : parseConnectome(readTextFile(path, "run's connectome"), path);
  if (outcomeHash(spec) !== manifest.hashes.outcome) {
    damaged('hashes.outcome', String(manifest.hashes.outcome), outcomeHash(spec));
  }
  if (connectome.hash !== manifest.hashes.connectome) {
    damaged('hashes.connectome', String(manifest.hashes.connectome), connectome.hash);
  }
  return { spec, connectome };
}

/** A stored run's spec, and the habitat that its lives were lived in. */
export async function storedHabitat(
  manifest: Readonly<Manifest>,
  folder: string,
): Promise<{ spec: RunSpec; habitat: Habitat }> {
  const { spec, connectome } = await storedSpec(manifest, folder);
  return { spec, habitat: await openHabitat(setupOf(spec, connectome)) };
}
