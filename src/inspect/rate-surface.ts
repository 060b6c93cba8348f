import { mean } from '../math/statistics.js';
import type { PlasticityRule } from '../network/model/plasticity-rule.js';
import { circumstancesOf, modulatorsOf, readsCells } from './circumstances.js';
import { type HeldTimes, heldChanges, isTold, settling } from './held-weights.js';

/** A postsynaptic rate at which the mean change of weights changes its sign. */
export interface Threshold {
  preHz: number;
  postHz: number;
  /** Whether weights become weaker below it and stronger above it. */
  rises: boolean;
}

/** The mean change of a weight under one circumstance. */
export interface RateMap {
  name: string;
  /** `[postsynaptic rates][presynaptic rates]` a second */
  change: number[][];
  /** Standard errors of these. */
  error: number[][];
  /** Along postsynaptic rates, for each presynaptic rate above 0 at which there is one. */
  thresholds: Threshold[];
}

/** What a rule makes of a weight while its two cells fire at random, by their rates. */
export interface RateSurface {
  ratesHz: number[];
  /** Where the weight is held. */
  weight: number;
  /** One for each circumstance. */
  maps: RateMap[];
  /** Those that the rule reads. */
  modulators: string[];
  times: HeldTimes;
  /** Traces and eligibilities too slow to come to rest before it is measured. */
  unsettled: string[];
}

/** Rates of either side, Hz. */
export const surfaceRatesHz: readonly number[] = [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50];

/** How long each rate is looked at where nobody says otherwise. */
export const heldFor: Pick<HeldTimes, 'measuredS' | 'repeats'> = { measuredS: 20, repeats: 20 };

/** Bounds further apart than this say nothing of where weights are. */
const widestBounds = 100;

/** Bounds of a rule's weights. */
export const boundsOf = ({ parameters, bounds }: PlasticityRule) => ({
  low: parameters[bounds.low]!.default,
  high: parameters[bounds.high]!.default,
});

/** Halfway between the bounds; 0.5 where they are far. */
export function middleWeight(rule: PlasticityRule): number {
  const { low, high } = boundsOf(rule);
  return high - low <= widestBounds ? (low + high) / 2 : 0.5;
}

/**
 * Where values change their sign between one that is told from 0 and the next that is: by a line between neighbours, and in
 * the middle of all such places where several lie between the two.
 */
function crossings(
  places: readonly number[],
  values: readonly number[],
  errors: readonly number[],
): { at: number; rises: boolean }[] {
  const told = [...places.keys()].filter((i) => isTold(values[i]!, errors[i]!));
  return told.slice(1).flatMap((to, k) => {
    const from = told[k]!;
    if (values[from]! * values[to]! > 0) return [];
    const found: number[] = [];
    for (let i = from + 1; i <= to; i++) {
      const [before, value] = [values[i - 1]!, values[i]!];
      if (before * value > 0 || before === value) continue;
      found.push(places[i - 1]! + (before / (before - value)) * (places[i]! - places[i - 1]!));
    }
    return [{ at: mean(found), rises: values[to]! > 0 }];
  });
}

/**
 * The mean change of a weight a second over presynaptic and postsynaptic rates, with the rule's own parameters and no
 * bounds. Undefined for rules that read states of cells. `loadAssembler` comes before.
 * @param levels concentrations at which all modulators that the rule reads are held in turn
 * @param apart whether several modulators are instead held one by one
 */
export function rateSurfaceOf(
  rule: PlasticityRule,
  levels: readonly number[],
  apart = false,
  ratesHz: readonly number[] = surfaceRatesHz,
  measured = heldFor,
): RateSurface | undefined {
  if (readsCells(rule)) return undefined;
  const weight = middleWeight(rule);
  const { settleS, unsettled } = settling(rule);
  const times = { settleS, ...measured };
  const synapses = ratesHz.flatMap((postHz) => ratesHz.map((preHz) => ({ preHz, postHz, weight })));
  const inRows = (values: Float64Array) =>
    ratesHz.map((_, post) => [...values.subarray(post * ratesHz.length, (post + 1) * ratesHz.length)]);
  const maps = circumstancesOf(rule, levels, apart).map((circumstance): RateMap => {
    const found = heldChanges(rule, circumstance, synapses, times);
    const [change, error] = [inRows(found.change), inRows(found.error)];
    const thresholds = ratesHz.flatMap((preHz, pre) => {
      if (preHz === 0) return [];
      const column = (of: number[][]) => of.map((row) => row[pre]!);
      return crossings(ratesHz, column(change), column(error)).map(({ at: postHz, rises }) => ({
        ...{ preHz, postHz, rises },
      }));
    });
    return { name: circumstance.name, change, error, thresholds };
  });
  return { ratesHz: [...ratesHz], weight, maps, modulators: modulatorsOf(rule), times, unsettled };
}

/** How a surface was measured, in words. */
export function surfaceAbout({ weight, maps, times, unsettled }: RateSurface): string {
  const { settleS, measuredS, repeats } = times;
  const event = maps.some(({ name }) => name.includes('on '));
  return (
    `Mean change a second of a weight held at ${weight}, while both cells fire as independent Poisson trains: ` +
    `${repeats} repeats of ${measuredS} s after ${settleS} s, without bounds.` +
    (event ? ' The event comes once a second.' : '') +
    (unsettled.length > 0
      ? ` Too slow to come to rest within these ${settleS} s: ${unsettled.join(', ')}.`
      : '')
  );
}
