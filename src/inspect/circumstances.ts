import { spikeTrain } from '../network/cells/spike-train.js';
import type { Modulator, Population, SpikeTrain } from '../network/model/network.js';
import type { PlasticityRule } from '../network/model/plasticity-rule.js';
import { exponential } from '../network/synapses/exponential.js';
import { linesOf } from './rule-card.js';

/** What a rule is looked at under: modulators at levels, and an event that turns eligibilities into weight. */
export interface Circumstance {
  /** Empty where the rule knows no circumstances. */
  name: string;
  levels: Readonly<Record<string, number>>;
  event?: string | undefined;
}

/** Concentrations at which pictures hold the modulators that a rule reads. */
export const windowLevels: readonly number[] = [0, 0.5, 1];

/** Events that turn eligibilities into weight; others clear or consolidate. */
export const outcomes = ['outcome', 'reward', 'failure'];

export const textsOf = (rule: PlasticityRule) => linesOf(rule).map(({ text }) => text);

/** Modulators that a rule reads, in the order in which it does. */
export const modulatorsOf = (rule: PlasticityRule): string[] => [
  ...new Set(textsOf(rule).flatMap((text) => [...text.matchAll(/\bm\.(\w+)/g)].map(([, name]) => name!))),
];

/** Whether a rule reads states of cells, which trains of spikes do not have. */
export const readsCells = (rule: PlasticityRule) =>
  textsOf(rule).some((text) => /\b(pre|post|cell)\.\w/.test(text));

type Held = Pick<Circumstance, 'name' | 'levels'>;

/** Every modulator at one level, level by level. */
const together = (modulators: readonly string[], levels: readonly number[]): Held[] =>
  levels.map((level) => ({
    name: `${modulators.join(', ')} at ${level}`,
    levels: Object.fromEntries(modulators.map((name) => [name, level])),
  }));

/** One modulator after the other at the highest level while the others are away, as those at one level may cancel out. */
const oneByOne = (modulators: readonly string[], levels: readonly number[]): Held[] => {
  const most = Math.max(...levels);
  return modulators.map((held) => ({
    name: `${held} at ${most}, ${modulators.filter((name) => name !== held).join(', ')} at 0`,
    levels: Object.fromEntries(modulators.map((name) => [name, name === held ? most : 0])),
  }));
};

/**
 * The circumstances under which a rule is looked at.
 * @param levels concentrations at which all modulators that the rule reads are held in turn
 * @param apart whether several modulators are instead held one by one
 */
export function circumstancesOf(
  rule: PlasticityRule,
  levels: readonly number[],
  apart: boolean,
): Circumstance[] {
  const modulators = modulatorsOf(rule);
  const events = outcomes.filter((event) => Object.hasOwn(rule.onEvent ?? {}, event));
  const held =
    modulators.length === 0
      ? [{ name: '', levels: {} }]
      : apart && modulators.length > 1
        ? oneByOne(modulators, levels)
        : together(modulators, levels);
  return held.flatMap(({ name, levels: concentrations }) =>
    (events.length > 0 ? events : [undefined]).map((event) => ({
      name: [name, event === undefined ? '' : `on ${event}`].filter((part) => part !== '').join(', '),
      levels: concentrations,
      event,
    })),
  );
}

/** Modulators that stay at a level. */
export const heldModulators = (levels: Readonly<Record<string, number>>): Record<string, Modulator> =>
  Object.fromEntries(Object.entries(levels).map(([name, baseline]) => [name, { tauMs: 1000, baseline }]));

/** Cells that fire by a train and take synapses. */
export const firingBy = (name: string, count: number, train: SpikeTrain): Population => ({
  name,
  count,
  model: spikeTrain,
  parameters: {},
  ports: { synapse: { model: exponential, parameters: {} } },
  train,
});
