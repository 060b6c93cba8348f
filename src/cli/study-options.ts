import { existsSync } from 'node:fs';
import type { Budget } from '../evolve/run-spec.js';
import { type Fields, isFields, jsonOrText, pathAndText } from '../evolve/settings.js';
import { UsageError } from '../spec/errors.js';
import { readJsonFile } from '../spec/json-file.js';
import { ownOrShipped } from '../spec/library.js';
import { findRun, StoredRun } from '../store/run-store.js';
import type { StudyBase } from '../study/plan.js';
import { type ArmSpec, isStudy, parseStudySpec, type StudySpec } from '../study/study-spec.js';

/** The parts of a list, split at commas that stand in no brackets and no quotes. */
export function splitList(text: string): string[] {
  const parts = [''];
  let depth = 0;
  let quoted = false;
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    if (!quoted) depth += '[{'.includes(letter) ? 1 : ']}'.includes(letter) ? -1 : 0;
    if (letter === ',' && depth === 0 && !quoted) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}

const settingsFrom = (settings: readonly string[]): Fields =>
  Object.fromEntries(
    settings.map((setting) => {
      const [path, value] = pathAndText('--set', setting);
      return [path, jsonOrText(value)];
    }),
  );

function varyFrom(texts: readonly string[]): Record<string, unknown[]> {
  const varied = texts.map((text) => {
    const [path, values] = pathAndText('--vary', text);
    return [path, splitList(values).map(jsonOrText)] as const;
  });
  const paths = varied.map(([path]) => path);
  const twice = paths.find((path, i) => paths.indexOf(path) < i);
  if (twice !== undefined) {
    throw new UsageError(
      `--vary ${twice}: given twice. Give all of its values at once: --vary ${twice}=v1,v2.`,
    );
  }
  return Object.fromEntries(varied);
}

/** `10`, or a list such as `3,5,8`. */
export function seedsFrom(text: string): number | number[] {
  const seeds = text.split(',').map((part) => Number(part.trim() === '' ? Number.NaN : part));
  if (seeds.some((seed) => !Number.isSafeInteger(seed) || seed < 0)) {
    throw new UsageError(`--seeds: expected how many, such as 10, or which, such as 3,5,8; found "${text}".`);
  }
  return text.includes(',') ? seeds : seeds[0]!;
}

/** Scores, such as 300,400. */
export function targetsFrom(text: string): number[] {
  const targets = splitList(text).map((part) => (part === '' ? Number.NaN : Number(part)));
  if (targets.some((target) => !Number.isFinite(target))) {
    throw new UsageError(`--targets: expected scores such as 300,400; found "${text}".`);
  }
  return targets;
}

export interface StudyOptions {
  strategy?: string | undefined;
  genome?: string | undefined;
  connectome?: string | undefined;
  task?: string | undefined;
  objective?: string[] | undefined;
  set?: string[] | undefined;
  seeds?: string | undefined;
  vary?: string[] | undefined;
  controls?: string | true | undefined;
  targets?: string | undefined;
  margin?: number | undefined;
  name?: string | undefined;
  runs: string;
}

/** A file by its path, or one that comes with the program, such as examples/studies/spiking.json; undefined for other names. */
function fileNamed(name: string): string | undefined {
  if (existsSync(name)) return StoredRun.exists(name) ? undefined : name;
  return name.endsWith('.json') ? ownOrShipped(name) : undefined;
}

/** What the argument of `baldwin study` names: a study, a run file, a run on disk, or nothing. */
function givenStudy(file: string | undefined, runs: string): { value: Fields; recorded: boolean } {
  if (file === undefined) return { value: { format: 'study/1' }, recorded: false };
  const path = fileNamed(file);
  if (path !== undefined) {
    const value = readJsonFile(path, 'study or run file');
    if (isStudy(value)) return { value: value as Fields, recorded: false };
    if (!isFields(value)) throw new UsageError(`${file}: expected a study or a run, found no object.`);
    return { value: { format: 'study/1', base: value }, recorded: false };
  }
  const base = new StoredRun(findRun(runs, file)).manifest.spec;
  return { value: { format: 'study/1', base }, recorded: true };
}

/** A study's base as fields; a path is read. */
function baseFields(base: StudySpec['base'], source: string): { path: string; value: Fields } {
  if (typeof base !== 'string') return { path: source, value: base };
  const value = readJsonFile(base, "run file that is the study's base");
  if (!isFields(value)) throw new UsageError(`${base}: a run is an object.`);
  return { path: base, value };
}

const withoutBudget = ({ budget: _, ...arm }: ArmSpec): ArmSpec => arm;

/** Says what a study varies by itself, where options vary something in its place. */
function replacedVary(study: Fields, source: string): string[] {
  const { vary } = parseStudySpec(study, source);
  if (vary === undefined) return [];
  const [what, names] = Array.isArray(vary)
    ? ['arms', vary.map(({ name }) => name)]
    : ['factors', Object.keys(vary)];
  return [
    `--vary takes the place of "vary" in ${source}, whose ${what} are left out: ${names.join(', ')}. Write what --vary says into the file ` +
      'to have both.',
  ];
}

/** The study that a command line asks for: that of the file, and what options lay over it. */
export function studyFrom(
  file: string | undefined,
  options: StudyOptions,
  budget: Budget | undefined,
): { spec: StudySpec; base: StudyBase; source: string; notices: string[] } {
  const source = file ?? 'command line';
  const { value, recorded } = givenStudy(file, options.runs);
  const asked = {
    ...(options.seeds === undefined ? {} : { seeds: seedsFrom(options.seeds) }),
    ...(options.vary === undefined ? {} : { vary: varyFrom(options.vary) }),
    ...(options.controls === undefined
      ? {}
      : { controls: options.controls === true ? true : splitList(options.controls) }),
    ...(options.targets === undefined ? {} : { targets: targetsFrom(options.targets) }),
    ...(options.margin === undefined ? {} : { margin: options.margin }),
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(budget === undefined ? {} : { budget }),
  };
  const given = parseStudySpec({ ...value, ...asked }, source);
  // A budget on the command line is that of every arm, as in `study resume`.
  const own = Array.isArray(given.vary) && budget !== undefined ? given.vary.map(withoutBudget) : given.vary;
  const spec = own === undefined ? given : { ...given, vary: own };
  const { strategy, genome, connectome, task, objective, set } = options;
  const parts = { strategy, genome, connectome, task, objective };
  const chosen = Object.entries(parts).filter(([, part]) => part !== undefined);
  const laid = { ...Object.fromEntries(chosen), ...settingsFrom(set ?? []) };
  const common = Object.keys(laid).length > 0 ? { set: { ...spec.set, ...laid } } : {};
  const base = baseFields(spec.base, source);
  const notices = options.vary === undefined ? [] : replacedVary(value, source);
  return { spec: { ...spec, ...common }, base: { ...base, recorded }, source, notices };
}
