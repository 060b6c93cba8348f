import { type Network, ruleParameter, type Values } from '../network/model/network.js';
import type { PlasticityRule } from '../network/model/plasticity-rule.js';

/** A rule with the values that it has in a network. */
export interface RuleAtWork {
  /** With these values for its own. */
  rule: PlasticityRule;
  /** Those on which it has them. */
  projections: string[];
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
 * The rules at work in a network, one for each rule and set of values.
 * @param values what a genome sets, by the names that lives know
 */
export function rulesAtWork(
  { projections }: Network,
  values: Readonly<Record<string, Values>>,
): RuleAtWork[] {
  const found = new Map<string, RuleAtWork>();
  for (const { name, plasticity } of projections) {
    if (!plasticity) continue;
    const own = Object.fromEntries(
      Object.keys(plasticity.rule.parameters).map((parameter) => [
        parameter,
        values[`${name}.${parameter}`] ?? ruleParameter(plasticity, parameter),
      ]),
    );
    const rule = withValues(plasticity.rule, own);
    const means = Object.keys(own).filter((parameter) => typeof own[parameter] !== 'number');
    const key = JSON.stringify([rule.name, rule.parameters, means]);
    const earlier = found.get(key);
    if (earlier) earlier.projections.push(name);
    else found.set(key, { rule, projections: [name], means });
  }
  return [...found.values()];
}
