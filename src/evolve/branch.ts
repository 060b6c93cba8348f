import { join } from 'node:path';
import type { Habitat } from '../evaluate/habitat.js';
import type { GenomeSpace } from '../genome/space.js';
import { canonicalJson } from '../spec/canonical.js';
import { UsageError, UserError } from '../spec/errors.js';
import { partOf } from '../spec/parts/part.js';
import { type Lineage, type Manifest, readManifest, resultsVersion } from '../store/manifest.js';
import { historyOfRun } from '../store/run-history.js';
import { discardRun, newRunFolder, RunWriter, runFiles, type StoredSnapshot } from '../store/run-store.js';
import { branched } from '../strategies/branching.js';
import { strategyParts } from '../strategies/parts.js';
import { resumeStrategy } from '../strategies/start.js';
import { bringsNetwork } from '../tasks/table.js';
import { problemOf } from './problem.js';
import { referenceOf } from './recorded.js';
import { type ResolvedRun, resolveRun } from './resolve.js';
import {
  carryOut,
  type Execution,
  type Hosted,
  hosted,
  newManifest,
  referenceScores,
  refuseSpent,
} from './run.js';
import type { RunResult } from './run-result.js';
import { type Budget, endings, type RunSpec } from './run-spec.js';
import { type Fields, isFields, parseSetting } from './settings.js';
import { storedHabitat } from './stored-spec.js';
import { strategyAfter } from './strategy-state.js';

const startAnew = 'Start a new run from the champion instead: "baldwin evolve --from RUN/champion.json".';

/** What a run keeps whatever is set, and why. */
const kept: Readonly<Record<string, string>> = {
  format: 'it says how the run is written',
  seed: "the strategy's random numbers go on from where they are, so that another seed would change lives alone",
  genome: 'the state of the strategy is of the genes that the run has',
  connectome: 'the state of the strategy is of the genes that the run has',
  start: 'the run has begun already',
  injected: 'the run has begun already',
  warmStart: 'the run has begun already',
};

/** Fields of how long a run goes on and of what it keeps, on which no score depends. */
const keeping = ['budget', 'snapshotEvery', 'elites'];

/** Fields after which scores measure the same as before. */
const scoresStay = ['strategy', ...endings, ...keeping];

/** Whether nothing but what is lived in the end is changed. */
function endsAnew(changed: Lineage['changed']): boolean {
  const fields = changed.map(({ field }) => field.split('.')[0]!);
  return (
    fields.some((field) => endings.includes(field)) &&
    fields.every((field) => [...endings, ...keeping].includes(field))
  );
}

/** Refuses settings of what a search under way cannot change. */
function refuseKept(settings: readonly string[]): void {
  for (const setting of settings) {
    const fields = parseSetting(setting);
    for (const [field, reason] of Object.entries(kept)) {
      if (Object.hasOwn(fields, field)) {
        throw new UsageError(`--set ${setting}: a branch keeps its ${field}: ${reason}. ${startAnew}`);
      }
    }
    for (const part of ['strategy', 'task'] as const) {
      const value: unknown = fields[part];
      if (value === undefined || (isFields(value) && !('name' in value) && !('module' in value))) continue;
      throw new UsageError(
        `--set ${setting}: a branch keeps its ${part}: set an option of it, such as --set ${part}.OPTION=value. ${startAnew}`,
      );
    }
  }
}

/** Where two specs differ, field by field. */
function differences(from: unknown, to: unknown, field = ''): Lineage['changed'] {
  if (from !== undefined && to !== undefined && canonicalJson(from) === canonicalJson(to)) return [];
  if (isFields(from) && isFields(to)) {
    const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
    return names.flatMap((name) =>
      differences(from[name], to[name], field === '' ? name : `${field}.${name}`),
    );
  }
  // A user's module may stand elsewhere now: what it is, its hash says.
  if (from === to || field.endsWith('.module.path')) return [];
  return [{ field, from: from ?? null, to: to ?? null }];
}

const arrays = ['low', 'high', 'start', 'step', 'priorLow', 'priorHigh', 'levels'] as const;

/** Refuses a change of the genes: the strategy's state is of those that the run has. */
function refuseOtherGenes(before: GenomeSpace, after: GenomeSpace, changed: Lineage['changed']): void {
  const fields = changed.map(({ field }) => field).join(', ');
  const refuse = (what: string): never => {
    throw new UsageError(`${fields}: ${what}, and a branch keeps its genes. ${startAnew}`);
  };
  if (before.genes !== after.genes) refuse(`this gives ${after.genes} genes in place of ${before.genes}`);
  for (let gene = 0; gene < before.genes; gene++) {
    const name = before.nameOf(gene);
    if (after.nameOf(gene) !== name) refuse(`this gives the gene ${after.nameOf(gene)} in place of ${name}`);
    const differing = arrays.find((array) => before[array][gene] !== after[array][gene]);
    if (differing === undefined) continue;
    refuse(
      `this gives the gene ${name} the ${differing} ${after[differing][gene]} in place of ${before[differing][gene]}`,
    );
  }
}

/** The spec of a branch, and the habitat that it goes on in. */
async function resolveBranch(
  folder: string,
  spec: RunSpec,
  settings: readonly string[],
  budget: Budget | undefined,
): Promise<ResolvedRun> {
  const connectome = bringsNetwork(spec.task) ? {} : { connectome: join(folder, runFiles.connectome) };
  const value: Fields = { ...spec, ...connectome };
  const resolved = await resolveRun({
    // The recorded spec was checked when the run was opened: what does not fit now is what is set.
    file: { path: 'command line', value },
    ...{ recorded: true, underWay: true },
    set: settings,
    ...(budget ? { budget } : {}),
  });
  // The table is stored with the run: where the animal came from stays as it was recorded.
  return { ...resolved, spec: { ...resolved.spec, connectome: spec.connectome } };
}

function lineageOf(
  manifest: Manifest,
  changed: Lineage['changed'],
  steps: number,
  evaluations: number,
): Lineage {
  const { earlier = [], ...own } = manifest.lineage ?? {};
  const before = manifest.lineage ? [own as Omit<Lineage, 'earlier'>, ...earlier] : [];
  return {
    run: manifest.run,
    step: steps,
    evaluations,
    outcome: manifest.hashes.outcome!,
    changed,
    anew: changed.some(({ field }) => !scoresStay.includes(field.split('.')[0]!)),
    ...(before.length > 0 ? { earlier: before } : {}),
  };
}

interface Parent {
  manifest: Manifest;
  spec: RunSpec;
  habitat: Habitat;
  past: ReturnType<typeof historyOfRun>;
}

async function openParent(folder: string): Promise<Parent> {
  const manifest = readManifest(join(folder, runFiles.manifest));
  if (manifest.resultsVersion !== resultsVersion) {
    throw new UserError(
      `The run ${manifest.run} was made with results version ${manifest.resultsVersion}, and this program's is ` +
        `${resultsVersion}: nothing can go on from its state. ${startAnew}`,
    );
  }
  const { spec, habitat } = await storedHabitat(manifest, folder);
  const past = historyOfRun(folder);
  if (past.records.length === 0) {
    throw new UsageError(
      `The run ${manifest.run} has no whole step yet: there is no state to branch from. Start a new run.`,
    );
  }
  return { manifest, spec, habitat, past };
}

/** The state that the branch goes on from, as its strategy takes it. */
function branchState(
  { manifest, spec, habitat, past }: Parent,
  to: ResolvedRun,
  { anew, step, changed }: Lineage,
): StoredSnapshot {
  const { records, states } = past;
  const before = strategyAfter(records, {
    spec,
    habitat,
    states,
    from: manifest.lineage?.step,
  });
  if (before.stopped !== undefined && !endsAnew(changed)) {
    throw new UsageError(
      `The strategy of the run ${manifest.run} has nothing more to try (${before.stopped}): there is no state to branch from. ` +
        startAnew,
    );
  }
  const module = partOf(strategyParts, spec.strategy);
  const { name, module: _from, ...from } = spec.strategy;
  const { name: _name, module: _to, ...options } = to.spec.strategy;
  const strategy = branched(name, module, before.snapshot(), { from, to: options, otherScores: anew });
  // What a strategy cannot take up is refused before there is a run.
  resumeStrategy(name, module, problemOf(to.spec, to.habitat), options, strategy);
  return { step, strategy };
}

export interface BranchRequest {
  /** Folder of the runs, and the name of the new one. */
  root: string;
  name: string;
  /** `path=value`, in order. */
  set: readonly string[];
  budget?: Budget | undefined;
}

/**
 * Starts a run from the state of another, with changed settings. It holds the whole history of that run, which may be
 * deleted then. One in which nothing is changed goes on as that run would have, to the bit.
 * @throws UsageError naming what cannot change under way
 */
export const branchRun = (folder: string, request: BranchRequest, execution: Execution): Promise<RunResult> =>
  hosted(execution, (on) => branch(folder, request, on));

async function branch(
  folder: string,
  { root, name, set, budget }: BranchRequest,
  execution: Hosted,
): Promise<RunResult> {
  refuseKept(set);
  const parent = await openParent(folder);
  const { manifest, spec, habitat, past } = parent;
  const to = await resolveBranch(folder, spec, set, budget);
  const changed = differences(spec, to.spec);
  refuseOtherGenes(habitat.space, to.habitat.space, changed);
  const lineage = lineageOf(manifest, changed, past.records.length, past.records.at(-1)!.evaluations);
  const state = branchState(parent, to, lineage);
  if (!endsAnew(changed))
    refuseSpent(
      manifest.run,
      to.spec.budget,
      past.records,
      past.seconds,
      `A branch counts what it begins with: give it a larger one, such as --evaluations ${2 * lineage.evaluations}.`,
    );
  for (const notice of to.notices) execution.onNotice?.(notice);
  const sameReference = changed.every(({ field }) =>
    ['strategy', 'validation', ...keeping].includes(field.split('.')[0]!),
  );
  const reference = sameReference
    ? referenceOf(manifest)
    : await referenceScores(to.spec, to.habitat, execution);
  const place = newRunFolder(root, name);
  let writer: RunWriter;
  try {
    const record = newManifest(place.run, to.spec, to.habitat, reference, lineage);
    const progress = { steps: lineage.step, evaluations: lineage.evaluations, best: null };
    writer = RunWriter.branch(place.folder, { ...record, progress }, to.connectomeText, past.history, state);
  } catch (error) {
    discardRun(place.folder);
    throw error;
  }
  execution.onStart?.({ ...place, spec: to.spec, habitat: to.habitat, reference });
  return carryOut(writer, to.spec, to.habitat, execution, { records: past.records, seconds: past.seconds });
}
