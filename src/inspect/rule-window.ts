import { ReferenceSimulator } from '../kernel/reference.js';
import type { Network } from '../network/model/network.js';
import type { PlasticityRule } from '../network/model/plasticity-rule.js';
import {
  type Circumstance,
  circumstancesOf,
  firingBy,
  heldModulators,
  modulatorsOf,
  readsCells,
} from './circumstances.js';

/** What a rule makes of one pair of spikes, by how far apart they are. */
export interface RuleWindow {
  /** `[pairs]` postsynaptic less presynaptic time, ms, ascending */
  lagMs: Float64Array;
  /** For each circumstance the change of the weight, `[pairs]`. */
  curves: { name: string; change: Float64Array }[];
  /** Those that the rule reads. */
  modulators: string[];
}

const dtMs = 0.5;
const farthestMs = 60;
/** When all postsynaptic cells fire: alike, so that what they do alone is the same for every pair. */
const postMs = 100;
/** From then until the change is taken: time for what modulators make of eligibilities. */
const waitMs = 1000;
const startWeight = 0.5;
const pairs = (2 * farthestMs) / dtMs + 1;

/**
 * Whether what a rule makes of two spikes is settled by them: not where it reads states of cells, which trains of spikes do
 * not have, nor where it looks at traces at regular times alone, as then it matters how far off the next of these is.
 */
const isOfSpikes = (rule: PlasticityRule) => rule.onPre.length + rule.onPost.length > 0 && !readsCells(rule);

/** Pairs of cells that fire once each; a synapse from the first to the second of each pair. */
function pairsUnder(rule: PlasticityRule, { levels }: Circumstance): Network {
  const cells = Int32Array.from({ length: pairs }, (_, i) => i);
  const post = Math.round(postMs / dtMs);
  // In a train spikes ascend in time: the first pair is the one with the longest lag.
  const pre = Int32Array.from(cells, (i) => post - Math.round(farthestMs / dtMs) + i);
  return {
    dtMs,
    populations: [
      firingBy('pre', pairs, { steps: pre, cells }),
      firingBy('post', pairs, { steps: new Int32Array(pairs).fill(post), cells }),
    ],
    projections: [
      {
        name: 'pairs',
        from: 'pre',
        to: 'post',
        port: 'synapse',
        acts: 'afterReset',
        rowStart: Int32Array.from({ length: pairs + 1 }, (_, i) => i),
        post: cells,
        weight: cells,
        delayMs: 0,
        // No bound is to cut the window off.
        plasticity: { rule, parameters: { [rule.bounds.low]: -1000, [rule.bounds.high]: 1000 } },
      },
    ],
    modulators: heldModulators(levels),
    inputs: [],
    outputs: [],
    weights: new Float64Array(pairs).fill(startWeight),
  };
}

/**
 * What a rule makes of one presynaptic and one postsynaptic spike, by the reference simulator: from 60 ms in the one order
 * to 60 ms in the other, the change of a weight of 0.5 a second later, with the rule's own parameters and no bounds.
 * Undefined where two spikes do not settle it.
 * @param levels concentrations at which all modulators that the rule reads are held in turn
 * @param apart whether several modulators are instead held one by one
 */
export function pairCurvesOf(
  rule: PlasticityRule,
  levels: readonly number[],
  apart = false,
): RuleWindow | undefined {
  if (!isOfSpikes(rule)) return undefined;
  const curves = circumstancesOf(rule, levels, apart).map((circumstance) => {
    const simulator = new ReferenceSimulator(pairsUnder(rule, circumstance));
    simulator.load();
    simulator.run(Math.round((postMs + waitMs) / dtMs), [], new Float64Array(0));
    if (circumstance.event !== undefined) simulator.signal(circumstance.event);
    return {
      name: circumstance.name,
      change: simulator
        .weights()
        .map((weight) => weight - startWeight)
        .reverse(),
    };
  });
  return {
    lagMs: Float64Array.from({ length: pairs }, (_, i) => i * dtMs - farthestMs),
    curves,
    modulators: modulatorsOf(rule),
  };
}

/** The window that a rule induces: its curves, where order and distance of the two spikes matter. */
export function windowOf(
  rule: PlasticityRule,
  levels: readonly number[],
  apart = false,
): RuleWindow | undefined {
  const window = pairCurvesOf(rule, levels, apart);
  const matters = window?.curves.some(({ change }) =>
    change.some((value) => Math.abs(value - change[0]!) > 1e-9 * Math.max(1e-6, Math.abs(value))),
  );
  return matters ? window : undefined;
}

/** What a window shows, in words. */
export const windowAbout = ({ modulators }: RuleWindow): string =>
  `One spike of either side: the change of a weight of ${startWeight} after ${waitMs / 1000} s` +
  (modulators.length > 0 ? `, with ${modulators.join(' and ')} held.` : '.');
