import { type RunSpec, settingsHash } from '../evolve/run-spec.js';
import { recordedSpec } from '../evolve/stored-spec.js';
import { StoredRun } from '../store/run-store.js';
import type { NamedArm } from './results.js';

/** Settings that a name and a description list, at most. */
const mostInName = 2;
const mostInWords = 6;

/** The parts of a run by name: what arms are called by where it tells them apart. */
const partsOf = ({ strategy, genome, task, connectome }: RunSpec): string[] => [
  strategy.name,
  genome.name,
  task.name,
  connectome.null ? `${connectome.id}-null-${connectome.null.model}` : connectome.id,
];

/** Settings by their paths, and their values as text. */
function leaves(value: unknown, path: string, found: Map<string, string>): Map<string, string> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [name, inner] of Object.entries(value)) {
      leaves(inner, path === '' ? name : `${path}.${name}`, found);
    }
  } else if (value !== undefined) found.set(path, JSON.stringify(value));
  return found;
}

/** What a run sets, but for what differs between runs of one arm, and what a name says already. */
function settingsOf({ seed: _s, budget: _b, genome, connectome, ...spec }: RunSpec): Map<string, string> {
  const { id, null: model } = connectome;
  return leaves({ ...spec, genome: genome.name, connectome: { id, null: model?.model } }, '', new Map());
}

/** Of each, the settings in which not all are alike. */
function differing(all: readonly Map<string, string>[]): [string, string][][] {
  const paths = new Set(all.flatMap((one) => [...one.keys()]));
  const telling = [...paths].filter((path) => new Set(all.map((one) => one.get(path))).size > 1);
  return all.map((one) =>
    telling.flatMap((path) => {
      const value = one.get(path);
      return value === undefined ? [] : [[path, value]];
    }),
  );
}

/** What tells worlds apart: the task and the animal, and among those with the same ones the settings that are not alike. */
export function worldNames(
  specs: readonly Pick<RunSpec, 'task' | 'network' | 'connectome' | 'episodes'>[],
): string[] {
  const names = specs.map(
    ({ task, network, connectome }) => task.name + (network === null ? '' : ` on ${connectome.id}`),
  );
  const settings = specs.map(({ task: { name: _, heldOut: _apart, ...task }, network, episodes }) =>
    leaves({ task, network, episodes }, '', new Map()),
  );
  return names.map((name, i) => {
    const alike = settings.filter((_, other) => names[other] === name);
    const words = wordsOf(differing(alike)[alike.indexOf(settings[i]!)]!);
    return words ? `${name}: ${words}` : name;
  });
}

const wordsOf = (settings: readonly [string, string][]) =>
  settings
    .slice(0, mostInWords)
    .map(([path, value]) => `${path} = ${value.replaceAll('"', '')}`)
    .join(', ');

/** Names that tell arms apart: by their parts, where that is not enough by what they set, and else by a run of theirs. */
function namesOf(specs: readonly RunSpec[], first: readonly string[]): string[] {
  const parts = specs.map(partsOf);
  const telling = (parts[0] ?? []).map((_, i) => new Set(parts.map((one) => one[i])).size > 1);
  const byParts = parts.map((one) => one.filter((_, i) => telling[i]).join('_') || one[0]!);
  const alike = (names: readonly string[], name: string) =>
    names.flatMap((other, i) => (other === name ? [i] : []));
  const bySettings = byParts.map((name, i) => {
    const group = alike(byParts, name);
    if (group.length === 1) return name;
    const mine = differing(group.map((at) => settingsOf(specs[at]!)))[group.indexOf(i)]!;
    const settings = mine
      .slice(0, mostInName)
      .map(([path, value]) => `${path.split('.').at(-1)}-${value.replaceAll('"', '')}`);
    return [name, ...settings].join('_');
  });
  return bySettings.map((name, i) =>
    alike(bySettings, name).length === 1 ? name : `${name} (${first[i]} …)`,
  );
}

/**
 * Runs that differ in their seed alone, together, in the order of the first of each. Every arm is named by what tells it
 * from the others.
 */
export async function armsOfRuns(runs: readonly { run: string; folder: string }[]): Promise<NamedArm[]> {
  const groups = new Map<string, { spec: RunSpec; runs: NamedArm['runs'] }>();
  for (const { run, folder } of runs) {
    const spec = await recordedSpec(new StoredRun(folder).manifest, folder);
    const key = settingsHash(spec);
    const group = groups.get(key) ?? { spec, runs: [] };
    group.runs.push({ run, seed: spec.seed, folder });
    groups.set(key, group);
  }
  const all = [...groups.values()];
  const specs = all.map(({ spec }) => spec);
  const names = namesOf(
    specs,
    all.map(({ runs: [first] }) => first!.run),
  );
  const settings = differing(specs.map(settingsOf));
  return all.map(({ spec, runs: mine }, i) => ({
    name: names[i]!,
    about: wordsOf(settings[i]!) || 'the same settings throughout',
    control: spec.connectome.null?.model ?? null,
    runs: mine,
  }));
}
