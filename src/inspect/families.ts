import type { OpenedRun } from '../evolve/opened-run.js';
import { canonical } from '../expression/canonical.js';
import { parseExpression } from '../expression/parse.js';
import { printExpression } from '../expression/print.js';
import { median } from '../math/statistics.js';
import { type FormulaCard, formulaCards } from './formulas.js';

/** What the champion of one run of a study says. */
export interface RunFormulas {
  run: string;
  seed: number;
  score: number;
  /** Mean score on fresh seeds; null before the run has ended. */
  fresh: number | null;
  formulas: FormulaCard[];
}

/** Runs whose champions say the same, as far as algebra can tell. */
export interface FormulaFamily {
  /** Canonical, in the order of the holes. */
  formulas: string[];
  runs: string[];
  medianScore: number;
  medianFresh: number | null;
}

export interface Families {
  holes: string[];
  runs: RunFormulas[];
  /** Those with the best median first. */
  families: FormulaFamily[];
  /** Runs whose champions say a formula that was asked for; null where none was. */
  like: { formula: string; runs: string[] } | null;
}

/** The champion of a run as it says its rules. */
export function formulasOfRun(
  { stored, spec, habitat, champion, best }: OpenedRun,
  run: string,
): RunFormulas {
  const result = stored.manifest.result as { best?: { fresh?: { mean?: number } } } | null;
  return {
    run,
    seed: spec.seed,
    score: best.score,
    fresh: result?.best?.fresh?.mean ?? null,
    formulas: formulaCards(habitat.space, champion),
  };
}

/**
 * The rules that the runs of a study found, alike ones together.
 * @param like a formula to look for, over the names of the holes' inputs
 */
export function familiesOf(runs: readonly RunFormulas[], like?: string): Families {
  const byForm = new Map<string, RunFormulas[]>();
  for (const run of runs) {
    const key = JSON.stringify(run.formulas.map((card) => card.canonical));
    byForm.set(key, [...(byForm.get(key) ?? []), run]);
  }
  const middle = (values: readonly (number | null)[]) => {
    const known = values.filter((value) => value !== null);
    return known.length > 0 ? median(known) : null;
  };
  const families = [...byForm].map(([key, members]) => ({
    formulas: JSON.parse(key) as string[],
    runs: members.map(({ run }) => run),
    medianScore: middle(members.map(({ score }) => score))!,
    medianFresh: middle(members.map(({ fresh }) => fresh)),
  }));
  const wanted = like === undefined ? undefined : printExpression(canonical(parseExpression(like)));
  return {
    holes: runs[0]?.formulas.map(({ name }) => name) ?? [],
    runs: [...runs],
    families: families.toSorted((a, b) => b.medianScore - a.medianScore),
    like:
      wanted === undefined
        ? null
        : {
            formula: wanted,
            runs: runs
              .filter(({ formulas }) => formulas.some((card) => card.canonical === wanted))
              .map(({ run }) => run),
          },
  };
}
