import { z } from 'zod';
import { ruleNamed } from '../../network/build/spec-rule.js';
import {
  byNameOrFile,
  type RuleChoice,
  ruleSchema,
  ruleWrittenOut,
} from '../../network/files/network-spec.js';
import { type Plasticity, ruleParameter } from '../../network/model/network.js';
import type { PlasticityRule } from '../../network/model/plasticity-rule.js';
import { together } from '../../network/plasticity/together.js';
import { UsageError } from '../../spec/errors.js';

/** The option by which users put another rule in the place of the task's. @param usual the task's, in words */
export const ruleOption = (usual: string) =>
  z
    .preprocess((given, context) => {
      try {
        return ruleWrittenOut(given);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        context.addIssue(error.message);
        return z.NEVER;
      }
    }, ruleSchema.optional())
    .optional()
    .describe(`the plasticity rule; ${usual} where left out; ${byNameOrFile('rules')}`);

/** The same, with the parameters of whichever rule it is. */
export const ruleOptions = (usual: string) => ({
  rule: ruleOption(usual),
  parameters: z
    .record(z.string(), z.number())
    .default({})
    .describe("parameters of the rule that differ from the rule's own"),
});

/** What those options settle to. */
interface RuleSettings {
  rule?: RuleChoice | undefined;
  parameters: Readonly<Record<string, number>>;
}

/** A rule with its parameters, as it is. @throws UsageError where the lowest weight is above the highest */
export function boundsInOrder(plasticity: Plasticity, at: string): Plasticity {
  const { low, high } = plasticity.rule.bounds;
  const [least, greatest] = [low, high].map((bound) => ruleParameter(plasticity, bound));
  if ((least as number) <= (greatest as number)) return plasticity;
  throw new UsageError(`${at}.${low}: expected at most ${high}, which is ${greatest}, found ${least}.`);
}

/**
 * The rule that a task's weights learn by.
 * @param usual the task's, where its options name none
 * @param at where the options stand, for errors
 * @throws UsageError for a rule that is not sound, or a parameter that it lacks
 */
export const plasticityOf = (
  { rule, parameters }: RuleSettings,
  usual: PlasticityRule,
  beside: readonly PlasticityRule[] = [],
  at = 'task',
): Plasticity =>
  boundsInOrder(
    together(
      rule === undefined ? usual : ruleNamed(rule, `${at}.rule`),
      beside,
      parameters,
      `${at}.parameters`,
    ),
    `${at}.parameters`,
  );
