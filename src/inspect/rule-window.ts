import { ReferenceSimulator } from '../kernel/reference.js';
import { spikeTrain } from '../network/cells/spike-train.js';
import type { Network, Population } from '../network/model/network.js';
import type { PlasticityRule } from '../network/model/plasticity-rule.js';
import { exponential } from '../network/synapses/exponential.js';
import { linesOf } from './rule-card.js';

/** What a rule makes of one pair of spikes, by how far apart they are. */
export interface RuleWindow {
  /** `[pairs]` postsynaptic less presynaptic time, ms, ascending */
  lagMs: Float64Array;
  /** For each circumstance the change of the weight, `[pairs]`. */
  curves: { name: string; change: Float64Array }[];
  /** Those that the rule reads. */
  modulators: string[];
}

/** Concentrations at which pictures hold the modulators that a rule reads. */
export const windowLevels: readonly number[] = [0, 0.5, 1];

const dtMs = 0.5;
const farthestMs = 60;
/** When all postsynaptic cells fire: alike, so that what they do alone is the same for every pair. */
const postMs = 100;
/** From then until the change is taken: time for what modulators make of eligibilities. */
const waitMs = 1000;
const startWeight = 0.5;
const pairs = (2 * farthestMs) / dtMs + 1;
/** Events that turn eligibilities into weight; others clear or consolidate. */
const outcomes = ['outcome', 'reward', 'failure'];

const textsOf = (rule: PlasticityRule) => linesOf(rule).map(({ text }) => text);

/** Modulators that a rule reads, in the order in which it does. */
const modulatorsOf = (rule: PlasticityRule): string[] => [
  ...new Set(textsOf(rule).flatMap((text) => [...text.matchAll(/\bm\.(\w+)/g)].map(([, name]) => name!))),
];

/**
 * Whether what a rule makes of two spikes is settled by them: not where it reads states of cells, which trains of spikes do
 * not have, nor where it looks at traces at regular times alone, as then it matters how far off the next of these is.
 */
const isOfSpikes = (rule: PlasticityRule) =>
  rule.onPre.length + rule.onPost.length > 0 &&
  !textsOf(rule).some((text) => /\b(pre|post|cell)\.\w/.test(text));

/** Pairs of cells that fire once each; a synapse from the first to the second of each pair. */
function pairsUnder(rule: PlasticityRule, levels: Readonly<Record<string, number>>): Network {
  const cells = Int32Array.from({ length: pairs }, (_, i) => i);
  const firing = (name: string, steps: Int32Array): Population => ({
    name,
    count: pairs,
    model: spikeTrain,
    parameters: {},
    ports: { synapse: { model: exponential, parameters: {} } },
    train: { steps, cells },
  });
  const post = Math.round(postMs / dtMs);
  // In a train spikes ascend in time: the first pair is the one with the longest lag.
  const pre = Int32Array.from(cells, (i) => post - Math.round(farthestMs / dtMs) + i);
  return {
    dtMs,
    populations: [firing('pre', pre), firing('post', new Int32Array(pairs).fill(post))],
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
    modulators: Object.fromEntries(
      Object.entries(levels).map(([name, baseline]) => [name, { tauMs: 1000, baseline }]),
    ),
    inputs: [],
    outputs: [],
    weights: new Float64Array(pairs).fill(startWeight),
  };
}

interface Circumstance {
  about: string;
  levels: Readonly<Record<string, number>>;
}

/** Every modulator at one level, level by level. */
const together = (modulators: readonly string[], levels: readonly number[]): Circumstance[] =>
  levels.map((level) => ({
    about: `${modulators.join(', ')} at ${level}`,
    levels: Object.fromEntries(modulators.map((name) => [name, level])),
  }));

/** One modulator after the other at the highest level while the others are away, as those at one level may cancel out. */
const oneByOne = (modulators: readonly string[], levels: readonly number[]): Circumstance[] => {
  const most = Math.max(...levels);
  return modulators.map((held) => ({
    about: `${held} at ${most}, ${modulators.filter((name) => name !== held).join(', ')} at 0`,
    levels: Object.fromEntries(modulators.map((name) => [name, name === held ? most : 0])),
  }));
};

/**
 * The window that a rule induces, by the reference simulator: one presynaptic and one postsynaptic spike, from 60 ms in
 * the one order to 60 ms in the other, the change of a weight of 0.5 a second later, with the rule's own parameters and no
 * bounds. Undefined where order and distance of two spikes do not matter, or do not settle it.
 * @param levels concentrations at which all modulators that the rule reads are held in turn
 * @param apart whether several modulators are instead held one by one
 */
export function windowOf(
  rule: PlasticityRule,
  levels: readonly number[],
  apart = false,
): RuleWindow | undefined {
  if (!isOfSpikes(rule)) return undefined;
  const modulators = modulatorsOf(rule);
  const events = outcomes.filter((event) => Object.hasOwn(rule.onEvent ?? {}, event));
  const held = apart && modulators.length > 1 ? oneByOne(modulators, levels) : together(modulators, levels);
  const circumstances = modulators.length > 0 ? held : [{ about: '', levels: {} }];
  const curves = circumstances.flatMap(({ about, levels: concentrations }) =>
    (events.length > 0 ? events : [undefined]).map((event) => {
      const simulator = new ReferenceSimulator(pairsUnder(rule, concentrations));
      simulator.load();
      simulator.run(Math.round((postMs + waitMs) / dtMs), [], new Float64Array(0));
      if (event !== undefined) simulator.signal(event);
      return {
        name: [about, event === undefined ? '' : `on ${event}`].filter((part) => part !== '').join(', '),
        change: simulator
          .weights()
          .map((weight) => weight - startWeight)
          .reverse(),
      };
    }),
  );
  const matters = curves.some(({ change }) =>
    change.some((value) => Math.abs(value - change[0]!) > 1e-9 * Math.max(1e-6, Math.abs(value))),
  );
  if (!matters) return undefined;
  return { lagMs: Float64Array.from({ length: pairs }, (_, i) => i * dtMs - farthestMs), curves, modulators };
}

/** What a window shows, in words. */
export const windowAbout = ({ modulators }: RuleWindow): string =>
  `One spike of either side: the change of a weight of ${startWeight} after ${waitMs / 1000} s` +
  (modulators.length > 0 ? `, with ${modulators.join(' and ')} held.` : '.');
