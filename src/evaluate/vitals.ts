import type { Simulator } from '../kernel/simulator.js';
import { exp } from '../math/exponential.js';
import { log } from '../math/logarithm.js';
import { mean, populationSd } from '../math/statistics.js';
import { reachCount } from '../network/model/dynamics.js';
import { type Network, type Population, ruleParameter, type Values } from '../network/model/network.js';
import { outDegrees } from '../network/model/out-degrees.js';

/** Quantities of a life and the ranges in which they are plausible of a network of cortex (Confavreux et al. 2023). */
export const plausible = {
  rateHz: { about: 'mean rate (Hz)', low: 1, high: 50 },
  cvIsi: { about: 'CV of intervals', low: 0.7, high: 2.7 },
  cvIsiSd: { about: 'SD of that CV over cells', low: 0, high: 0.2 },
  rateSdHz: { about: 'SD of rates over cells (Hz)', low: 0, high: 5 },
  rateDriftHz: { about: 'SD of the mean rate over seconds (Hz)', low: 0, high: 0.05 },
  fano: { about: 'Fano factor of spikes in a second', low: 0.5, high: 2.5 },
  saturated: { about: 'share of weights at a bound', low: 0, high: 0.1 },
  weightDrift: { about: 'drift of the mean weight, as a share of its range', low: 0, high: 0.05 },
} as const;
export type FilterKey = keyof typeof plausible;
const filterKeys = Object.keys(plausible) as FilterKey[];

/** One of these of a life; NaN where it cannot be told. */
export interface Filter {
  key: FilterKey;
  name: string;
  value: number;
  low: number;
  high: number;
  ok: boolean;
}

/** A quantity beside its range. What cannot be told is not held against a life. */
export function filterOf(key: FilterKey, value: number): Filter {
  const { about: name, low, high } = plausible[key];
  return { key, name, value, low, high, ok: !(value < low || value > high) };
}

const prefix = 'filter.';

/** Which filter a measure of lives that are watched is; undefined where it is none. */
export const filterNamed = (measure: string): FilterKey | undefined =>
  filterKeys.find((key) => measure === prefix + key);

/** The measures that filters are. */
export const filterMeasures = filterKeys.map((key) => prefix + key);

/** Means over episodes of every filter that they tell, by the names that constraints and objectives know. */
export const filtersOver = (all: readonly Vitals[]): Record<string, number> =>
  Object.fromEntries(
    filterKeys.map((key) => {
      const values = all.flatMap(({ filters }) => filters.filter((filter) => filter.key === key));
      return [prefix + key, mean(values.map(({ value }) => value).filter((value) => !Number.isNaN(value)))];
    }),
  );

/** What a network did in a life, whatever the task. */
export interface Vitals {
  seconds: number;
  spikes: number;
  /** Of the cells that fire by themselves. */
  rateHz: number;
  /** Coefficient of variation of the intervals between spikes, mean over cells with enough of them. */
  cvIsi: number;
  /** Spikes times the synapses that they reach. */
  synapticEvents: number;
  /** Spikes and synaptic events together, a second and cell: what the life costs. */
  operationsPerCellS: number;
  /** Share of the cells that fire in a window of 20 ms, were their spikes as irregular as chance. */
  activeShare: number;
  /** The most that a spike can say, in bits: the entropy of that share, divided by it (Levy and Baxter 1996). */
  bitsPerSpike: number;
  /**
   * Steps of cells that led where the integrator overshoots further with every step, such as quadratic cells under strong
   * inhibition.
   */
  beyondReach: number;
  /** Mean magnitude of the weights that learn, at the start and at the end. */
  weightStart: number;
  weightEnd: number;
  /** Share of the weights that learn at a bound in the end. */
  saturated: number;
  /** The plausibility filters of Confavreux et al. (2023) that one life can tell. */
  filters: readonly Filter[];
}

/** Spikes from which on a cell's intervals say something. */
const enoughSpikes = 10;

/** In which a cell is active or not. */
const windowMs = 20;

/** Of a yes or no, in bits. */
const entropyOf = (share: number): number =>
  -[share, 1 - share].reduce((sum, p) => sum + (p > 0 ? (p * log(p)) / log(2) : 0), 0);

/** Populations that fire by themselves; where there are none, those that are told when. */
function firingPopulations({ populations }: Network): ReadonlySet<Population> {
  const own = populations.filter(({ model }) => model.threshold !== undefined);
  return new Set(own.length > 0 ? own : populations.filter(({ train }) => train));
}

/** Spikes until now of the cells that fire by themselves. */
export function ownSpikes(simulator: Simulator): number {
  const counts = simulator.spikeCounts();
  const firing = firingPopulations(simulator.network);
  let [spikes, first] = [0, 0];
  for (const population of simulator.network.populations) {
    const end = first + population.count;
    if (firing.has(population)) for (let cell = first; cell < end; cell++) spikes += counts[cell]!;
    first = end;
  }
  return spikes;
}

/** Parameters of the life, by the names that lives know. */
type Given = Readonly<Record<string, Values>>;

/** Weights that learn, as magnitudes, with how far each is from the nearer of its bounds, as a share of their range. */
function learningWeights({ projections }: Network, weights: Float64Array, given: Given) {
  const magnitudes: number[] = [];
  let [atBound, range] = [0, 0];
  for (const { name, plasticity, weight } of projections) {
    if (!plasticity) continue;
    const [low, high] = [plasticity.rule.bounds.low, plasticity.rule.bounds.high].map(
      (of) => (given[`${name}.${of}`] ?? ruleParameter(plasticity, of)) as number,
    ) as [number, number];
    range = Math.max(range, high - low);
    for (const at of weight) {
      const value = (plasticity.sign ?? 1) * weights[at]!;
      magnitudes.push(Math.abs(value));
      if (Math.min(value - low, high - value) < 0.01 * (high - low)) atBound += 1;
    }
  }
  return { magnitudes, atBound, range };
}

function reachOf(simulator: Simulator): number {
  let steps = 0;
  for (const { name, countsReach } of simulator.network.populations) {
    if (!countsReach) continue;
    for (const cell of simulator.state(name, reachCount)) steps += cell;
  }
  return steps;
}

/**
 * What the life that a simulator has just lived was like.
 * @param start the weights it began with
 * @param spikesBySecond spikes in each second of it, of cells that fire by themselves
 * @param given parameters that differ from the network's
 */
export function vitalsOf(
  simulator: Simulator,
  start: Float64Array,
  spikesBySecond: readonly number[],
  given: Given = {},
): Vitals {
  const { network } = simulator;
  const seconds = (simulator.step * network.dtMs) / 1000;
  const counts = simulator.spikeCounts();
  const { sums, squares } = simulator.intervals();
  const degrees = outDegrees(network);
  const firing = firingPopulations(network);
  const rates: number[] = [];
  const cvs: number[] = [];
  let synapticEvents = 0;
  let cell = 0;
  for (const population of network.populations) {
    for (let i = 0; i < population.count; i++, cell++) {
      synapticEvents += counts[cell]! * degrees[cell]!;
      if (!firing.has(population)) continue;
      rates.push(counts[cell]! / seconds);
      if (counts[cell]! < enoughSpikes) continue;
      const n = counts[cell]! - 1;
      const interval = sums[cell]! / n;
      cvs.push(Math.sqrt(Math.max(0, squares[cell]! / n - interval * interval)) / interval);
    }
  }
  const before = learningWeights(network, start, given);
  const after = learningWeights(network, simulator.weights(), given);
  const weightStart = mean(before.magnitudes);
  const weightEnd = mean(after.magnitudes);
  const rateHz = mean(rates);
  const activeShare = mean(rates.map((rate) => 1 - exp((-rate * windowMs) / 1000)));
  const cvIsi = mean(cvs);
  const saturated = after.atBound / after.magnitudes.length;
  const bySecond = spikesBySecond.map((spikes) => spikes / rates.length);
  return {
    seconds,
    spikes: simulator.spikeCount,
    rateHz,
    cvIsi,
    synapticEvents,
    operationsPerCellS: (simulator.spikeCount + synapticEvents) / (seconds * counts.length),
    activeShare,
    bitsPerSpike: entropyOf(activeShare) / activeShare,
    beyondReach: reachOf(simulator),
    weightStart,
    weightEnd,
    saturated,
    filters: [
      filterOf('rateHz', rateHz),
      filterOf('cvIsi', cvIsi),
      filterOf('cvIsiSd', populationSd(cvs)),
      filterOf('rateSdHz', populationSd(rates)),
      filterOf('rateDriftHz', populationSd(bySecond)),
      filterOf('fano', (populationSd(spikesBySecond) * populationSd(spikesBySecond)) / mean(spikesBySecond)),
      filterOf('saturated', saturated),
      filterOf('weightDrift', Math.abs(weightEnd - weightStart) / after.range),
    ],
  };
}
