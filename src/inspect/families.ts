import type { OpenedRun } from '../evolve/opened-run.js';
import { namesIn } from '../expression/analysis.js';
import { canonical } from '../expression/canonical.js';
import { parseExpression } from '../expression/parse.js';
import { printExpression } from '../expression/print.js';
import { median } from '../math/statistics.js';
import { UsageError } from '../spec/errors.js';
import { isMultiple, sameValues, valuesOn } from './formula-values.js';
import { type FormulaCard, formulaCards } from './formulas.js';
import { type VisitedInputs, visitedInputs } from './visited.js';

/** What the champion of one run of a study says, and what its formulas were given in its life. */
export interface RunFormulas {
  run: string;
  seed: number;
  score: number;
  /** Mean score on fresh seeds; null before the run has ended. */
  fresh: number | null;
  formulas: FormulaCard[];
  visited: readonly VisitedInputs[];
}

/** Runs whose champions say the same: by algebra, or on everything that their formulas were given. */
export interface FormulaFamily {
  /** Of the shortest member, in the order of the holes: canonical, on what it was given; "-" where it has no such hole. */
  formulas: string[];
  runs: string[];
  /** Different texts of its members. */
  forms: number;
  medianScore: number;
  medianFresh: number | null;
}

export interface Families {
  holes: string[];
  runs: Omit<RunFormulas, 'visited'>[];
  /** Those with the best median first. */
  families: FormulaFamily[];
  /** Runs whose champions say a formula that was asked for, or a positive multiple of it; null where none was. */
  like: { formula: string; runs: string[]; multiples: string[] } | null;
}

/** The champion of a run as it says its rules, and what these were given. */
export function formulasOfRun(opened: OpenedRun, run: string): RunFormulas {
  const { stored, spec, habitat, champion, best } = opened;
  const result = stored.manifest.result as { best?: { fresh?: { mean?: number } } } | null;
  const visited = habitat.networksDiffer ? visitedInputs(opened) : [];
  return {
    run,
    seed: spec.seed,
    score: best.score,
    fresh: result?.best?.fresh?.mean ?? null,
    formulas: formulaCards(habitat.space, champion, visited),
    visited,
  };
}

/** Whether two runs' formulas give the same on all that either was given. */
function saySame(a: RunFormulas, b: RunFormulas): boolean {
  if (a.formulas.length !== b.formulas.length) return false;
  return a.formulas.every((card, hole) => {
    const other = b.formulas[hole]!;
    // Arms may evolve other holes.
    if (card.name !== other.name) return false;
    if (card.canonical === other.canonical) return true;
    const seen = [...a.visited, ...b.visited].filter(({ name }) => name === card.name);
    return (
      seen.length > 0 &&
      seen.every(({ inputs, samples }) => {
        const [x, y] = [card, other].map(({ said }) => valuesOn(parseExpression(said), inputs, samples));
        return sameValues(x!, y!);
      })
    );
  });
}

const shortest = (runs: readonly RunFormulas[]) => {
  const length = ({ formulas }: RunFormulas) =>
    formulas.reduce((sum, card) => sum + (card.visited?.formula ?? card.canonical).length, 0);
  return runs.reduce((least, run) => (length(run) < length(least) ? run : least));
};

/** How a run's formulas stand to one that is asked for: the same, a positive multiple of it on what they were given, or other. */
function likeness(run: RunFormulas, wanted: string): 'same' | 'multiple' | 'other' {
  const of = run.formulas.map((card): 'same' | 'multiple' | 'other' => {
    if (card.canonical === printExpression(canonical(parseExpression(wanted)))) return 'same';
    const seen = run.visited.find(({ name }) => name === card.name);
    if (!seen) return 'other';
    const { inputs, samples } = seen;
    const formula = parseExpression(wanted);
    const unknown = [...namesIn(formula)].find((name) => !inputs.includes(name));
    if (unknown !== undefined)
      throw new UsageError(`--like: "${wanted}" is no formula over ${inputs.join(', ')}.`);
    const asked = valuesOn(formula, inputs, samples);
    const said = valuesOn(parseExpression(card.said), inputs, samples);
    if (sameValues(said, asked)) return 'same';
    return isMultiple(said, asked) ? 'multiple' : 'other';
  });
  return of.includes('same') ? 'same' : of.includes('multiple') ? 'multiple' : 'other';
}

/**
 * The rules that the runs of a study found, alike ones together.
 * @param like a formula to look for, over the names of the holes' inputs
 * @throws UsageError where that is none
 */
export function familiesOf(runs: readonly RunFormulas[], like?: string): Families {
  const groups: RunFormulas[][] = [];
  for (const run of runs) {
    const group = groups.find((members) => saySame(members[0]!, run));
    if (group) group.push(run);
    else groups.push([run]);
  }
  const middle = (values: readonly (number | null)[]) => {
    const known = values.filter((value) => value !== null);
    return known.length > 0 ? median(known) : null;
  };
  const holes = [...new Set(runs.flatMap(({ formulas }) => formulas.map(({ name }) => name)))];
  const families = groups.map((members) => ({
    formulas: holes.map((hole) => {
      const card = shortest(members).formulas.find(({ name }) => name === hole);
      return card ? (card.visited?.formula ?? card.canonical) : '-';
    }),
    runs: members.map(({ run }) => run),
    forms: new Set(members.map(({ formulas }) => formulas.map(({ canonical: text }) => text).join('; ')))
      .size,
    medianScore: middle(members.map(({ score }) => score))!,
    medianFresh: middle(members.map(({ fresh }) => fresh)),
  }));
  const alike = (kind: 'same' | 'multiple') =>
    like === undefined ? [] : runs.filter((run) => likeness(run, like) === kind).map(({ run }) => run);
  return {
    holes,
    runs: runs.map(({ visited: _, ...run }) => run),
    families: families.toSorted((a, b) => b.medianScore - a.medianScore),
    like:
      like === undefined
        ? null
        : {
            formula: printExpression(canonical(parseExpression(like))),
            runs: alike('same'),
            multiples: alike('multiple'),
          },
  };
}
