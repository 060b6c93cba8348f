import type { NullModel } from '../connectome/null-models/table.js';
import type { RunRequest } from '../evolve/resolve.js';
import type { Budget } from '../evolve/run-spec.js';
import type { Fields } from '../evolve/settings.js';
import { canonicalHash } from '../spec/canonical.js';
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
  /** By factor, its level, where arms are combinations of factors. */
  levels?: Readonly<Record<string, string>>;
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

type Factors = Extract<NonNullable<StudySpec['vary']>, Record<string, unknown>>;

/** A level of a factor: what it is called in words, what it adds to the name of an arm, and what it sets. */
interface Level {
  name: string;
  slug: string | undefined;
  set: Fields;
}

/** Values of a field as the levels of a factor. @throws UsageError where one stands twice */
function valueLevels(path: string, shortName: string, values: readonly unknown[]): Level[] {
  const texts = values.map((value) => JSON.stringify(value));
  const repeated = texts.find((text, i) => texts.indexOf(text) < i);
  if (repeated !== undefined) {
    throw new UsageError(
      `vary: ${path} has the value ${repeated} twice: its runs would be the same. Remove one.`,
    );
  }
  const slugs = values.map((value, i) => slug(value, i + 1));
  const alike = new Set(slugs).size < slugs.length;
  return values.map((value, i) => ({
    name: typeof value === 'string' ? value : texts[i]!,
    // A part that is named says enough.
    slug: isPart(path) && !alike ? slugs[i] : `${shortName}-${alike ? i + 1 : slugs[i]}`,
    set: { [path]: value },
  }));
}

/** The levels of each factor, in its place. @throws UsageError where two of one, or two factors, set the same */
function levelsOf(factors: Factors): Level[][] {
  const names = Object.keys(factors);
  const shortened = shortNames(names);
  const levels = names.map((factor, i) => {
    const given = factors[factor]!;
    if (Array.isArray(given)) return valueLevels(factor, shortened[i]!, given);
    const named = Object.entries(given).map(([name, set]) => ({ name, slug: name, set }));
    const sets = named.map(({ set }) => canonicalHash(set));
    const twin = named.find((_, level) => sets.indexOf(sets[level]!) < level);
    if (twin) {
      throw new UsageError(
        `vary.${factor}: the level "${twin.name}" sets the same as another: their runs would be the same. Remove one.`,
      );
    }
    return named;
  });
  const setBy = new Map<string, string>();
  for (const [i, factor] of names.entries()) {
    for (const path of new Set(levels[i]!.flatMap(({ set }) => Object.keys(set)))) {
      const other = setBy.get(path);
      if (other !== undefined) {
        throw new UsageError(
          `vary: the factors "${other}" and "${factor}" both set ${path}: one would undo the other. Leave it to one of them.`,
        );
      }
      setBy.set(path, factor);
    }
  }
  return levels;
}

/** Every combination of the levels; the last factor varies fastest. */
function grid(factors: Factors): Arm[] {
  const names = Object.keys(factors);
  const levels = levelsOf(factors);
  let arms: { names: (string | undefined)[]; set: Fields; levels: Record<string, string> }[] = [
    { names: [], set: {}, levels: {} },
  ];
  for (const [i, factor] of names.entries()) {
    arms = arms.flatMap((arm) =>
      levels[i]!.map((level) => ({
        names: [...arm.names, level.slug],
        set: { ...arm.set, ...level.set },
        levels: { ...arm.levels, [factor]: level.name },
      })),
    );
  }
  return arms.map((arm) => ({
    ...{ name: arm.names.join('_'), set: arm.set, levels: arm.levels, about: aboutOf(arm, factors) },
    ...{ budget: undefined, control: null, animal: null },
  }));
}

/** A combination in words: values stand with their fields, and named levels with their factors, as what these set may be long. */
function aboutOf(
  { set, levels }: Pick<Arm, 'set'> & { levels: Readonly<Record<string, string>> },
  factors: Factors,
) {
  const valued = Object.keys(set).filter((path) => Array.isArray(factors[path]));
  const named = Object.entries(levels).filter(([factor]) => !Array.isArray(factors[factor]));
  const values = inWords(Object.fromEntries(valued.map((path) => [path, set[path]])));
  const texts = [...named.map(([factor, level]) => `${factor}: ${level}`), ...(values ? [values] : [])];
  return texts.join(', ') || asItIs;
}

/** What the named levels of a study's factors set, in words. */
export const namedLevels = ({
  vary,
}: Pick<StudySpec, 'vary'>): { factor: string; level: string; sets: string }[] =>
  vary === undefined || Array.isArray(vary)
    ? []
    : Object.entries(vary).flatMap(([factor, levels]) =>
        Array.isArray(levels)
          ? []
          : Object.entries(levels).map(([level, set]) => ({
              factor,
              level,
              sets: inWords(set) || 'nothing',
            })),
      );

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
