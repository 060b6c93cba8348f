import type { NullModel } from '../connectome/null-models/table.js';
import type { RunRequest } from '../evolve/resolve.js';
import type { Budget } from '../evolve/run-spec.js';
import type { Fields } from '../evolve/settings.js';
import { UsageError } from '../spec/errors.js';
import type { StudySpec } from './study-spec.js';

/** One setting of a study, lived on every seed. */
export interface Arm {
  /** Begins the names of its runs. */
  name: string;
  /** What it sets, in words. */
  about: string;
  /** Values by paths. */
  set: Fields;
  budget: Budget | undefined;
  /** The null model that it lives on, where it is a control. */
  control: NullModel | null;
  /** The arm that it is a control of. */
  animal: string | null;
}

/** In place of what an arm sets, where it sets nothing. */
export const asItIs = 'the run as it is';

/** Fields that name a part, and may be chosen by name. */
const parts = ['strategy', 'genome', 'connectome', 'task', 'objective'] as const;

const isPart = (path: string): boolean => (parts as readonly string[]).includes(path);

const inWords = (set: Fields) =>
  Object.entries(set)
    .map(([path, value]) => `${path} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');

/** What a value adds to the name of an arm; what makes no name of a folder is numbered. */
function slug(value: unknown, number: number): string {
  const text =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  const clean = text
    .replace(/^.*\//, '')
    .replace(/\.(json|mjs|js|ts)$/, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-');
  return clean === '' || clean.length > 40 ? String(number) : clean;
}

/** The last field of each path, or the whole path where two end alike. */
function shortNames(paths: readonly string[]): string[] {
  const last = paths.map((path) => path.split('.').at(-1)!);
  return paths.map((path, i) => (last.indexOf(last[i]!) === last.lastIndexOf(last[i]!) ? last[i]! : path));
}

/** Every combination of the values; the last path varies fastest. */
function grid(values: Readonly<Record<string, readonly unknown[]>>): Arm[] {
  const paths = Object.keys(values);
  const names = shortNames(paths);
  let arms: { name: string; set: Fields }[] = [{ name: '', set: {} }];
  for (const [i, path] of paths.entries()) {
    const texts = values[path]!.map((value) => JSON.stringify(value));
    const repeated = texts.find((text, i) => texts.indexOf(text) < i);
    if (repeated !== undefined) {
      throw new UsageError(
        `vary: ${path} has the value ${repeated} twice: its runs would be the same. Remove one.`,
      );
    }
    const slugs = values[path]!.map((value, number) => slug(value, number + 1));
    const alike = new Set(slugs).size < slugs.length;
    arms = arms.flatMap((arm) =>
      values[path]!.map((value, number) => ({
        name: [
          ...(arm.name === '' ? [] : [arm.name]),
          // A part that is named says enough.
          ...(isPart(path) && !alike
            ? [slugs[number]]
            : [`${names[i]}-${alike ? number + 1 : slugs[number]}`]),
        ].join('_'),
        set: { ...arm.set, [path]: value },
      })),
    );
  }
  return arms.map(({ name, set }) => ({
    ...{ name, set, about: inWords(set) },
    ...{ budget: undefined, control: null, animal: null },
  }));
}

/** The arms of a study, its controls aside. @throws UsageError where the seed is set */
export function variedArms({ vary, set = {} }: Pick<StudySpec, 'vary' | 'set'>, source: string): Arm[] {
  const arms: Arm[] =
    vary === undefined || Object.keys(vary).length === 0
      ? [{ name: 'base', about: asItIs, set: {}, budget: undefined, control: null, animal: null }]
      : Array.isArray(vary)
        ? vary.map(({ name, about, set, budget }) => ({
            ...{ name, set, budget, control: null, animal: null },
            about: about ?? (inWords(set) || asItIs),
          }))
        : grid(vary);
  const setting = 'seed' in set ? 'set' : arms.some((arm) => 'seed' in arm.set) ? 'vary' : undefined;
  if (setting !== undefined) {
    throw new UsageError(
      `${source}: ${setting}: the seed is set: every arm is run on all "seeds" of the study. Leave it out.`,
    );
  }
  return arms;
}

/** @throws UsageError where two arms would have one folder: among the controls, too */
export function refuseSameNames(arms: readonly Pick<Arm, 'name'>[], source: string): void {
  const names = arms.map(({ name }) => name.toLowerCase());
  const twice = arms.find(({ name }, i) => names.indexOf(name.toLowerCase()) < i);
  if (twice === undefined) return;
  throw new UsageError(
    `${source}: two arms have the name "${twice.name}" (capitals do not count). Give each a name of its own, and each value once.`,
  );
}

/** An arm that lives on a null model where its animal lives on the connectome, and is alike in all else. */
export const controlOf = (animal: Arm, control: NullModel, alone: boolean): Arm => ({
  ...animal,
  name: alone ? `null-${control}` : `${animal.name}_null-${control}`,
  about: `${alone ? '' : `${animal.about}; `}null model ${control}`,
  set: { ...animal.set, 'connectome.null.model': control },
  control,
  animal: animal.name,
});

/** What a run of an arm asks for: the base, with the arm's parts in place of the base's, and its settings laid over all. */
export function requestOf(
  base: { path: string; value: Fields; recorded: boolean },
  arm: Pick<Arm, 'set' | 'budget'>,
  study: Pick<StudySpec, 'budget' | 'set'>,
  seed: number,
): RunRequest {
  const value: Fields = { ...base.value };
  const settings: string[] = [];
  for (const [path, given] of Object.entries({ ...study.set, ...arm.set })) {
    if (isPart(path)) value[path] = given;
    else settings.push(`${path}=${JSON.stringify(given)}`);
  }
  const budget = arm.budget ?? study.budget;
  return {
    file: { path: base.path, value },
    ...(base.recorded && !('genome' in { ...study.set, ...arm.set }) ? { recorded: true } : {}),
    seed,
    set: settings,
    ...(budget ? { budget } : {}),
  };
}
