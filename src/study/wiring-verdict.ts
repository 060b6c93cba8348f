import { type NullModel, nullModelNames, nullModels } from '../connectome/null-models/table.js';
import { fewestForVerdict, type Verdict } from './claims.js';
import type { StudyComparison } from './compare.js';

/** How an animal's scores compare with those of a null model of it. */
export interface NullVerdict {
  model: NullModel;
  /** Null where there are too few runs to give one. */
  verdict: Verdict | null;
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** The models of one verdict, in order of how much they keep. */
const having = (verdicts: readonly NullVerdict[], verdict: Verdict | null): NullModel[] =>
  nullModelNames.filter((name) => verdicts.some((one) => one.model === name && one.verdict === verdict));

const are = ({ length }: readonly unknown[]) => (length === 1 ? 'is' : 'are');

/** "those of all 7 nulls", or "those of 5 of 7 nulls", by name. */
function nullsText(names: readonly NullModel[], all: number): string {
  if (all === 1) return `the null model ${names[0]}`;
  return names.length === all
    ? `all ${all} null models (${listed(names)})`
    : `${names.length} of ${all} null models (${listed(names)})`;
}

/** What ties say of an advantage or a disadvantage over other null models. */
function tieText(equivalent: readonly NullModel[], matters: boolean): string {
  const [only] = equivalent;
  if (equivalent.length > 1) {
    return matters
      ? `it ties with ${listed(equivalent)}, each of which keeps enough of what matters`
      : `it ties with ${listed(equivalent)}`;
  }
  return `it ties with ${only}, which keeps ${nullModels[only!].keeps}${matters ? ': what matters is in what it keeps' : ''}`;
}

/** Models that draw more and more anew: what one takes away, all after it take away too. */
const nested: readonly NullModel[] = ['mirror', 'class-blocks', 'role-blocks', 'rewired', 'erdos-renyi'];

/** What the animal has and null models lack from which it differs; of nested ones the first says it most closely. */
function partText(differing: readonly NullModel[], effect: 'helps' | 'hinders'): string {
  const closest = differing.find((model) => nested.includes(model));
  const told = differing.filter((model) => !nested.includes(model) || model === closest);
  return `so what ${effect} is ${told.map((model) => `in what ${model} takes away (${nullModels[model].takes})`).join(' and ')}`;
}

/** What is left open. */
function openTexts(undecided: readonly NullModel[], untested: readonly NullModel[]): string[] {
  return [
    ...(undecided.length > 0 ? [`${listed(undecided)} ${are(undecided)} undecided`] : []),
    ...(untested.length > 0 ? [`${listed(untested)} ${are(untested)} not tested`] : []),
  ];
}

/**
 * One sentence on whether wiring mattered and which part of it, from how the animal's scores compare with those of its null
 * models. It claims no more than the verdicts: what a null model takes away matters where the animal differs from it,
 * and what it keeps is enough where the animal ties with it.
 */
export function wiringVerdict(verdicts: readonly NullVerdict[]): string {
  const all = nullModelNames.filter((name) => verdicts.some(({ model }) => model === name)).length;
  if (all === 0) return 'Wiring was not tested: no null model stands beside the animal.';
  const [better, worse, equivalent, undecided, untested] = (
    ['better', 'worse', 'equivalent', 'undecided', null] as const
  ).map((verdict) => having(verdicts, verdict)) as [
    NullModel[],
    NullModel[],
    NullModel[],
    NullModel[],
    NullModel[],
  ];
  if (untested.length === all) {
    return `Whether wiring mattered is not tested: a verdict takes ${fewestForVerdict} seeds with scores, after like numbers of evaluations.`;
  }
  const open = openTexts(undecided, untested);
  if (better.length + worse.length === 0) {
    if (equivalent.length === 0) {
      const more = untested.length > 0 ? ` (${listed(untested)} ${are(untested)} not tested)` : '';
      return (
        `Whether wiring mattered is undecided: the animal's scores are neither shown to differ from those of ` +
        `${nullsText(undecided, all)} nor to be equivalent${more}.`
      );
    }
    const whole = equivalent.length === all;
    // The model that takes all away is the only one to speak of all.
    const head = !whole
      ? 'Wiring is not shown to matter'
      : equivalent.includes('erdos-renyi')
        ? 'Wiring did not matter'
        : 'What was tested of the wiring did not matter';
    const what = whole ? ', within the margin' : '';
    return `${[`${head}: the animal's scores are equivalent to those of ${nullsText(equivalent, all)}${what}`, ...open].join('; ')}.`;
  }
  const clauses: string[] = [];
  if (better.length > 0)
    clauses.push(`the animal's scores are better than those of ${nullsText(better, all)}`);
  if (worse.length > 0) {
    const subject = better.length > 0 ? 'they are' : "the animal's scores are";
    clauses.push(`${subject} worse than those of ${nullsText(worse, all)}`);
  }
  const head =
    worse.length === 0
      ? 'Wiring mattered'
      : better.length === 0
        ? 'Wiring mattered, to the disadvantage of the animal'
        : 'Wiring mattered, both for and against the animal';
  const oneWay = better.length === 0 || worse.length === 0;
  if (equivalent.length > 0) clauses.push(tieText(equivalent, oneWay));
  else if (oneWay) clauses.push(better.length > 0 ? partText(better, 'helps') : partText(worse, 'hinders'));
  return `${head}: ${[...clauses, ...open].join('; ')}.`;
}

const opposite: Readonly<Record<Verdict, Verdict>> = {
  better: 'worse',
  worse: 'better',
  equivalent: 'equivalent',
  undecided: 'undecided',
};

/** Of every animal of a study that has null models beside it, what they say of its wiring, by one of the two scores. */
export function wiringVerdicts(
  { arms, claims }: Pick<StudyComparison, 'arms' | 'claims'>,
  by: keyof StudyComparison['claims'] = 'fresh',
): { animal: string; verdicts: NullVerdict[]; text: string }[] {
  const models = new Map(
    arms.map(({ arm, control }) => [arm, nullModelNames.find((name) => name === control)]),
  );
  const animals = new Map(arms.map(({ arm, animal }) => [arm, animal]));
  const found = new Map<string, NullVerdict[]>();
  for (const { arm, with: other, verdict } of claims[by]) {
    const [one, two] = [models.get(arm), models.get(other)];
    if ((one === undefined) === (two === undefined)) continue;
    const [animal, control] = one === undefined ? [arm, other] : [other, arm];
    // A null model of another arm says nothing of this one's wiring.
    const own = animals.get(control);
    if (own !== undefined && own !== animal) continue;
    const seen = one === undefined || verdict === null ? verdict : opposite[verdict];
    found.set(animal, [...(found.get(animal) ?? []), { model: (one ?? two)!, verdict: seen }]);
  }
  return [...found].map(([animal, verdicts]) => ({ animal, verdicts, text: wiringVerdict(verdicts) }));
}
