import { drawsIn, namesIn } from '../../expression/analysis.js';
import type { Expression } from '../../expression/ast.js';
import { parseExpression } from '../../expression/parse.js';
import { statementAssignment } from '../model/dynamics.js';
import { type Plasticity, type Population, type Projection, ruleParameter } from '../model/network.js';
import type { PlasticityRule, Trace } from '../model/plasticity-rule.js';
import { checkLengths, known, refuse, stateNames } from './parts.js';

/** Where a rule stands, and what it may name there. */
interface Place {
  where: string;
  rule: PlasticityRule;
  parameters: readonly string[];
  variables: readonly string[];
  traces: readonly (readonly [string, Trace])[];
  states: Readonly<Record<'pre' | 'post', readonly string[]>>;
  modulators: readonly string[];
}

/** What a trace's text may know beside its own side's names: the cell's states, or nothing. */
type Side = 'pre' | 'post' | 'neither';

function checkNames({ where, rule, parameters, variables, traces }: Place): void {
  const all = [...parameters, ...traces.map(([trace]) => trace), ...variables];
  for (const name of [...all, ...Object.keys(rule.onEvent ?? {})]) {
    if (!/^[A-Za-z_]\w*$/.test(name) || ['w', 't', 'dt'].includes(name)) {
      refuse(where, `"${name}" cannot be a name of its own.`);
    }
  }
  const twice = all.find((name, i) => all.indexOf(name) !== i);
  if (twice !== undefined) refuse(where, `"${twice}" is the name of two things.`);
}

/** @param side whose traces the text belongs to; absent for what is worked out at the synapse */
function checkExpression(place: Place, value: Expression, names: readonly string[], side?: Side): void {
  const { where, modulators, states } = place;
  if (drawsIn(value) > 0)
    refuse(where, 'rules draw no random numbers: give the cells noise, and let the rule read it.');
  for (const used of namesIn(value)) {
    const dot = used.indexOf('.');
    const [of, rest] = [used.slice(0, dot), used.slice(dot + 1)];
    if (of === 'm') known(where, 'modulator', rest, modulators);
    else if (of === 'cell' && side && side !== 'neither')
      known(where, `state of the ${side}synaptic cells`, rest, states[side]);
    else if ((of === 'pre' || of === 'post') && !side)
      known(where, `state of the ${of}synaptic cells`, rest, states[of]);
    else known(where, 'such name as', used, names);
  }
}

function checkStatements(place: Place): void {
  const { where, rule, parameters, variables, traces } = place;
  const atSynapse = ['w', ...parameters, ...variables, ...traces.map(([trace]) => trace)];
  const check = (list: readonly string[], names: readonly string[]) => {
    for (const { target, value } of list.map(statementAssignment)) {
      if (target !== 'w' && !variables.includes(target))
        refuse(
          where,
          `"${target}" is neither w nor a variable of the synapse, so no statement can change it.`,
        );
      checkExpression(place, value, names);
    }
  };
  check([...rule.onPre, ...rule.onPost], atSynapse);
  check(
    [...(rule.onUpdate?.statements ?? []), ...Object.values(rule.onEvent ?? {}).flat()],
    [...atSynapse, 'incoming.w'],
  );
}

const isExpression = (each: string | undefined): each is string =>
  each !== undefined && each !== 'add' && each !== 'set';

function checkTraces(place: Place): void {
  const { where, parameters, traces } = place;
  for (const [trace, { of, tau, each, follows, coincident }] of traces) {
    const side = [...parameters, ...traces.filter(([, other]) => other.of === of).map(([other]) => other)];
    if (isExpression(each)) checkExpression(place, parseExpression(each), side, 'neither');
    if (follows !== undefined) {
      if (tau === undefined)
        refuse(where, `trace "${trace}" follows something, and has no time constant to do so with.`);
      checkExpression(place, parseExpression(follows), side, of);
    }
    if (coincident && of === 'post') refuse(where, `trace "${trace}": coincident is for presynaptic traces.`);
  }
}

function checkVariables(place: Place): void {
  const { where, rule, parameters } = place;
  for (const [variable, { drive, start }] of Object.entries(rule.synapse ?? {})) {
    if (typeof start === 'string' && start !== 'w')
      refuse(where, `"${variable}" starts as a number or as w.`);
    if (drive === undefined) continue;
    checkExpression(place, parseExpression(drive), parameters);
    for (const used of namesIn(parseExpression(drive))) {
      if (/^(pre|post)\./.test(used))
        refuse(where, `what drives "${variable}" cannot depend on cells, only on parameters and modulators.`);
    }
  }
}

/** Parameters that a rule needs one value of, rather than one for each synapse. */
function sharedNames({ rule, parameters, traces }: Place): Set<string> {
  const shared = new Set([rule.bounds.low, rule.bounds.high]);
  const variables = Object.values(rule.synapse ?? {});
  if (rule.onUpdate) shared.add(rule.onUpdate.every);
  for (const [, { tau, start }] of traces) {
    if (tau !== undefined) shared.add(tau);
    if (typeof start === 'string') shared.add(start);
  }
  for (const { tau } of variables) if (tau !== undefined) shared.add(tau);
  const texts = [
    ...variables.map(({ drive }) => drive),
    ...traces.flatMap(([, { each, follows }]) => [isExpression(each) ? each : undefined, follows]),
  ];
  for (const text of texts) {
    if (text === undefined) continue;
    for (const used of namesIn(parseExpression(text))) if (parameters.includes(used)) shared.add(used);
  }
  return shared;
}

function checkValues(
  { where, rule, parameters, traces }: Place,
  plasticity: Plasticity,
  shared: ReadonlySet<string>,
  synapses: number,
): void {
  const taus = [
    ...traces.map(([, { tau }]) => tau),
    ...Object.values(rule.synapse ?? {}).map(({ tau }) => tau),
  ];
  for (const tau of taus) {
    const value = tau === undefined ? 1 : (ruleParameter(plasticity, tau) as number);
    if (!(value > 0)) refuse(where, `${tau}: expected a time constant above 0, found ${value}.`);
  }
  if (plasticity.sign !== undefined && Math.abs(plasticity.sign) !== 1) {
    refuse(where, `sign: expected 1 or -1, found ${plasticity.sign}.`);
  }
  for (const [parameter, value] of Object.entries(plasticity.parameters)) {
    checkLengths(where, { [parameter]: value }, parameters, { count: synapses, of: 'synapses' });
    if (typeof value === 'number') continue;
    if (shared.has(parameter)) refuse(where, `"${parameter}" is one value for all synapses.`);
  }
}

/** Checks a rule against the two populations that a projection joins by it. */
export function checkProjectionRule(
  { name, plasticity, post }: Projection,
  from: Population,
  to: Population,
  modulators: readonly string[],
): void {
  if (!plasticity) return;
  const { rule } = plasticity;
  const place: Place = {
    where: `projection "${name}": rule "${rule.name}"`,
    rule,
    parameters: Object.keys(rule.parameters),
    variables: Object.keys(rule.synapse ?? {}),
    traces: Object.entries(rule.traces),
    states: { pre: stateNames(from), post: stateNames(to) },
    modulators,
  };
  checkNames(place);
  checkStatements(place);
  checkTraces(place);
  checkVariables(place);
  const shared = sharedNames(place);
  for (const parameter of shared) known(place.where, 'parameter', parameter, place.parameters);
  checkValues(place, plasticity, shared, post.length);
}
