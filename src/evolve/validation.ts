import type { Habitat } from '../evaluate/habitat.js';
import { seeds } from '../evaluate/seeds.js';
import { genomeHash } from '../genome/genome-file.js';
import { mean, spreadOf } from '../math/statistics.js';
import type { JudgedLife } from '../objectives/objective.js';
import type { Best, Manifest } from '../store/manifest.js';
import type { StoredRun } from '../store/run-store.js';
import type { StepRecord } from '../store/steps.js';
import { excess, violation } from './constraints.js';
import type { EvaluatorHost } from './evaluators/evaluator.js';
import { bestOf, type Contender, contenderOf, feasibleFirst, recordedBest } from './incumbent.js';
import { judged, objectivesOf } from './objectives.js';
import { validationOf } from './recorded.js';
import { livesApart } from './reference-scores.js';
import type { Finalist, Validation } from './run-result.js';
import type { RunSpec } from './run-spec.js';
import type { ValidationField } from './validation-field.js';

/** The candidates whose genomes are stored, the latest step and the best of each first, of what the last step scores. */
function storedOf(records: readonly StepRecord[]): Contender[] {
  const from = Math.max(
    0,
    records.findLastIndex(({ anew }) => anew),
  );
  return records
    .slice(from)
    .toReversed()
    .flatMap((record) => record.elites.flatMap(({ index }) => contenderOf(record, index) ?? []));
}

/** Those that are lived again, different genomes: the best of the search, then others as good, of equals the later. */
function finalistsOf(
  stored: StoredRun,
  start: Readonly<Float64Array>,
  genomes: number,
): { contender: Contender; genome: Float64Array }[] {
  const latest = storedOf(stored.records);
  const incumbent = bestOf(stored.records, stored.manifest.lineage);
  const best = latest.toSorted((a, b) => (feasibleFirst(a, b) ? -1 : Number(feasibleFirst(b, a))));
  const chosen = new Map<string, { contender: Contender; genome: Float64Array }>();
  const fill = (from: readonly Contender[], upTo: number) => {
    for (const contender of from) {
      if (chosen.size >= upTo) return;
      const genome = stored.genomeOf(contender, start);
      const hash = genomeHash(genome);
      if (!chosen.has(hash)) chosen.set(hash, { contender, genome });
    }
  };
  // A plateau may have more genomes than places: what the search has as its best is among them.
  fill(
    latest.filter(({ step, index }) => step === incumbent?.step && index === incumbent.index),
    1,
  );
  fill(best, Math.ceil(genomes / 2));
  fill(latest, genomes);
  return [...chosen.values()];
}

/**
 * Lives the genomes of a search that may be its best again, all in the same lives, which neither the search nor the fresh
 * score has: the luckiest life is then not mistaken for the best genome.
 */
export async function validated(
  spec: RunSpec & { validation: ValidationField },
  habitat: Habitat,
  stored: StoredRun,
  { host, onNotice }: { host: EvaluatorHost; onNotice?: (message: string) => void },
): Promise<Validation> {
  const { space } = habitat;
  const { genomes, lives } = spec.validation;
  const deciding = await livesApart(habitat, seeds.choosing(spec.seed, lives));
  const finalists = finalistsOf(stored, space.start, genomes);
  onNotice?.(
    `Validating: ${finalists.length === 1 ? '1 genome' : `${finalists.length} genomes`} of the search, ${lives} lives of each.`,
  );
  const evaluator = host.evaluatorOf(deciding.habitat);
  try {
    const results = await evaluator.evaluate(
      finalists.flatMap(({ genome }) => deciding.seeds.map((seed) => ({ genome, seed, repeats: 1 }))),
    );
    const [objective] = objectivesOf(spec.objective);
    const limits = spec.constraints ?? [];
    const compared = finalists.map(({ contender, genome }, i): Finalist => {
      const own = results.slice(i * lives, (i + 1) * lives);
      // What failed has no measures to judge it by.
      const meanOf = (value: (life: JudgedLife) => number) =>
        mean(own.map((life) => (life.status === 'ok' ? value(judged(life, genome, space)) : Number.NaN)));
      const outside = meanOf((life) => violation(excess(limits, life)));
      return {
        best: recordedBest(contender),
        score: spreadOf(own.map(({ score }) => score)),
        objective: meanOf((life) => objective!.value(life)),
        ...(outside > 0 ? { violation: outside } : {}),
      };
    });
    return { about: deciding.about, lives, finalists: compared.toSorted(byStanding) };
  } finally {
    await evaluator.close();
  }
}

/** What keeps to the limits first, then the better objective, then the better score; failures last. */
function byStanding(a: Finalist, b: Finalist): number {
  const failed = (finalist: Finalist) => Number(!Number.isFinite(finalist.objective));
  return (
    failed(a) - failed(b) ||
    (failed(a)
      ? 0
      : (a.violation ?? 0) - (b.violation ?? 0) || b.objective - a.objective || b.score.mean - a.score.mean)
  );
}

/** Whom a validation makes the champion; undefined where every finalist failed. */
const chosenBy = ({ finalists: [first] }: Validation): Best | undefined =>
  first && Number.isFinite(first.objective) ? first.best : undefined;

/**
 * The best of a run: by its validation where it ended with one, and otherwise by the search.
 * @param validation how it ended, where that is not in its manifest yet
 */
export function championOf(
  { manifest, records }: { manifest: Readonly<Manifest>; records: readonly StepRecord[] },
  validation = validationOf(manifest),
): Contender | null {
  const chosen = validation && chosenBy(validation);
  const record = chosen && records[chosen.step];
  return (record && contenderOf(record, chosen.index)) ?? bestOf(records, manifest.lineage);
}
