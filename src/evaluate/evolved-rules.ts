import { type Network, ruleParameter, type Values } from '../network/model/network.js';
import type { PlasticityRule } from '../network/model/plasticity-rule.js';
import { suggest, UsageError } from '../spec/errors.js';

/** Rules whose form a genome says, by the projection that learns by them. */
export type EvolvedRules = Readonly<Record<string, PlasticityRule>>;

/**
 * A network with rules in the place of its own. Values that it gave the parameters of a rule go with that rule: those of
 * the new one are its defaults. The sign of the projection's weights stays.
 * @throws UsageError for a projection that the network lacks
 */
export function withRules(network: Network, rules: EvolvedRules): Network {
  const names = network.projections.map(({ name }) => name);
  const unknown = Object.keys(rules).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `The genome has a rule for the projection "${unknown}", which the network lacks. ${suggest(unknown, names)}`,
    );
  }
  return {
    ...network,
    projections: network.projections.map((projection) => {
      const rule = Object.hasOwn(rules, projection.name) ? rules[projection.name] : undefined;
      return rule
        ? { ...projection, plasticity: { ...projection.plasticity, rule, parameters: {} } }
        : projection;
    }),
  };
}

/**
 * The constants of a network's evolved rules, as parameters of a life: networks that differ in them alone share one
 * simulator, which is told them anew for each life.
 */
export function constantsOf({ projections }: Network, rules: EvolvedRules): Record<string, Values> {
  return Object.fromEntries(
    projections.flatMap(({ name, plasticity }) =>
      plasticity && Object.hasOwn(rules, name)
        ? Object.keys(plasticity.rule.parameters).map((parameter) => [
            `${name}.${parameter}`,
            ruleParameter(plasticity, parameter),
          ])
        : [],
    ),
  );
}

/**
 * What rules are apart from their constants and from what they say to readers. Where it is the same, the networks of one
 * habitat are the same module, whose memory has the same things in the same places.
 */
export function structureOf(rules: EvolvedRules): string {
  const forms = Object.keys(rules)
    .toSorted()
    .map((projection) => {
      const { name: _name, summary: _summary, source: _source, types: _types, ...form } = rules[projection]!;
      return [projection, { ...form, parameters: Object.keys(form.parameters) }];
    });
  return JSON.stringify(forms);
}
