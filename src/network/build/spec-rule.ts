import { suggest, UsageError } from '../../spec/errors.js';
import { readPlasticityRule } from '../files/model-file.js';
import type { ModelledSpec, RuleChoice } from '../files/network-spec.js';
import { type Plasticity, type Projection, ruleParameter } from '../model/network.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';
import { plasticityRules } from '../plasticity/table.js';
import { together } from '../plasticity/together.js';
import { type Edge, type Placement, projectionOf } from './placement.js';

/** The rule that a spec names, or describes. @param field where it does, for errors */
export const ruleNamed = (choice: RuleChoice, field: string): PlasticityRule =>
  typeof choice === 'string' ? plasticityRules[choice] : readPlasticityRule(choice, field);

/** The rule of a network spec, with what acts beside it. */
const ruleOf = (spec: NonNullable<ModelledSpec['plasticity']>): Plasticity => {
  const { rule, with: beside, parameters, perSynapse } = spec;
  const all = together(
    ruleNamed(rule, 'network.plasticity.rule'),
    beside.map((other, i) => ruleNamed(other, `network.plasticity.with[${i}]`)),
    parameters,
    'network.plasticity.parameters',
  );
  for (const name of perSynapse) {
    if (Object.hasOwn(all.rule.parameters, name)) continue;
    throw new UsageError(
      `network.plasticity.perSynapse: "${all.rule.name}" has no parameter "${name}". ` +
        suggest(name, Object.keys(all.rule.parameters)),
    );
  }
  return all;
};

/**
 * The chemical connections. Where they learn, excitatory and inhibitory ones are apart, and keep their signs; those of
 * weight 0 count as excitatory.
 */
export function chemicalProjections(
  edges: readonly Edge[],
  start: Float64Array,
  placement: Placement,
  cells: number,
  plasticity: ModelledSpec['plasticity'],
): Projection[] {
  return (['neurons', 'muscles'] as const).flatMap((target, to) => {
    const name = `chemical, neurons to ${target}`;
    const project = (own: string, of: readonly Edge[]) =>
      projectionOf(own, of, placement, 0, to as 0 | 1, cells, 'synapses');
    if (!plasticity || (plasticity.onto !== 'all' && plasticity.onto !== target))
      return [project(name, edges)];
    const bare = ruleOf(plasticity);
    // What the animal has is within bounds, unless they are given.
    const high = bare.rule.bounds.high;
    const most = edges.reduce((max, { weight }) => Math.max(max, Math.abs(start[weight]!)), 0);
    const bound = Math.max(most, ruleParameter(bare, high) as number);
    const of = { ...bare, parameters: { [high]: bound, ...bare.parameters } };
    return ([1, -1] as const).map((sign) => {
      const projection = project(
        `${sign > 0 ? 'excitation' : 'inhibition'} of ${target}`,
        edges.filter(({ weight }) => start[weight]! < 0 === sign < 0),
      );
      const each = plasticity.perSynapse.map((name) => [
        name,
        new Float64Array(projection.post.length).fill(ruleParameter(of, name) as number),
      ]);
      const parameters = { ...of.parameters, ...Object.fromEntries(each) };
      return { ...projection, plasticity: { ...of, parameters, sign } };
    });
  });
}
