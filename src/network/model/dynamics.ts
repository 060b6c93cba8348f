import { drawsIn, isLinearDecay, linearIn, substitute } from '../../expression/analysis.js';
import type { Equation, Expression } from '../../expression/ast.js';
import { binary, call, named, number, product, sum } from '../../expression/build.js';
import { parseEquation, parseExpression, parseStatement } from '../../expression/parse.js';
import { beyondReach, integrators, type Peak } from './integrators.js';
import type { CellModel, PortModel } from './model.js';
import type { Population, Values } from './network.js';
import { type Assignment, wholeStepsText } from './terms.js';

/** A state of a population's cells, the cell's own or, as `PORT.NAME`, that of a port. */
export interface State {
  name: string;
  start: Expression | Values;
}

/** What one population does in a step, in assignments over its parameters and states. */
export interface Dynamics {
  /** Parameters with their values; those of ports as `PORT.NAME`. */
  parameters: ReadonlyMap<string, Values>;
  states: readonly State[];
  /** One step, in order. */
  update: readonly Assignment[];
  /** Whether a cell fires, after the update; may use passing values of the update. */
  fires?: Expression;
  /** What a spike does to its own cell: the model's reset, then what its ports do when it fires. */
  reset: readonly Assignment[];
  /** After spikes have arrived: states that are held are brought back to what they are held at. */
  settle: readonly Assignment[];
}

export const statementAssignment = (text: string): Assignment => {
  const { target, operator, value } = parseStatement(text);
  if (operator === '=') return { target, value };
  return { target, value: binary(operator[0] as '+' | '-' | '*', named(target), value) };
};

/** A modulator takes at most this share of a quantity that it scales, so that time constants stay positive. */
const leastScale = 0.01;

const startOf = (start: number | string): Expression =>
  typeof start === 'number' ? number(start) : parseExpression(start);

/** The port's own names, as the population knows them. */
export function portNames(port: string, model: PortModel): Map<string, Expression> {
  const own = [...Object.keys(model.parameters), ...Object.keys(model.state), 'weightSum'];
  return new Map(own.map((name) => [name, named(`${port}.${name}`)]));
}

/** Where spikes that arrive at a port add their weight. */
export function receivingState(port: string, model: PortModel): string {
  const { receives } = model;
  if (receives === undefined) throw new Error(`port "${port}" (${model.name}) receives nothing`);
  return Object.hasOwn(model.state, receives) ? `${port}.${receives}` : receives;
}

const nameOf = (e: Expression | undefined) => (e?.kind === 'name' ? e.name : undefined);

/** A port's assignments in the population's names. */
function inPopulation(
  port: string,
  model: PortModel,
  assignments: readonly Assignment[],
  cellStates: ReadonlySet<string>,
): Assignment[] {
  const names = portNames(port, model);
  // What statements need on their way is the port's own affair, whatever the cell has under that name.
  for (const { target } of assignments) {
    const passing = !Object.hasOwn(model.state, target) && !cellStates.has(target);
    if (passing) names.set(target, named(`$${port}.${target}`));
  }
  return assignments.map(({ target, value, ...rest }) => ({
    target: nameOf(names.get(target)) ?? target,
    value: substitute(value, names),
    ...rest,
  }));
}

function portUpdate(port: string, model: PortModel, cellStates: ReadonlySet<string>): Assignment[] {
  const decays = (model.equations ?? []).map((text) => {
    const { name, value } = parseEquation(text);
    const [equation] = integrators['exponential-euler'].expand([{ name, derivative: true, value, text }]);
    if (!isLinearDecay(value, name)) throw new Error(`${model.name}: ${text}: expected a pure decay`);
    return { target: name, value: equation!.value, flush: true };
  });
  const assignments = [...decays, ...(model.update ?? []).map(statementAssignment)];
  return inPopulation(port, model, assignments, cellStates);
}

/** What stands for a state that receives spikes and only decays through the coming step: its mean over it. */
function meansOf({
  equations = [],
  update = [],
  receives,
  heldFromStart,
}: PortModel): Map<string, Expression> {
  if (heldFromStart || update.some((text) => parseStatement(text).target === receives)) return new Map();
  return new Map(
    equations.map(parseEquation).flatMap(({ name, value }) => {
      const slope = name === receives ? linearIn(value, name)?.slope : undefined;
      return slope ? [[name, product(named(name), call('exprel', product(slope, named('dt'))))]] : [];
    }),
  );
}

/** The summed current of the ports. Currents with random draws are passing values, drawn once a step. */
export function currents(ports: Population['ports']): { drawn: Assignment[]; total: Expression } {
  const drawn: Assignment[] = [];
  let total: Expression | undefined;
  for (const [port, { model }] of Object.entries(ports)) {
    if (model.current === undefined) continue;
    let current = substitute(
      substitute(parseExpression(model.current), meansOf(model)),
      portNames(port, model),
    );
    if (drawsIn(current) > 0) {
      const target = `$I.${port}`;
      drawn.push({ target, value: current });
      current = named(target);
    }
    total = total ? sum(total, current) : current;
  }
  return { drawn, total: total ?? number(0) };
}

/** What must hold for a condition to hold, one after the other. */
function conjunctsOf(e: Expression): Expression[] {
  return e.kind === 'binary' && e.operator === 'and' ? [e.left, e.right].flatMap(conjunctsOf) : [e];
}

const turned = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;
const negated = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;
type Order = keyof typeof turned;
const isOrder = (operator: string): operator is Order => Object.hasOwn(turned, operator);

/** Comparisons of a state with something, the state on the left. */
function levelsOf(e: Expression): { name: string; operator: Order; value: Expression }[] {
  if (e.kind === 'unary' && e.operator === 'not')
    return levelsOf(e.operand).map((level) => ({ ...level, operator: negated[level.operator] }));
  if (e.kind !== 'binary' || !isOrder(e.operator)) return [];
  const { left, right, operator } = e;
  return [
    ...(left.kind === 'name' ? [{ name: left.name, operator, value: right }] : []),
    ...(right.kind === 'name' ? [{ name: right.name, operator: turned[operator], value: left }] : []),
  ];
}

/** Where a threshold is a level of a state that the reset brings back from it. */
export function peakOf({ threshold, firing, state, reset = [] }: CellModel): Peak | undefined {
  if (threshold === undefined || firing === 'crossing') return undefined;
  const isReset = new Set(reset.map((text) => parseStatement(text).target));
  for (const { name, operator, value } of conjunctsOf(parseExpression(threshold, 'condition')).flatMap(
    levelsOf,
  )) {
    if (Object.hasOwn(state, name) && isReset.has(name))
      return { state: name, value, by: operator.startsWith('>') ? 'min' : 'max' };
  }
  return undefined;
}

/** The state in which cells count the steps that begin beyond the reach of their integrator. */
export const reachCount = 'integrator.beyondReach';

/** Counts the steps that begin beyond the integrator's reach, before any state is changed in them. */
function reachUpdate(model: CellModel, total: Expression): Assignment[] {
  const current: Equation = { name: 'I', derivative: false, value: total, text: 'I' };
  const equations = [current, ...(model.equations ?? []).map(parseEquation)];
  const beyond = beyondReach(model.integrator ?? 'euler', equations);
  if (!beyond) return [];
  return [{ target: reachCount, value: sum(named(reachCount), call('if', beyond, number(1), number(0))) }];
}

function cellUpdate(model: CellModel, total: Expression): Assignment[] {
  const current: Equation = { name: 'I', derivative: false, value: total, text: 'I' };
  const parsed = (model.equations ?? []).map(parseEquation);
  const stepped = parsed.some(({ derivative }) => derivative)
    ? integrators[model.integrator ?? 'euler'].expand([current, ...parsed], peakOf(model))
    : [];
  const statements = (model.update ?? []).map(statementAssignment);
  if (statements.length === 0) return stepped;
  const names = new Map([['I', named('$I')]]);
  return [
    { target: '$I', value: total },
    ...stepped,
    ...statements.map(({ target, value }) => ({ target, value: substitute(value, names) })),
  ];
}

/**
 * What stands in the place of each quantity that modulators act on. Receptors of one quantity act one after the other, in
 * the order in which they are written.
 */
export function modulated({ receptors = {} }: Population): Map<string, Expression> {
  const found = new Map<string, Expression>();
  for (const [name, { target, acts, level, reach }] of Object.entries(receptors)) {
    const before = found.get(target) ?? named(target);
    const gain = named(`receptor.${name}`);
    const effect = product(reach ? product(gain, named(`reach.${name}`)) : gain, parseExpression(level));
    const scaled = () => product(before, call('max', sum(number(1), effect), number(leastScale)));
    found.set(target, acts === 'shifts' ? sum(before, effect) : scaled());
  }
  return found;
}

/** Parameters and states of a population, those of its ports among them. */
function quantitiesOf(population: Population): { parameters: Map<string, Values>; states: State[] } {
  const { model, ports } = population;
  const parameters = new Map<string, Values>();
  for (const [name, { default: value }] of Object.entries(model.parameters)) {
    parameters.set(name, population.parameters[name] ?? value);
  }
  const states: State[] = Object.entries(model.state).map(([name, { start }]) => ({
    name,
    start: population.start?.[name] ?? startOf(start),
  }));
  for (const [port, { model: of, parameters: given }] of Object.entries(ports)) {
    for (const [name, { default: value }] of Object.entries(of.parameters)) {
      parameters.set(`${port}.${name}`, given[name] ?? value);
    }
    // Filled in from the weights when a lifetime is loaded.
    if (of.sends !== undefined) parameters.set(`${port}.weightSum`, new Float64Array(population.count));
    const names = portNames(port, of);
    for (const [name, { start }] of Object.entries(of.state)) {
      // What is summed anew in every step is nothing where nobody sends.
      const summed = of.sends !== undefined && name === of.receives;
      const initial = summed
        ? 0
        : (population.start?.[`${port}.${name}`] ?? substitute(startOf(start), names));
      states.push({ name: `${port}.${name}`, start: initial });
    }
  }
  if (population.countsReach) states.push({ name: reachCount, start: 0 });
  for (const [name, { gain, reach }] of Object.entries(population.receptors ?? {})) {
    parameters.set(`receptor.${name}`, gain);
    if (reach) parameters.set(`reach.${name}`, reach);
  }
  return { parameters, states };
}

/** What a step is made of while it is put together. */
interface Parts {
  update: Assignment[];
  reset: Assignment[];
  settle: Assignment[];
  states: State[];
  /** What must hold for a cell to fire, all of it. */
  conditions: Expression[];
}

function addRefractory({ ms, holds }: NonNullable<CellModel['refractory']>, parts: Parts): void {
  const left = named('refractory');
  const resting = binary('>', named('$refractory'), number(0));
  parts.update.unshift(
    { target: '$refractory', value: left },
    ...holds.map((name) => ({ target: `$held.${name}`, value: named(name) })),
  );
  parts.update.push(
    ...holds.map((name) => ({
      target: name,
      value: call('if', resting, named(`$held.${name}`), named(name)),
    })),
    { target: 'refractory', value: call('max', binary('-', left, number(1)), number(0)) },
  );
  parts.conditions.push(binary('<=', named('$refractory'), number(0)));
  parts.states.push({ name: 'refractory', start: 0 });
  parts.reset.push({ target: 'refractory', value: parseExpression(wholeStepsText(ms)) });
}

/** What spikes bring to a state while a refractory time holds it is lost: the state is brought back to what it was reset to. */
function addLoss({ model, ports }: Population, parts: Parts): void {
  const holds = model.refractory?.holds ?? [];
  const reached = new Set(
    Object.entries(ports).flatMap(([port, of]) =>
      of.model.receives === undefined ? [] : [receivingState(port, of.model)],
    ),
  );
  for (const name of holds.filter((held) => reached.has(held))) {
    const kept = `kept.${name}`;
    parts.states.push({ name: kept, start: 0 });
    parts.reset.push({ target: kept, value: named(name) });
    const resting = binary('>', named('refractory'), number(0));
    parts.settle.push({ target: name, value: call('if', resting, named(kept), named(name)) });
  }
}

function addCrossing(threshold: Expression, parts: Parts): void {
  // By the threshold alone: a cell that stays above it through its refractory time does not cross it again.
  parts.update.push(
    { target: '$below', value: named('below') },
    { target: 'below', value: call('if', threshold, number(0), number(1)) },
  );
  parts.conditions[0] = binary(
    'and',
    binary('<', named('below'), number(0.5)),
    binary('>', named('$below'), number(0)),
  );
  parts.states.push({ name: 'below', start: 0 });
}

/** Turns a population's models into assignments. Both engines carry out just these. */
export function dynamicsOf(population: Population): Dynamics {
  const { model, ports } = population;
  const { parameters, states } = quantitiesOf(population);
  const inPlace = modulated(population);
  const summed = currents(ports);
  const total = substitute(inPlace.get('I') ?? named('I'), new Map([['I', summed.total]]));
  inPlace.delete('I');
  const threshold = model.threshold === undefined ? undefined : parseExpression(model.threshold, 'condition');
  const parts: Parts = {
    update: [
      ...summed.drawn,
      ...(population.countsReach ? reachUpdate(model, total) : []),
      ...cellUpdate(model, total),
    ],
    reset: (model.reset ?? []).map(statementAssignment),
    settle: [],
    states,
    conditions: threshold ? [threshold] : [],
  };
  if (model.refractory && threshold) addRefractory(model.refractory, parts);
  if (model.firing === 'crossing' && threshold) addCrossing(threshold, parts);
  const cellStates = new Set(Object.keys(model.state));
  for (const [port, { model: of }] of Object.entries(ports)) {
    parts.update.push(...portUpdate(port, of, cellStates));
    parts.reset.push(...inPopulation(port, of, (of.onFire ?? []).map(statementAssignment), cellStates));
  }
  if (model.refractory && threshold) addLoss(population, parts);
  const { update, reset, settle, conditions } = parts;
  const fires = conditions.length > 0 ? conditions.reduce((all, one) => binary('and', all, one)) : undefined;
  // In what is carried out, rather than in the equations: a parameter is one value throughout a step, however integrated.
  const applied = ({ value, ...rest }: Assignment): Assignment => ({
    ...rest,
    value: substitute(value, inPlace),
  });
  return {
    parameters,
    states,
    update: update.map(applied),
    ...(fires ? { fires: substitute(fires, inPlace) } : {}),
    reset: reset.map(applied),
    settle,
  };
}
