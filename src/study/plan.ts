import type { Connectome } from '../connectome/connectome.js';
import { noConnectome } from '../connectome/none.js';
import { isNullModel } from '../connectome/null-models/null-model.js';
import type { NullModel } from '../connectome/null-models/table.js';
import { type ResolvedRun, resolveRun } from '../evolve/resolve.js';
import { type Budget, outcomeHash, type RunSpec, settingsHash } from '../evolve/run-spec.js';
import type { Fields } from '../evolve/settings.js';
import { suggest, UsageError, UserError } from '../spec/errors.js';
import type { RecordedArm } from '../store/study-store.js';
import { type Arm, controlOf, refuseSameNames, requestOf, variedArms } from './arms.js';
import { controlNames } from './controls.js';
import { type StudySpec, seedsOf } from './study-spec.js';

/** What all runs of a study have in common. */
export interface StudyBase {
  /** Where it came from, for messages. */
  path: string;
  value: Fields;
  /** Whether it is the record of a run: its genome spec is then taken as it is. */
  recorded: boolean;
}

/** A study with its runs settled: every arm on every seed. */
export interface StudyPlan {
  spec: StudySpec;
  base: StudyBase;
  arms: RecordedArm[];
  seeds: number[];
  /** When a run of each arm ends. */
  ends: Record<string, Budget>;
  /** Name of the first arm's task. */
  task: string;
  /** What was settled that the user may want to settle otherwise. */
  notices: string[];
}

/** What tells a run of an arm from one of another, or of the same when what it names was changed. */
export const hashesOf = (spec: RunSpec): Pick<RecordedArm, 'hash' | 'settings'> => ({
  hash: outcomeHash(spec),
  settings: settingsHash(spec),
});

const recordedArm = (
  { budget, ...arm }: Arm,
  hashes: Pick<RecordedArm, 'hash' | 'settings'>,
): RecordedArm => ({
  ...arm,
  budget: budget ?? null,
  ...hashes,
});

/** The run of an arm on a seed, with everything it names looked up and checked. */
export const resolveArm = (
  { base, spec }: Pick<StudyPlan, 'base' | 'spec'>,
  { set, budget }: Pick<RecordedArm, 'set' | 'budget'>,
  seed: number,
): Promise<ResolvedRun> =>
  resolveRun(requestOf(base, { set, budget: (budget ?? undefined) as Budget | undefined }, spec, seed));

/** An arm of a plan, resolved on one seed; its faults are told with its name. */
async function tried(plan: Pick<StudyPlan, 'base' | 'spec'>, arm: Arm, seed: number): Promise<ResolvedRun> {
  try {
    return await resolveArm(plan, recordedArm(arm, { hash: '', settings: '' }), seed);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UsageError(`the arm "${arm.name}" (${arm.about}): ${error.message}`, { cause: error });
  }
}

/** The null models beside an arm, and what is said of those that do not apply. */
function controlsOn(
  connectome: Connectome,
  { controls }: StudySpec,
  arm: Arm,
): { names: readonly NullModel[]; notices: string[] } {
  if (controls === false) return { names: [], notices: [] };
  if (connectome.id === noConnectome.id) {
    throw new UsageError(
      `controls: the task of the arm "${arm.name}" brings its own network: there is no connectome to take a null ` +
        'model of. Leave out "controls".',
    );
  }
  if (isNullModel(connectome)) {
    throw new UsageError(
      `controls: the arm "${arm.name}" lives on a null model already (${connectome.id}). Leave out "controls", or name the animal.`,
    );
  }
  const { apply, omitted } = controlNames(connectome);
  const left = controls === true ? omitted : omitted.filter(({ model }) => controls.includes(model));
  const told = left.map(({ model, reason }) => `No control ${model} of ${connectome.id}: ${reason}.`);
  if (controls === true) return { names: apply, notices: told };
  if (left.length > 0) throw new UsageError(`controls: ${told.join(' ')} Leave it out.`);
  return { names: controls, notices: [] };
}

function refuseUnknownClaims({ compare = [] }: StudySpec, arms: readonly Arm[], source: string): void {
  const names = arms.map(({ name }) => name);
  const pairs = compare.map(({ arm, with: other }) => [arm, other].sort().join(' '));
  for (const [i, claim] of compare.entries()) {
    if (claim.arm === claim.with) {
      throw new UsageError(
        `${source}: compare.${i}: the arm "${claim.arm}" is compared with itself. Name another.`,
      );
    }
    if (pairs.indexOf(pairs[i]!) < i) {
      throw new UsageError(
        `${source}: compare.${i}: "${claim.arm}" and "${claim.with}" are compared twice. A claim is tested once: remove one.`,
      );
    }
    for (const field of ['arm', 'with'] as const) {
      const name = claim[field];
      if (names.includes(name)) continue;
      throw new UsageError(
        `${source}: compare.${i}.${field}: unknown arm "${name}". ${suggest(name, names)}`,
      );
    }
  }
}

/**
 * Settles a study: its arms and their controls, each checked on the first seed.
 * @throws UsageError naming the arm and what is wrong with it
 */
export async function planStudy(spec: StudySpec, base: StudyBase, source: string): Promise<StudyPlan> {
  const seeds = seedsOf(spec, source);
  const plan = { base, spec };
  const animals = variedArms(spec, source);
  const notices = new Set<string>();
  const arms: Arm[] = [];
  const hashes = new Map<Arm, Pick<RecordedArm, 'hash' | 'settings'>>();
  const ends: Record<string, Budget> = {};
  let task: string | undefined;
  const settle = async (arm: Arm) => {
    const resolved = await tried(plan, arm, seeds[0]!);
    for (const notice of resolved.notices) notices.add(notice);
    arms.push(arm);
    hashes.set(arm, hashesOf(resolved.spec));
    ends[arm.name] = resolved.spec.budget;
    task ??= resolved.spec.task.name;
    return resolved.habitat.setup.connectome;
  };
  for (const animal of animals) {
    const connectome = await settle(animal);
    const controls = controlsOn(connectome, spec, animal);
    for (const notice of controls.notices) notices.add(notice);
    for (const control of controls.names) await settle(controlOf(animal, control, animals.length === 1));
  }
  refuseSameNames(arms, source);
  refuseUnknownClaims(spec, arms, source);
  return {
    ...plan,
    arms: arms.map((arm) => recordedArm(arm, hashes.get(arm)!)),
    seeds,
    ends,
    task: task!,
    notices: [...notices],
  };
}

/** The claims that a study tests: those it names, or every control with its animal and every arm with the first. */
export function claimsOf({ compare }: Pick<StudySpec, 'compare'>, arms: readonly RecordedArm[]) {
  if (compare) return compare;
  const animals = arms.filter(({ animal }) => animal === null);
  const beside = animals.slice(1).map(({ name }) => ({ arm: name, with: animals[0]!.name }));
  const controls = arms.flatMap(({ name, animal }) => (animal === null ? [] : [{ arm: animal, with: name }]));
  return [...beside, ...controls];
}
