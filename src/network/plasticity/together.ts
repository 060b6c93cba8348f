import { suggest, UsageError } from '../../spec/errors.js';
import type { Plasticity } from '../model/network.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';
import { combine } from './combine.js';

/**
 * A rule with those that act on the same weights beside it, and the parameters that differ from their own.
 * @param at where the parameters were given, for errors
 * @throws UsageError for a parameter that none of them has, or a value out of its range
 */
export function together(
  rule: PlasticityRule,
  beside: readonly PlasticityRule[],
  parameters: Readonly<Record<string, number>>,
  at: string,
): Plasticity {
  const combined = beside.reduce(combine, rule);
  for (const [name, value] of Object.entries(parameters)) {
    const of = Object.hasOwn(combined.parameters, name) ? combined.parameters[name]! : undefined;
    if (of && value >= of.low && value <= of.high) continue;
    throw new UsageError(
      of
        ? `${at}.${name}: expected ${of.unit} in [${of.low}, ${of.high}], found ${value}.`
        : `${at}: "${combined.name}" has no parameter "${name}". ` +
            suggest(name, Object.keys(combined.parameters)),
    );
  }
  return { rule: combined, parameters };
}
