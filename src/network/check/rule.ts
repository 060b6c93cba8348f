import { drawsIn } from '../../expression/analysis.js';
import type { Expression } from '../../expression/ast.js';
import { parseExpression, parseStatement } from '../../expression/parse.js';
import { divideUnits } from '../../expression/unit.js';
import type { Unit } from '../../expression/units.js';
import { suggest } from '../../spec/errors.js';
import type { PlasticityRule, SynapseVariable, Trace } from '../model/plasticity-rule.js';
import { milliseconds, plainNumber } from './known-units.js';
import { Checker, type ModelProblem, type Scope, suggestName } from './text.js';

/** Names with a meaning of their own in every rule. */
const reserved: Readonly<Record<string, string>> = {
  w: 'the weight',
  t: 'the time',
  dt: 'the step',
  m: 'what modulators begin with',
  pre: 'what states of the presynaptic cell begin with',
  post: 'what states of the postsynaptic cell begin with',
  cell: 'what states of the cell of a trace begin with',
  incoming: 'what means over the synapses of a cell begin with',
};

/** A rule while it is looked at, with what its names are measured in. */
interface Judged {
  check: Checker;
  rule: PlasticityRule;
  parameters: ReadonlyMap<string, Unit | undefined>;
  traces: ReadonlyMap<string, Unit | undefined>;
  variables: ReadonlyMap<string, Unit | undefined>;
  /** What the weight is measured in: as its bounds are. */
  weight: Unit | undefined;
  /** The defaults: what of a text is known beforehand. */
  values: ReadonlyMap<string, number>;
  /** What statements give a value. */
  changed: Set<string>;
}

/** Modulators are plain numbers, and which there are is known to networks alone. */
const modulator = /(?<![\w.])m\.[A-Za-z_0-9]\w*/g;
const modulatorsIn = (text: string): [string, Unit][] =>
  [...text.matchAll(modulator)].map(([name]) => [name, plainNumber]);

const isStateOf = (sides: string) => (name: string) =>
  new RegExp(`^(${sides})\\.[A-Za-z_$][\\w$.]*$`).test(name);

const timeIsUnknown = 'rules do not know the time: they see spikes, traces and regular times ("onUpdate")';

const general: readonly (readonly [string, string])[] = [
  ['t', timeIsUnknown],
  ['dt', timeIsUnknown],
  ['I', '"I" is known to cells alone. A rule reads states, such as post.v'],
];

/** Names and units of one text, and whether it draws; returns what was parsed where nothing was found. */
function judgeText(
  { check, values }: Judged,
  path: string,
  text: string,
  parsed: Expression | undefined,
  scope: Scope,
  expected: Unit | undefined,
): void {
  const e = parsed ?? check.attempt(path, () => parseExpression(text));
  if (!e) return;
  const units = new Map([...scope.units, ...modulatorsIn(text)]);
  const elsewhere = new Map([...general, ...(scope.elsewhere ?? [])]);
  if (!check.judge(path, text, e, { ...scope, units, elsewhere }, expected)) return;
  if (drawsIn(e) > 0) {
    check.reportAt(
      path,
      'rules draw no random numbers: give the cells noise, and let the rule read it',
      text,
      0,
    );
    return;
  }
  check.defined(path, text, e, values);
}

/** The parameter that a field names. @param unit that it is to have */
function judgeParameterName(
  { check, rule, parameters }: Judged,
  path: string,
  name: string,
  unit: Unit | undefined,
  what: string,
): boolean {
  const { parameters: known } = rule;
  if (!Object.hasOwn(known, name)) {
    check.report(
      path,
      `there is no parameter "${name}" to hold ${what}. ${suggestName(name, Object.keys(known))}`,
    );
    return false;
  }
  const found = parameters.get(name);
  if (!unit || !found) return true;
  const same = found.scale === unit.scale && found.dimensions.every((d, i) => d === unit.dimensions[i]);
  if (!same) {
    const wanted = unit === milliseconds ? 'ms' : unit === plainNumber ? '"1"' : 'the unit of the weight';
    check.report(path, `"${name}" holds ${what}, so its unit is ${wanted}, not "${known[name]!.unit}"`);
  }
  return same;
}

function judgeTime(judged: Judged, path: string, name: string, what: string): void {
  if (!judgeParameterName(judged, path, name, milliseconds, what)) return;
  const { default: value } = judged.rule.parameters[name]!;
  if (!(value > 0))
    judged.check.report(path, `"${name}" holds ${what}: expected a default above 0, found ${value}`);
}

const isExpression = (each: string | undefined): each is string =>
  each !== undefined && each !== 'add' && each !== 'set';

function judgeTrace(judged: Judged, name: string, trace: Trace): void {
  const { check, rule, parameters, traces, variables } = judged;
  const { of, tau, each, follows, start, coincident } = trace;
  const path = `traces.${name}`;
  const unit = traces.get(name);
  const own = Object.entries(rule.traces).filter(([, other]) => other.of === of);
  const units = new Map([...parameters, ...own.map(([other]) => [other, traces.get(other)] as const)]);
  const elsewhere = new Map<string, string>([
    ...Object.entries(rule.traces).map(([other, { of: side }]): [string, string] => [
      other,
      `"${other}" is a trace of the ${side}synaptic cell, "${name}" of the ${of}synaptic. Join them in a statement`,
    ]),
    ...['w', 'incoming.w', ...variables.keys()].map((other): [string, string] => [
      other,
      `"${other}" belongs to a synapse, a trace to a cell, which has many. Use it in a statement`,
    ]),
  ]);
  if (tau !== undefined) judgeTime(judged, `${path}.tau`, tau, 'a time constant');
  if (isExpression(each)) judgeText(judged, `${path}.each`, each, undefined, { units, elsewhere }, unit);
  if (follows !== undefined) {
    if (tau === undefined) check.report(`${path}.tau`, 'missing: the parameter with which it follows, in ms');
    judgeText(
      judged,
      `${path}.follows`,
      follows,
      undefined,
      { units, elsewhere, allows: isStateOf('cell') },
      unit,
    );
  }
  if (each === undefined && follows === undefined) {
    check.report(
      path,
      `nothing changes "${name}": say in "each" what a spike does, or in "follows" what it relaxes to`,
    );
  }
  if (typeof start === 'string') judgeParameterName(judged, `${path}.start`, start, unit, 'its start');
  else if (start !== undefined && !Number.isFinite(start)) {
    check.report(`${path}.start`, `expected a finite number, found ${start}`);
  }
  if (coincident && of === 'post') {
    check.report(
      `${path}.coincident`,
      'is for presynaptic traces: a postsynaptic one never counts its own spike',
    );
  }
}

function judgeVariable(judged: Judged, name: string, variable: SynapseVariable): void {
  const { check, rule, parameters, variables, weight } = judged;
  const { tau, drive, start } = variable;
  const path = `synapse.${name}`;
  const unit = variables.get(name);
  if (tau !== undefined) judgeTime(judged, `${path}.tau`, tau, 'a time constant');
  if (drive !== undefined) {
    const why = `what drives "${name}" is made of parameters and modulators alone`;
    const elsewhere = new Map(
      ['w', 'incoming.w', ...Object.keys(rule.traces), ...variables.keys()].map((other) => [other, why]),
    );
    for (const [used] of drive.matchAll(/(?<![\w.])(pre|post|cell)\.[\w.]+/g)) elsewhere.set(used, why);
    const expected = weight && unit && divideUnits(divideUnits(weight, unit), milliseconds);
    judgeText(judged, `${path}.drive`, drive, undefined, { units: parameters, elsewhere }, expected);
  }
  if (typeof start === 'number' && !Number.isFinite(start)) {
    check.report(`${path}.start`, `expected a finite number or "w", found ${start}`);
  } else if (typeof start === 'string' && start !== 'w') {
    check.report(`${path}.start`, `expected a number or "w", found "${start}"`);
  } else if (start === 'w' && weight && unit) {
    judgeText(judged, `${path}.start`, 'w', undefined, { units: new Map([['w', weight]]) }, unit);
  }
  if (start !== 'w' && !judged.changed.has(name)) {
    check.report(path, `nothing changes "${name}": give it a statement, or make it a parameter if it is one`);
  }
}

/** What a name should have been that a statement gives a value. */
function notChangeable({ rule }: Judged, name: string): string {
  const changeable = ['w', ...Object.keys(rule.synapse ?? {})];
  if (Object.hasOwn(rule.parameters, name)) {
    return `"${name}" is a parameter, which does not change; make it a variable of the synapse, or give another name`;
  }
  if (Object.hasOwn(rule.traces, name)) {
    return `"${name}" is a trace, which spikes change: say how in traces.${name}.each`;
  }
  return `"${name}" is neither w nor a variable of the synapse. ${suggestName(name, changeable)}`;
}

/** @param means whether means over a cell's synapses are known here */
function judgeStatements(judged: Judged, field: string, texts: readonly string[], means: boolean): void {
  const { check, parameters, traces, variables, weight } = judged;
  const changeable = new Map([['w', weight], ...variables]);
  const units = new Map([
    ...parameters,
    ...traces,
    ...changeable,
    ...(means ? [['incoming.w', weight] as const] : []),
  ]);
  const elsewhere = new Map(
    means
      ? []
      : [
          [
            'incoming.w',
            '"incoming.w" is known to "onUpdate" and "onEvent" alone, which look at all synapses',
          ],
        ],
  );
  for (const text of texts) {
    for (const [used] of text.matchAll(/(?<![\w.])cell\.[\w.]+/g)) {
      elsewhere.set(used, `"${used}" is known to traces. A synapse has two cells: write pre.… or post.…`);
    }
  }
  texts.forEach((text, i) => {
    const path = `${field}[${i}]`;
    const statement = check.attempt(path, () => parseStatement(text));
    if (!statement) return;
    const { target, operator, value } = statement;
    if (!changeable.has(target)) {
      check.reportAt(path, notChangeable(judged, target), text, text.indexOf(target));
      return;
    }
    judged.changed.add(target);
    const expected = operator === '*=' ? plainNumber : changeable.get(target);
    judgeText(judged, path, text, value, { units, elsewhere, allows: isStateOf('pre|post') }, expected);
  });
}

function judgeBounds(judged: Judged): void {
  const { check, rule, weight } = judged;
  const { low, high } = rule.bounds;
  judgeParameterName(judged, 'bounds.low', low, undefined, 'the lowest weight');
  if (!judgeParameterName(judged, 'bounds.high', high, weight, 'the highest weight')) return;
  const [least, most] = [rule.parameters[low]?.default, rule.parameters[high]?.default];
  if (least !== undefined && most !== undefined && least > most) {
    check.report('bounds', `"${low}" (${least}) is above "${high}" (${most}) with the defaults`);
  }
}

function judgeTypes({ check, rule }: Judged): void {
  for (const [name, { parameters }] of Object.entries(rule.types ?? {})) {
    for (const [parameter, value] of Object.entries(parameters)) {
      const path = `types.${name}.parameters.${parameter}`;
      const known = Object.hasOwn(rule.parameters, parameter) ? rule.parameters[parameter] : undefined;
      if (!known) {
        check.report(
          path,
          `there is no parameter "${parameter}". ${suggest(parameter, Object.keys(rule.parameters))}`,
        );
      } else if (!(value >= known.low && value <= known.high)) {
        check.report(path, `expected a number in [${known.low}, ${known.high}], found ${value}`);
      }
    }
  }
}

function judgedOf(rule: PlasticityRule): Judged {
  const check = new Checker();
  const { parameters: given, traces, synapse = {} } = rule;
  check.names({ parameters: given, traces, synapse }, reserved);
  const parameters = check.parameters(given);
  return {
    check,
    rule,
    parameters,
    traces: new Map(
      Object.entries(traces).map(([name, { unit }]) => [
        name,
        unit === undefined ? plainNumber : check.unit(`traces.${name}.unit`, unit),
      ]),
    ),
    variables: new Map(
      Object.entries(synapse).map(([name, { unit }]) => [name, check.unit(`synapse.${name}.unit`, unit)]),
    ),
    weight: parameters.get(rule.bounds.low),
    values: new Map(Object.entries(given).map(([name, { default: value }]) => [name, value])),
    changed: new Set(),
  };
}

/** Everything that is wrong with a plasticity rule: its names, its texts with their units, and what they add up to. */
export function ruleProblems(rule: PlasticityRule): ModelProblem[] {
  const judged = judgedOf(rule);
  const { check } = judged;
  for (const [name, trace] of Object.entries(rule.traces)) judgeTrace(judged, name, trace);
  judgeStatements(judged, 'onPre', rule.onPre, false);
  judgeStatements(judged, 'onPost', rule.onPost, false);
  if (rule.onUpdate) {
    judgeTime(judged, 'onUpdate.every', rule.onUpdate.every, 'the interval');
    judgeStatements(judged, 'onUpdate.statements', rule.onUpdate.statements, true);
  }
  for (const name of Object.entries(rule.apart ?? {}).flat()) {
    if (Object.hasOwn(rule.parameters, name)) continue;
    check.report('apart', `there is no parameter "${name}". ${suggest(name, Object.keys(rule.parameters))}`);
  }
  for (const [event, texts] of Object.entries(rule.onEvent ?? {})) {
    if (!/^[A-Za-z_]\w*$/.test(event)) {
      check.report(
        `onEvent.${event}`,
        `"${event}" is no name: names are letters, digits and "_", a letter first`,
      );
    }
    judgeStatements(judged, `onEvent.${event}`, texts, true);
  }
  const variables = Object.entries(rule.synapse ?? {});
  for (const [name, variable] of variables) judgeVariable(judged, name, variable);
  judgeBounds(judged);
  judgeTypes(judged);
  if (!judged.changed.has('w') && !variables.some(([, { drive }]) => drive !== undefined)) {
    check.report(
      'onPost',
      'nothing changes "w": give a statement such as "w += eta*x", or a variable with a "drive"',
    );
  }
  return check.problems;
}
