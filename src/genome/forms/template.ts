import { z } from 'zod';
import type { Expression } from '../../expression/ast.js';
import { binary } from '../../expression/build.js';
import type { Hole } from '../../expression/holes.js';
import { printExpression } from '../../expression/print.js';
import { plasticityRuleSchema } from '../../network/files/model-schema.js';
import type { PlasticityRule } from '../../network/model/plasticity-rule.js';
import { holesOfRule, type RuleHole } from '../../network/model/rule-holes.js';
import { plasticityRules } from '../../network/plasticity/table.js';
import { suggest, UsageError } from '../../spec/errors.js';
import type { HoleSpec } from './hole-spec.js';

const { parameters, traces, synapse, onPre, onPost, onUpdate, onEvent } = plasticityRuleSchema.shape;

/** A rule with holes, as a genome spec gives it. */
export const templateFields = {
  rule: z
    .union([z.string().min(1), plasticityRuleSchema])
    .default('network')
    .describe(
      'the rule: "network" for the one that the network has there, the name of a built-in one, the path of a rule file, or ' +
        'what such a file holds. Its texts may have holes, as ?f(x, y)',
    ),
  changes: z
    .strictObject({
      parameters: parameters.optional(),
      traces: traces.unwrap().optional(),
      synapse: synapse.unwrap().optional(),
      onPre: onPre.unwrap().optional(),
      onPost: onPost.unwrap().optional(),
      onUpdate: onUpdate.unwrap().optional(),
      onEvent: onEvent.unwrap().optional(),
    })
    .default({})
    .describe(
      'what is otherwise than in that rule: parts by name are added or replaced, statements replaced',
    ),
};

const templateSchema = z.object(templateFields);
export type TemplateSpec = z.output<typeof templateSchema>;

function baseOf(
  rule: TemplateSpec['rule'],
  ofNetwork: PlasticityRule | undefined,
  field: string,
): PlasticityRule {
  if (typeof rule !== 'string') {
    const { format: _, $schema: __, ...own } = rule;
    return own;
  }
  if (rule === 'network') {
    if (ofNetwork) return ofNetwork;
    throw new UsageError(
      `${field}.rule: the network has no rule there that could have holes. Name one: ${Object.keys(plasticityRules).join(', ')}.`,
    );
  }
  if (Object.hasOwn(plasticityRules, rule)) return plasticityRules[rule as keyof typeof plasticityRules];
  throw new UsageError(
    `${field}.rule: unknown rule "${rule}". ${suggest(rule, ['network', ...Object.keys(plasticityRules)])}`,
  );
}

/** The rule with holes that a genome spec describes. */
export function templateOf(
  { rule, changes }: TemplateSpec,
  ofNetwork: PlasticityRule | undefined,
  field: string,
): PlasticityRule {
  const base = baseOf(rule, ofNetwork, field);
  const { parameters, traces, synapse, onEvent, onPre, onPost, onUpdate } = changes;
  return {
    ...base,
    ...(onPre ? { onPre } : {}),
    ...(onPost ? { onPost } : {}),
    ...(onUpdate ? { onUpdate } : {}),
    parameters: { ...base.parameters, ...parameters },
    traces: { ...base.traces, ...traces },
    ...(base.synapse || synapse ? { synapse: { ...base.synapse, ...synapse } } : {}),
    ...(base.onEvent || onEvent ? { onEvent: { ...base.onEvent, ...onEvent } } : {}),
  };
}

const onlyName = ({ kind, ...e }: Expression): string | undefined =>
  kind === 'name' ? (e as { name: string }).name : undefined;

/** Names of a hole's inputs: as its spec gives them, or as they stand in the rule. */
function inputsOf(name: string, first: RuleHole, { inputs }: HoleSpec, field: string): readonly string[] {
  const count = first.arguments.length;
  if (inputs) {
    if (inputs.length === count && new Set(inputs).size === count) return inputs;
    throw new UsageError(
      `${field}.inputs: expected ${count} different names, one for each input of ?${name} in ${first.path}, found ${inputs.join(', ')}.`,
    );
  }
  const names = first.arguments.map(onlyName);
  const unnamed = names.indexOf(undefined);
  if (unnamed >= 0 || new Set(names).size < count) {
    const text = printExpression(first.arguments[Math.max(unnamed, 0)]!);
    throw new UsageError(
      `${field}.inputs: missing: ?${name} in ${first.path} is given "${text}", which is no name of its own. Name its inputs here.`,
    );
  }
  return names as string[];
}

/**
 * The holes of a template by name, with names of their inputs.
 * @throws UsageError where the rule and the spec have other holes, or one hole is given other numbers of inputs
 */
export function namedHoles(
  template: PlasticityRule,
  specs: Readonly<Record<string, HoleSpec>>,
  field: string,
): Map<string, readonly string[]> {
  const holes = holesOfRule(template);
  const names = [...new Set(holes.map(({ name }) => name))];
  const idle = Object.keys(specs).find((name) => !names.includes(name));
  if (idle !== undefined) {
    throw new UsageError(
      `${field}.holes.${idle}: the rule "${template.name}" has no hole ?${idle}(…). ${names.length === 0 ? 'It has none: write one into a statement.' : suggest(idle, names)}`,
    );
  }
  return new Map(
    names.map((name) => {
      const all = holes.filter((hole) => hole.name === name);
      const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
      if (!spec) {
        throw new UsageError(
          `${field}.holes.${name}: missing: nothing fills the hole ?${name} in ${all[0]!.path}.`,
        );
      }
      const other = all.find((hole) => hole.arguments.length !== all[0]!.arguments.length);
      if (other) {
        throw new UsageError(
          `${field}.holes.${name}: ?${name} has ${all[0]!.arguments.length} inputs in ${all[0]!.path} and ${other.arguments.length} in ${other.path}. Give it the same number.`,
        );
      }
      return [name, inputsOf(name, all[0]!, spec, `${field}.holes.${name}`)];
    }),
  );
}

function unitIn(rule: PlasticityRule, name: string): string | undefined {
  if (name === 'w' || name === 'incoming.w') return rule.parameters[rule.bounds.low]?.unit;
  return rule.synapse?.[name]?.unit ?? rule.traces[name]?.unit ?? rule.parameters[name]?.unit;
}

/** The unit of what a hole is given; a plain number where that is not known. */
export const unitOfArgument =
  (rule: PlasticityRule) =>
  (argument: Expression): string => {
    const name = onlyName(argument);
    return (name === undefined ? undefined : unitIn(rule, name)) ?? '1';
  };

/** A hole's arguments as plain numbers: each divided by its unit, which changes no value. */
export const withoutUnits = (hole: Hole, rule: PlasticityRule): Hole => ({
  ...hole,
  arguments: hole.arguments.map((argument) => {
    const name = onlyName(argument);
    const unit = name === undefined ? undefined : unitIn(rule, name);
    if (unit === undefined || unit === '1') return argument;
    return binary('/', argument, { kind: 'number', value: 1, unit, at: -1 });
  }),
});
