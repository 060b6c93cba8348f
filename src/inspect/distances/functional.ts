import { parseExpression } from '../../expression/parse.js';
import { namesIn } from '../../expression/tree.js';
import { RandomStream } from '../../math/random.js';
import type { PlasticityRule } from '../../network/model/plasticity-rule.js';
import { windowLevels } from '../circumstances.js';
import { sameValues, valuesOn } from '../formula-values.js';
import type { FormulaCard } from '../formulas.js';
import { rateSurfaceOf } from '../rate-surface.js';
import { pairCurvesOf } from '../rule-window.js';
import type { VisitedInputs } from '../visited.js';

/**
 * How far two lists of values are apart: the norm of their difference over the sum of their norms. 0 where they are the
 * same but for rounding, 1 where the one is a negative multiple of the other, or 0 where the other is not. Places at which
 * either has no finite value do not count; undefined where no place is left.
 */
export function valueDistance(a: ArrayLike<number>, b: ArrayLike<number>): number | undefined {
  const places = Array.from(a, (_, i) => i).filter((i) => Number.isFinite(a[i]!) && Number.isFinite(b[i]!));
  if (places.length === 0) return undefined;
  const [x, y] = [Float64Array.from(places, (i) => a[i]!), Float64Array.from(places, (i) => b[i]!)];
  if (sameValues(x, y)) return 0;
  const largest = places.reduce((most, i) => Math.max(most, Math.abs(a[i]!), Math.abs(b[i]!)), 0);
  const norm = (value: (place: number) => number) =>
    Math.sqrt(x.reduce((sum, _, i) => sum + value(i) * value(i), 0));
  return (
    norm((i) => (x[i]! - y[i]!) / largest) / (norm((i) => x[i]! / largest) + norm((i) => y[i]! / largest))
  );
}

/** Inputs drawn where a life recorded none. */
const drawn = 1000;

/** A formula of a run, and what it was given. */
export interface GivenFormula {
  card: FormulaCard;
  /** Undefined where nobody could look, as for holes of traces and drives. */
  visited: VisitedInputs | undefined;
}

/** Standard normal numbers, the same for formulas of the same names. */
function drawnInputs(formulas: readonly GivenFormula[]): VisitedInputs {
  const names = formulas.flatMap(({ card }) => [...namesIn(parseExpression(card.said))]);
  const inputs = [...new Set(names)].toSorted();
  const stream = RandomStream.from(`inputs of ${inputs.join(' ')}`);
  return {
    name: formulas[0]!.card.name,
    inputs,
    samples: Array.from({ length: drawn }, () => inputs.map(() => stream.normal())),
  };
}

/**
 * How far what two formulas give is apart, over everything that either of them was given in the life that made its
 * champion; over numbers drawn at random where nothing was recorded.
 * @returns with how many inputs that were; a distance of undefined where neither gives a finite value
 */
export function formulaDistance(
  a: GivenFormula,
  b: GivenFormula,
): { distance: number | undefined; inputs: number; drawn: boolean } {
  const recorded = [a, b].flatMap(({ visited }) => (visited ? [visited] : []));
  const probes = recorded.length > 0 ? recorded : [drawnInputs([a, b])];
  const valuesOf = ({ card }: GivenFormula) =>
    probes.flatMap(({ inputs, samples }) => [...valuesOn(parseExpression(card.said), inputs, samples)]);
  const inputs = probes.reduce((sum, { samples }) => sum + samples.length, 0);
  // What algebra makes equal may differ in rounding, or where a divisor is 0.
  const distance = a.card.canonical === b.card.canonical ? 0 : valueDistance(valuesOf(a), valuesOf(b));
  return { distance, inputs, drawn: recorded.length === 0 };
}

/** Rates of either side, Hz, at which rules are probed. */
const probedRatesHz: readonly number[] = [0, 10, 20, 30, 40, 50];
const probedFor = { measuredS: 10, repeats: 10 };

/** What a rule makes of probes: by what was probed, one value a probe. */
export type RuleProbes = ReadonlyMap<string, Float64Array>;

/**
 * What a rule makes of pairs of spikes (the reference simulator) and of Poisson spikes at 0 to 50 Hz of either side (the
 * compiled one), by circumstance. Empty for rules that read states of cells. `loadAssembler` comes before.
 */
export function ruleProbes(rule: PlasticityRule): RuleProbes {
  const curves = pairCurvesOf(rule, windowLevels, true)?.curves ?? [];
  const maps = rateSurfaceOf(rule, windowLevels, true, probedRatesHz, probedFor)?.maps ?? [];
  return new Map([
    ...curves.map(({ name, change }) => [`pairs of spikes ${name}`, change] as const),
    ...maps.map(({ name, change }) => [`rates ${name}`, Float64Array.from(change.flat())] as const),
  ]);
}

/** How rules are probed, in words. */
export const ruleProbesAbout =
  'the change of weight by one pair of spikes up to 60 ms apart, and a second by Poisson spikes at 0 to 50 Hz of either side ' +
  `(${probedRatesHz.length * probedRatesHz.length} pairs of rates, ${probedFor.repeats} repeats of ${probedFor.measuredS} s, the same spikes for all rules)`;

/** How far two rules are apart in what they make of probes: the mean over what was probed; undefined where that differs. */
export function ruleDistance(a: RuleProbes, b: RuleProbes): number | undefined {
  const names = [...a.keys()];
  if (names.length === 0 || names.length !== b.size || names.some((name) => !b.has(name))) return undefined;
  const parts = names.map((name) => valueDistance(a.get(name)!, b.get(name)!));
  if (parts.includes(undefined)) return undefined;
  return (parts as number[]).reduce((sum, part) => sum + part, 0) / parts.length;
}
