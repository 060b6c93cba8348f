import { namesIn } from '../expression/analysis.js';
import { canonical } from '../expression/canonical.js';
import { parseExpression } from '../expression/parse.js';
import { printExpression } from '../expression/print.js';
import { median } from '../math/statistics.js';
import { UsageError } from '../spec/errors.js';
import { averageLinkage, clustersAt, type Dendrogram } from './distances/clustering.js';
import type { Distances } from './distances/distances.js';
import { isMultiple, sameValues, valuesOn } from './formula-values.js';
import { numbersOf, type RunRules } from './run-rules.js';

/** Runs whose champions are near to each other. */
export interface RuleFamily {
  /**
   * Of the shortest member, in the order of the holes: canonical, on what it was given; "-" where it has no such hole. Of rules
   * with numbers, those of the member with the best score.
   */
  formulas: string[];
  runs: string[];
  /** Different texts of its members. */
  forms: number;
  medianScore: number;
  medianFresh: number | null;
}

export interface Families {
  /** Of formulas; projections whose rules differ where runs say none. */
  holes: string[];
  runs: (Omit<RunRules, 'visited' | 'rules'> & {
    /** By projection: the parameters of its rule that differ between runs. Empty where runs say formulas. */
    numbers: Readonly<Record<string, Readonly<Record<string, number>>>>;
  })[];
  /** Those with the best median first. */
  families: RuleFamily[];
  /** How far runs are apart, and how they come together; families are those at most `cut` apart on average. */
  distances: Distances & Dendrogram & { cut: number };
  /** Runs whose champions say a formula that was asked for, or a positive multiple of it; null where none was. */
  like: { formula: string; runs: string[]; multiples: string[] } | null;
}

const shortest = (runs: readonly RunRules[]) => {
  const length = ({ formulas }: RunRules) =>
    formulas.reduce((sum, card) => sum + (card.visited?.formula ?? card.canonical).length, 0);
  return runs.reduce((least, run) => (length(run) < length(least) ? run : least));
};

/** How a run's formulas stand to one that is asked for: the same, a positive multiple of it on what they were given, or other. */
function likeness(run: RunRules, wanted: string): 'same' | 'multiple' | 'other' {
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

/** Numbers of a rule, as words. */
export const numbersText = (values: Readonly<Record<string, number>> | undefined) =>
  Object.entries(values ?? {})
    .map(([name, value]) => `${name} ${Number(value.toPrecision(3))}`)
    .join(', ');

const middle = (values: readonly (number | null)[]) => {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? median(known) : null;
};

/** Runs whose champions say a formula, or a positive multiple of it. */
function saying(runs: readonly RunRules[], wanted: string): NonNullable<Families['like']> {
  const found = runs.map((run) => ({ run: run.run, is: likeness(run, wanted) }));
  const runsThat = (kind: 'same' | 'multiple') => found.filter(({ is }) => is === kind).map(({ run }) => run);
  return {
    formula: printExpression(canonical(parseExpression(wanted))),
    runs: runsThat('same'),
    multiples: runsThat('multiple'),
  };
}

/**
 * The champions of a study's runs, those together that are at most so far apart on average (average linkage).
 * @param cut 0: those that are the same but for rounding
 * @param like a formula to look for, over the names of the holes' inputs
 * @throws UsageError where that is none
 */
export function familiesOf(
  runs: readonly RunRules[],
  distances: Distances,
  cut: number,
  like?: string,
): Families {
  const tree = averageLinkage(distances.matrix);
  const sayFormulas = runs.some(({ formulas }) => formulas.length > 0);
  const numbers: ReturnType<typeof numbersOf> = sayFormulas ? runs.map(() => ({})) : numbersOf(runs);
  const holes = [
    ...new Set(
      runs.flatMap(({ formulas }, i) =>
        sayFormulas ? formulas.map(({ name }) => name) : Object.keys(numbers[i]!),
      ),
    ),
  ];
  const families = clustersAt(tree, cut).map((places): RuleFamily => {
    const members = places.map((place) => runs[place]!);
    const best = places.reduce((a, b) => (runs[b]!.score > runs[a]!.score ? b : a));
    const formulasOf = ({ formulas }: RunRules) => formulas.map(({ canonical: text }) => text).join('; ');
    return {
      formulas: holes.map((hole) => {
        if (!sayFormulas) return numbersText(numbers[best]![hole]) || '-';
        const card = shortest(members).formulas.find(({ name }) => name === hole);
        return card ? (card.visited?.formula ?? card.canonical) : '-';
      }),
      runs: members.map(({ run }) => run),
      forms: sayFormulas
        ? new Set(members.map(formulasOf)).size
        : new Set(places.map((place) => JSON.stringify(numbers[place]))).size,
      medianScore: middle(members.map(({ score }) => score))!,
      medianFresh: middle(members.map(({ fresh }) => fresh)),
    };
  });
  return {
    holes,
    runs: runs.map(({ visited: _, rules: __, ...run }, i) => ({ ...run, numbers: numbers[i]! })),
    families: families.toSorted((a, b) => b.medianScore - a.medianScore),
    distances: { ...distances, ...tree, cut },
    like: like === undefined ? null : saying(runs, like),
  };
}
