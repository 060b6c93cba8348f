import { ExpressionError } from '../../expression/error.js';
import { type Formula, fillHoles, type Hole, holesIn, type TextKind } from '../../expression/holes.js';
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
