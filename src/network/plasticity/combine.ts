import { substitute } from '../../expression/analysis.js';
import type { Expression } from '../../expression/ast.js';
import { named } from '../../expression/build.js';
import { parseExpression, parseStatement } from '../../expression/parse.js';
import { printExpression, printStatement } from '../../expression/print.js';
import type { PlasticityRule, SynapseVariable, Trace } from '../model/plasticity-rule.js';

/** What a rule calls its own. */
const ownNames = ({ parameters, traces, synapse }: PlasticityRule) => [
  ...Object.keys(parameters),
  ...Object.keys(traces),
  ...Object.keys(synapse ?? {}),
];

/** The same rule with some of its names changed. */
export function renamed(rule: PlasticityRule, names: ReadonlyMap<string, string>): PlasticityRule {
  const name = (of: string) => names.get(of) ?? of;
  const terms = new Map<string, Expression>([...names].map(([from, to]) => [from, named(to)]));
  const expression = (text: string) => printExpression(substitute(parseExpression(text), terms));
  const statements = (texts: readonly string[]) =>
    texts.map((text) => {
      const { target, value, ...rest } = parseStatement(text);
      return printStatement({ ...rest, target: name(target), value: substitute(value, terms) });
    });
  const entries = <From, To>(of: Readonly<Record<string, From>>, make: (from: From) => To) =>
    Object.fromEntries(Object.entries(of).map(([key, value]) => [name(key), make(value)]));
  const trace = (of: Trace): Trace => ({
    ...of,
    ...(of.tau === undefined ? {} : { tau: name(of.tau) }),
    ...(of.each === undefined || of.each === 'add' || of.each === 'set' ? {} : { each: expression(of.each) }),
    ...(of.follows === undefined ? {} : { follows: expression(of.follows) }),
    ...(typeof of.start === 'string' ? { start: name(of.start) } : {}),
  });
  const variable = (of: SynapseVariable): SynapseVariable => ({
    ...of,
    ...(of.tau === undefined ? {} : { tau: name(of.tau) }),
    ...(of.drive === undefined ? {} : { drive: expression(of.drive) }),
  });
  return {
    ...rule,
    parameters: entries(rule.parameters, (value) => value),
    traces: entries(rule.traces, trace),
    synapse: entries(rule.synapse ?? {}, variable),
    onPre: statements(rule.onPre),
    onPost: statements(rule.onPost),
    ...(rule.onUpdate
      ? { onUpdate: { every: name(rule.onUpdate.every), statements: statements(rule.onUpdate.statements) } }
      : {}),
    onEvent: Object.fromEntries(
      Object.entries(rule.onEvent ?? {}).map(([event, texts]) => [event, statements(texts)]),
    ),
    bounds: { low: name(rule.bounds.low), high: name(rule.bounds.high) },
  };
}

/**
 * Two rules on the same synapses, such as one that learns and one that keeps activity in range: the statements of the
 * first come first. The bounds are the first rule's, as are the times of regular updates where both have some. A name
 * that both have is, of the second, preceded by its rule's (`scaling_x`).
 */
export function combine(first: PlasticityRule, second: PlasticityRule): PlasticityRule {
  const taken = new Set(ownNames(first));
  // The same rule may stand beside itself more than once.
  let prefix = second.name.replaceAll(/\W+/g, '_');
  for (let n = 2; ownNames(second).some((name) => taken.has(`${prefix}_${name}`)); n++) {
    prefix = `${second.name.replaceAll(/\W+/g, '_')}${n}`;
  }
  const names = new Map<string, string>(
    ownNames(second).flatMap((name) => (taken.has(name) ? [[name, `${prefix}_${name}`] as const] : [])),
  );
  names.set(second.bounds.low, first.bounds.low);
  names.set(second.bounds.high, first.bounds.high);
  if (first.onUpdate && second.onUpdate) names.set(second.onUpdate.every, first.onUpdate.every);
  const other = renamed(second, names);
  const onUpdate = [...(first.onUpdate?.statements ?? []), ...(other.onUpdate?.statements ?? [])];
  const every = first.onUpdate?.every ?? other.onUpdate?.every;
  const events = new Set([...Object.keys(first.onEvent ?? {}), ...Object.keys(other.onEvent ?? {})]);
  return {
    name: `${first.name} + ${second.name}`,
    summary: `${first.summary}; ${second.summary}`,
    source: `${first.source}; ${second.source}`,
    parameters: { ...other.parameters, ...first.parameters },
    ...(first.types ? { types: first.types } : {}),
    traces: { ...first.traces, ...other.traces },
    synapse: { ...first.synapse, ...other.synapse },
    onPre: [...first.onPre, ...other.onPre],
    onPost: [...first.onPost, ...other.onPost],
    ...(every === undefined ? {} : { onUpdate: { every, statements: onUpdate } }),
    onEvent: Object.fromEntries(
      [...events].map((event) => [
        event,
        [...(first.onEvent?.[event] ?? []), ...(other.onEvent?.[event] ?? [])],
      ]),
    ),
    bounds: first.bounds,
  };
}
