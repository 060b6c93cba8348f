import { type ResolvedRun, resolveRun } from '../../src/evolve/resolve.js';
import { suggest, UsageError } from '../../src/spec/errors.js';

/** One row of the study's tables. */
export interface Entry {
  /** Begins the names of its runs, and chooses it with --only. */
  id: string;
  label: string;
  strategy: string;
  genome: string;
  connectome: string;
  /** `path=value`, laid over the preset. */
  settings: readonly string[];
  evaluations: number;
}

const entry = (id: string, more: Partial<Entry> = {}): Entry => ({
  id,
  label: id,
  strategy: id,
  genome: 'weights',
  connectome: 'c-elegans-openworm',
  settings: [],
  evaluations: 20_000,
  ...more,
});

export const entries: readonly Entry[] = [
  entry('random'),
  entry('ga'),
  entry('openai-es'),
  entry('cma-es', { label: 'cma-es (separable)' }),
  entry('cma-es-by-class', { label: 'cma-es, by class', strategy: 'cma-es', genome: 'weights-by-class' }),
  entry('enomad-ea'),
  entry('enomad-rea'),
  entry('enomad-ea-16', {
    label: 'enomad-ea, population 16',
    strategy: 'enomad-ea',
    settings: ['strategy.population=16'],
    evaluations: 60_000,
  }),
  entry('ga-6400', { label: 'ga, 6,400', strategy: 'ga', evaluations: 6_400 }),
];

const onCells = (id: string, label: string, settings: readonly string[]) =>
  entry(id, {
    label,
    strategy: 'ga',
    genome: 'weights-and-scales',
    connectome: 'c-elegans-cook-2019',
    settings,
    evaluations: 3_200,
  });

/** Foraging on the Cook connectome with three kinds of cells. */
export const cellEntries: readonly Entry[] = [
  onCells('leaky', 'leaky integrate-and-fire', ['network.cell=leaky-integrate-and-fire']),
  onCells('izhikevich', 'Izhikevich', ['network.cell=izhikevich']),
  onCells('graded', 'graded', ['network.cell=graded', 'network.parameters={"vHalf":-40,"rise":0.02}']),
];

export const patterns = ['square', 'triangle', 'pentagon'] as const;

/** The names of `known` that a comma-separated list chooses, each by itself or by how it begins; in their own order. */
export function choose(list: string, known: readonly string[], option: string): string[] {
  const chosen = new Set<string>();
  for (const wanted of list.split(',').map((part) => part.trim())) {
    const fitting = known.includes(wanted) ? [wanted] : known.filter((name) => name.startsWith(wanted));
    if (wanted === '' || fitting.length === 0) {
      throw new UsageError(`${option}: unknown name "${wanted}". ${suggest(wanted, known)}`);
    }
    for (const name of fitting) chosen.add(name);
  }
  return known.filter((name) => chosen.has(name));
}

/** One run of the study. */
export interface Job {
  entry: Entry;
  pattern: string;
  seed: number;
}

export const jobName = ({ entry: { id }, pattern, seed }: Job) => `${id}-${pattern}-${seed}`;

/** The spec of a job: trained on one pattern, with the two others held out. */
export function resolveJob({
  entry: { strategy, genome, connectome, settings, evaluations },
  pattern,
  seed,
}: Job): Promise<ResolvedRun> {
  const heldOut = patterns.filter((other) => other !== pattern);
  return resolveRun({
    strategy,
    genome,
    connectome,
    seed,
    budget: { evaluations },
    set: [`task.patterns=${pattern}`, `task.heldOut=${heldOut.join(',')}`, ...settings],
  });
}
