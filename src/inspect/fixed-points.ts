import type { PlasticityRule } from '../network/model/plasticity-rule.js';
import { type Circumstance, circumstancesOf, readsCells } from './circumstances.js';
import {
  type HeldSynapse,
  type HeldTimes,
  heldChanges,
  isTold,
  readsWeight,
  settling,
} from './held-weights.js';
import { boundsOf, heldFor } from './rate-surface.js';

/** A weight at which a rule changes nothing on average. */
export interface FixedPoint {
  weight: number;
  /** Standard error, over repeats with spikes of their own. */
  error: number;
  /** Whether weights nearby go to it, rather than away from it. */
  stable: boolean;
}

/** What becomes of a weight whose cells fire at two rates. */
export interface FixedPointsAt {
  preHz: number;
  postHz: number;
  /** By weight. */
  points: FixedPoint[];
  /** Where weights end that no fixed point keeps: the bounds that some weights drift to. */
  driftsTo: ('low' | 'high')[];
}

/** The fixed points of a rule at some rates. */
export interface FixedPoints {
  ratesHz: number[];
  low: number;
  high: number;
  /** One for each circumstance. */
  maps: { name: string; at: FixedPointsAt[] }[];
}

/** Rates of either side, Hz. */
const pointRatesHz: readonly number[] = [5, 10, 20];

/** Weights at which the change is looked at in one go, and how often the space between two is looked at again. */
const weightsAtOnce = 9;
const mostRounds = 6;

/** `count` weights from one to another. */
const evenly = (from: number, to: number, count: number) =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));

interface Measured {
  weight: number;
  change: number;
  error: number;
}

/** Two weights, between which the change has its sign changed. */
interface Bracket {
  pair: number;
  below: Measured;
  above: Measured;
}

/** Where the line through both ends of a bracket is 0. */
function rootOf({ below, above }: Bracket): FixedPoint {
  const slope = (above.change - below.change) / (above.weight - below.weight);
  return {
    weight: below.weight - below.change / slope,
    error: Math.max(below.error, above.error) / Math.abs(slope),
    stable: slope < 0,
  };
}

/** The first two neighbours between which the sign changes. */
function narrowed(measured: readonly Measured[], { pair, below }: Bracket): Bracket {
  const at = measured.findIndex(({ change }, i) => i > 0 && below.change * change <= 0);
  return { pair, below: measured[at - 1]!, above: measured[at]! };
}

type Pair = Pick<HeldSynapse, 'preHz' | 'postHz'>;

/** The mean change at some weights of each of some pairs of rates. */
function measuredAt(
  asked: readonly { pair: Pair; weights: readonly number[] }[],
  rule: PlasticityRule,
  circumstance: Circumstance,
  times: HeldTimes,
): Measured[][] {
  const synapses = asked.flatMap(({ pair, weights }) => weights.map((weight) => ({ ...pair, weight })));
  const { change, error } = heldChanges(rule, circumstance, synapses, times);
  let next = 0;
  return asked.map(({ weights }) =>
    weights.map((weight) => {
      const at = next++;
      return { weight, change: change[at]!, error: error[at]! };
    }),
  );
}

function fixedPointsUnder(
  rule: PlasticityRule,
  circumstance: Circumstance,
  pairs: readonly Pair[],
  times: HeldTimes,
): FixedPointsAt[] {
  const { low, high } = boundsOf(rule);
  const scan = measuredAt(
    pairs.map((pair) => ({ pair, weights: evenly(low, high, weightsAtOnce) })),
    rule,
    circumstance,
    times,
  ).map((measured) => measured.filter(({ change, error }) => isTold(change, error)));
  let brackets = scan.flatMap((told, pair) =>
    told.slice(1).flatMap((above, i) => {
      const below = told[i]!;
      return below.change * above.change < 0 ? [{ pair, below, above }] : [];
    }),
  );
  const isWide = (bracket: Bracket) =>
    bracket.above.weight - bracket.below.weight > Math.max(rootOf(bracket).error, 1e-4 * (high - low));
  for (let round = 0; round < mostRounds && brackets.some(isWide); round++) {
    const inner = measuredAt(
      brackets.map(({ pair, below, above }) => ({
        pair: pairs[pair]!,
        weights: evenly(below.weight, above.weight, weightsAtOnce).slice(1, -1),
      })),
      rule,
      circumstance,
      times,
    );
    brackets = brackets.map((bracket, i) => narrowed([bracket.below, ...inner[i]!, bracket.above], bracket));
  }
  return pairs.map((pair, index) => {
    const told = scan[index]!;
    return {
      ...pair,
      points: brackets.filter((bracket) => bracket.pair === index).map(rootOf),
      driftsTo: [
        ...(told.length > 0 && told[0]!.change < 0 ? (['low'] as const) : []),
        ...(told.length > 0 && told.at(-1)!.change > 0 ? (['high'] as const) : []),
      ],
    };
  });
}

/** Why there are no fixed points of a rule, in words; undefined where there may be some. */
export function withoutFixedPoints(rule: PlasticityRule): string | undefined {
  if (readsCells(rule)) return 'it reads states of cells, which trains of spikes do not have';
  if (readsWeight(rule)) return undefined;
  return 'what spikes and outcomes change does not depend on the weight, so a weight drifts to its bound wherever the mean change is not 0';
}

/**
 * Weights between the bounds at which the mean change is 0, at pairs of rates, by bisection on the mean change over weight.
 * Spikes are the same at all weights. Undefined where `withoutFixedPoints` says why. `loadAssembler` comes before.
 * @param levels concentrations at which all modulators that the rule reads are held in turn
 * @param apart whether several modulators are instead held one by one
 */
export function fixedPointsOf(
  rule: PlasticityRule,
  levels: readonly number[],
  apart = false,
  ratesHz: readonly number[] = pointRatesHz,
  measured = heldFor,
): FixedPoints | undefined {
  if (withoutFixedPoints(rule) !== undefined) return undefined;
  const pairs = ratesHz.flatMap((postHz) => ratesHz.map((preHz) => ({ preHz, postHz })));
  const times = { settleS: settling(rule).settleS, ...measured };
  return {
    ratesHz: [...ratesHz],
    ...boundsOf(rule),
    maps: circumstancesOf(rule, levels, apart).map((circumstance) => ({
      name: circumstance.name,
      at: fixedPointsUnder(rule, circumstance, pairs, times),
    })),
  };
}
