import { type Network, ruleParameter, type Values } from '../network/model/network.js';
import type { PlasticityRule } from '../network/model/plasticity-rule.js';
import { type RuleWindow, windowLevels, windowOf } from './rule-window.js';

/** The window of a rule with the values that it has in a network. */
export interface WindowAtWork {
  rule: string;
  /** Those on which it has these values. */
  projections: string[];
  /** Null where two spikes do not settle the change, or make none. */
  window: RuleWindow | null;
  /** Parameters that differ by synapse, of which the mean was taken. */
  means: string[];
}

const meanOf = (values: Values): number =>
  typeof values === 'number' ? values : values.reduce((sum, value) => sum + value, 0) / values.length;

/** A rule with these values for its own. */
const withValues = (rule: PlasticityRule, values: Readonly<Record<string, Values>>): PlasticityRule => ({
  ...rule,
  parameters: Object.fromEntries(
    Object.entries(rule.parameters).map(([name, parameter]) => [
      name,
      { ...parameter, default: meanOf(values[name]!) },
    ]),
  ),
});

/**
 * The windows of the rules at work in a network, one for each rule and set of values.
 * @param values what a genome sets, by the names that lives know
 */
export function windowsAtWork(
  { projections }: Network,
  values: Readonly<Record<string, Values>>,
): WindowAtWork[] {
  const found = new Map<string, WindowAtWork>();
  for (const { name, plasticity } of projections) {
    if (!plasticity) continue;
    const { rule } = plasticity;
    const own = Object.fromEntries(
      Object.keys(rule.parameters).map((parameter) => [
        parameter,
        values[`${name}.${parameter}`] ?? ruleParameter(plasticity, parameter),
      ]),
    );
    const valued = withValues(rule, own);
    const means = Object.keys(own).filter((parameter) => typeof own[parameter] !== 'number');
    const key = JSON.stringify([rule.name, valued.parameters, means]);
    const earlier = found.get(key);
    if (earlier) {
      earlier.projections.push(name);
      continue;
    }
    const window = windowOf(valued, windowLevels, true) ?? null;
    found.set(key, { rule: rule.name, projections: [name], window, means });
  }
  return [...found.values()];
}
