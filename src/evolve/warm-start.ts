import { join } from 'node:path';
import type { Habitat } from '../evaluate/habitat.js';
import { UsageError } from '../spec/errors.js';
import { type Manifest, readManifest, resultsVersion } from '../store/manifest.js';
import { historyOfRun } from '../store/run-history.js';
import { runFiles } from '../store/run-store.js';
import type { Solution } from '../strategies/strategy.js';
import { bestShare, leastSolutions } from '../strategies/warm-start.js';
import { contenderOf } from './incumbent.js';
import type { RunSpec } from './run-spec.js';
import { storedHabitat } from './stored-spec.js';
import { strategyAfter } from './strategy-state.js';
import { asText, type WarmStartField, warmStartSchema } from './warm-start-field.js';

const described = ['low', 'high', 'levels'] as const;

/** Refuses a run whose genomes say something else here. */
function refuseOtherGenes(manifest: Manifest, there: Habitat, here: Habitat): void {
  const refuse = (what: string): never => {
    throw new UsageError(
      `--warm-start ${manifest.run}: ${what}: its genomes say something else here. Name a run of the same genome spec and ` +
        'connectome, or leave --warm-start out.',
    );
  };
  const [theirs, own] = [manifest.hashes.connectome, here.setup.connectome.hash];
  if (theirs !== own) {
    const { id } = there.setup.connectome;
    refuse(
      `it is of another connectome, ${id} (${theirs?.slice(0, 8)}), and this run of ${here.setup.connectome.id} (${own.slice(0, 8)})`,
    );
  }
  const [a, b] = [there.space, here.space];
  if (a.genes !== b.genes) refuse(`it has ${a.genes} genes, and this run ${b.genes}`);
  for (let gene = 0; gene < a.genes; gene++) {
    const name = b.nameOf(gene);
    if (a.nameOf(gene) !== name) refuse(`it has the gene ${a.nameOf(gene)} where this run has ${name}`);
    const differing = described.find((field) => a[field][gene] !== b[field][gene]);
    if (differing)
      refuse(`its gene ${name} has the ${differing} ${a[differing][gene]}, and here ${b[differing][gene]}`);
  }
}

/** The best genomes of an earlier run, and how many it lived that have a score. */
async function bestOfRun(
  folder: string,
  here: Habitat,
  { share, most }: WarmStartField,
): Promise<{ run: string; about: string; solutions: Solution[] }> {
  const manifest = readManifest(join(folder, runFiles.manifest));
  const { run, lineage } = manifest;
  if (manifest.resultsVersion !== resultsVersion) {
    throw new UsageError(
      `--warm-start ${run}: it was made with results version ${manifest.resultsVersion}, and this program's is ${resultsVersion}: ` +
        'its genomes cannot be told from its record any more. Make it again.',
    );
  }
  const { spec, habitat } = await storedHabitat(manifest, folder);
  refuseOtherGenes(manifest, habitat, here);
  const { records, states } = historyOfRun(folder);
  // What a branch holds from before it began was asked for by the run that it branched from.
  const from = lineage?.step ?? 0;
  const scored = records.slice(from).flatMap((record) =>
    record.objective.flatMap((_, index) => {
      const contender = contenderOf(record, index);
      if (contender === undefined || contender.violation > 0) return [];
      return [{ step: record.step, index, score: contender.objective }];
    }),
  );
  const chosen = bestShare(scored, share, most);
  if (chosen.length < 2) {
    throw new UsageError(
      `--warm-start ${run}: expected ${leastSolutions(share)} or more genomes with a score that keep to its limits, of which a share of ${share} ` +
        `is two, found ${scored.length}. Name a longer run, or take a larger share: --set warmStart.share=${Math.min(1, 5 * share)}.`,
    );
  }
  const wanted = new Map<number, { index: number; place: number }[]>();
  chosen.forEach(({ step, index }, place) => {
    wanted.set(step, [...(wanted.get(step) ?? []), { index, place }]);
  });
  const genomes: Float64Array[] = [];
  strategyAfter(records, {
    ...{ spec, habitat },
    states: from > 0 ? [states[1]] : [],
    from: lineage?.step,
    onStep: ({ step }, candidates) => {
      for (const { index, place } of wanted.get(step) ?? [])
        genomes[place] = Float64Array.from(candidates[index]!.genome);
    },
  });
  const solutions = chosen.map(({ score }, place) => ({ genome: genomes[place]!, score }));
  const about =
    `${scored.length.toLocaleString('en-US')} genomes of ${run}` +
    (lineage ? `, without those from before it branched from ${lineage.run}` : '');
  return { run, about, solutions };
}

/**
 * A run with the solutions that it is to begin from.
 * @param folders of the runs that they are taken from; none where the run has them already, or begins from its start
 * @throws UsageError where a run's genomes do not fit, or are too few
 */
export async function warmStarted(
  spec: RunSpec,
  habitat: Habitat,
  folders: readonly string[],
): Promise<{ spec: RunSpec; notices: readonly string[] }> {
  if (folders.length === 0) return { spec, notices: [] };
  const field = spec.warmStart ?? warmStartSchema.parse({});
  const earlier = [];
  for (const folder of folders) earlier.push(await bestOfRun(folder, habitat, field));
  const solutions = earlier.flatMap(({ solutions }) =>
    solutions.map(({ genome, score }) => ({ score, genome: asText(genome, habitat.space) })),
  );
  return {
    spec: { ...spec, warmStart: { ...field, from: earlier.map(({ run }) => run), solutions } },
    notices: earlier.map(
      ({ about, solutions: { length } }) =>
        `The search begins from the best ${length.toLocaleString('en-US')} of ${about} ` +
        `(warmStart.share ${field.share}, warmStart.most ${field.most}).`,
    ),
  };
}
