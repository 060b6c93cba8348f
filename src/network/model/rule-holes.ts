import type { Expression } from '../../expression/ast.js';
import { ExpressionError } from '../../expression/error.js';
import { type Formula, fillHoles, type Hole, holesIn, type TextKind } from '../../expression/holes.js';
import { printExpression } from '../../expression/print.js';
import { UsageError } from '../../spec/errors.js';
import type { PlasticityRule, SynapseVariable, Trace } from './plasticity-rule.js';

type Change = (text: string, kind: TextKind, path: string) => string;

const isText = (each: string | undefined): each is string =>
  each !== undefined && each !== 'add' && each !== 'set';

function changedRecord<Value>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value, name: string) => Value,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]));
}

const changedTrace = ({ each, follows, ...trace }: Trace, path: string, change: Change): Trace => ({
  ...trace,
  ...(each === undefined ? {} : { each: isText(each) ? change(each, 'expression', `${path}.each`) : each }),
  ...(follows === undefined ? {} : { follows: change(follows, 'expression', `${path}.follows`) }),
});

const changedVariable = (variable: SynapseVariable, path: string, change: Change): SynapseVariable =>
  variable.drive === undefined
    ? variable
    : { ...variable, drive: change(variable.drive, 'expression', `${path}.drive`) };

/** A change whose errors name the text that it is of. */
const placed =
  (change: Change): Change =>
  (text, kind, path) => {
    try {
      return change(text, kind, path);
    } catch (error) {
      if (error instanceof ExpressionError) throw new UsageError(`${path}: ${error.message}`);
      throw error;
    }
  };

/** A rule with each of its texts in the language changed. */
function withTexts(rule: PlasticityRule, changeText: Change): PlasticityRule {
  const change = placed(changeText);
  const statements = (texts: readonly string[], path: string) =>
    texts.map((text, i) => change(text, 'statement', `${path}[${i}]`));
  const { synapse, onUpdate, onEvent } = rule;
  return {
    ...rule,
    traces: changedRecord(rule.traces, (trace, name) => changedTrace(trace, `traces.${name}`, change)),
    ...(synapse
      ? {
          synapse: changedRecord(synapse, (variable, name) =>
            changedVariable(variable, `synapse.${name}`, change),
          ),
        }
      : {}),
    onPre: statements(rule.onPre, 'onPre'),
    onPost: statements(rule.onPost, 'onPost'),
    ...(onUpdate
      ? { onUpdate: { ...onUpdate, statements: statements(onUpdate.statements, 'onUpdate.statements') } }
      : {}),
    ...(onEvent
      ? { onEvent: changedRecord(onEvent, (texts, event) => statements([...texts], `onEvent.${event}`)) }
      : {}),
  };
}

/** A hole of a rule, and where it stands: `onEvent.outcome[0]`. */
export interface RuleHole extends Hole {
  path: string;
}

/** Every place of a rule that is left to be filled, in order; one name may stand at several. */
export function holesOfRule(rule: PlasticityRule): RuleHole[] {
  const holes: RuleHole[] = [];
  withTexts(rule, (text, _, path) => {
    holes.push(...holesIn(text).map((hole) => ({ ...hole, path })));
    return text;
  });
  return holes;
}

/** The rule with formulas in its holes. */
export const filledRule = (rule: PlasticityRule, formulaOf: (hole: Hole) => Formula): PlasticityRule =>
  withTexts(rule, (text, kind) => fillHoles(text, kind, formulaOf));

/** The variable of a synapse that keeps what a hole's input was when its statement was last carried out. */
export const seenVariable = (hole: string, input: number): string => `seen__${hole}__${input}`;

/** The variable that counts how often that was. */
export const seenCount = (hole: string): string => `seen__${hole}__times`;

/**
 * The rule with variables beside it that keep what the holes of its statements were given. It does what the rule does.
 * Holes of traces and drives are not seen.
 * @param unitOf the unit of an argument, where it is known
 */
export function seeingRule(rule: PlasticityRule, unitOf: (argument: Expression) => string): PlasticityRule {
  const synapse: Record<string, SynapseVariable> = { ...rule.synapse };
  const noted = (texts: readonly string[]): string[] =>
    texts.flatMap((text) => [
      ...holesIn(text).flatMap((hole) => {
        synapse[seenCount(hole.name)] = { about: `times that ?${hole.name} was asked`, unit: '1' };
        return [
          ...hole.arguments.map((argument, input) => {
            const name = seenVariable(hole.name, input);
            synapse[name] = { about: `input ${input + 1} of ?${hole.name}`, unit: unitOf(argument) };
            return `${name} = ${printExpression(argument)}`;
          }),
          `${seenCount(hole.name)} += 1`,
        ];
      }),
      text,
    ]);
  const { onPre, onPost, onUpdate, onEvent } = rule;
  return {
    ...rule,
    onPre: noted(onPre),
    onPost: noted(onPost),
    ...(onUpdate ? { onUpdate: { ...onUpdate, statements: noted(onUpdate.statements) } } : {}),
    ...(onEvent ? { onEvent: changedRecord(onEvent, (texts) => noted([...texts])) } : {}),
    synapse,
  };
}
