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
import {
  loadRunParts,
  outcomeHashOf,
  parseRecordedSpec,
  parseRunSpec,
  type RunSpec,
  setupOf,
} from './run-spec.js';

const sourceOf = (folder: string) => join(folder, runFiles.manifest);

function refuseDamage(folder: string, field: string, expected: string | undefined, found: string): void {
  if (expected === found) return;
  throw new UserError(
    `${sourceOf(folder)}: ${field}: expected ${expected}, found ${found}: the run was changed after it was made. ` +
      'Restore its files from a copy, or start a new run.',
  );
}

/**
 * Refuses a spec that is not the one of which the run was made.
 * @param recorded the spec as it stands in the record: options that came into being later have no part in it
 */
function refuseOtherSpec({ hashes, lineage }: Readonly<Manifest>, folder: string, recorded: unknown): void {
  refuseDamage(folder, 'hashes.outcome', hashes.outcome, outcomeHashOf(recorded as RunSpec, lineage));
}

/** A fault of a stored spec is the run's, not the command's. */
async function asRunFault<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new UserError((error as Error).message, { cause: error });
  }
}

/**
 * A stored run's spec as it was recorded, for showing it: users' modules are not loaded, so that they may have changed or
 * be gone.
 */
export async function recordedSpec(manifest: Readonly<Manifest>, folder: string): Promise<RunSpec> {
  const source = `${sourceOf(folder)}: spec`;
  const spec = await asRunFault(() => parseRecordedSpec(manifest.spec, source));
  refuseOtherSpec(manifest, folder, manifest.spec);
  return spec;
}

/** The spec of a stored run and the connectome it was made with, checked against the hashes in its manifest. */
async function storedSpec(
  manifest: Readonly<Manifest>,
  folder: string,
): Promise<{ spec: RunSpec; connectome: Connectome }> {
  const source = `${sourceOf(folder)}: spec`;
  const loaded = await asRunFault(() => loadRunParts(manifest.spec, source));
  const spec = await asRunFault(() => parseRunSpec(loaded, source));
  const path = join(folder, runFiles.connectome);
  const connectome = bringsNetwork(spec.task)
    ? noConnectome
    : parseConnectome(readTextFile(path, "run's connectome"), path);
  refuseOtherSpec(manifest, folder, loaded);
  refuseDamage(folder, 'hashes.connectome', manifest.hashes.connectome, connectome.hash);
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
