import { drawsIn, namesIn } from '../../expression/analysis.js';
import type { Expression } from '../../expression/ast.js';
import { parseExpression } from '../../expression/parse.js';
import { suggest, UsageError } from '../../spec/errors.js';
import { type Dynamics, receivingState, statementAssignment } from '../model/dynamics.js';
import {
  type Network,
  type Population,
  type Projection,
  ruleParameter,
  type SpikeTrain,
} from '../model/network.js';

function refuse(where: string, what: string): never {
  throw new UsageError(`${where}: ${what}`);
}

const known = (where: string, kind: string, name: string, names: readonly string[]) => {
  if (!names.includes(name)) refuse(where, `there is no ${kind} "${name}". ${suggest(name, names)}`);
};

function checkRange(where: string, what: string, values: Int32Array, below: number): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < 0 || value >= below) {
      refuse(where, `${what}[${i}]: expected a whole number from 0 to ${below - 1}, found ${value}.`);
    }
  }
}

function checkLengths(
  where: string,
  values: Readonly<Record<string, unknown>>,
  names: readonly string[],
  count: number,
) {
  for (const [name, value] of Object.entries(values)) {
    known(where, 'such name as', name, names);
    if (value instanceof Float64Array && value.length !== count) {
      refuse(where, `${name}: expected one value for each of ${count} cells, found ${value.length}.`);
    }
  }
}

function checkTrain(where: string, { steps, cells }: SpikeTrain, count: number): void {
  if (steps.length !== cells.length) refuse(where, `${steps.length} steps for ${cells.length} cells.`);
  checkRange(where, 'cells', cells, count);
  const last = new Int32Array(count).fill(-1);
  for (let i = 0; i < steps.length; i++) {
    if (steps[i]! < 0 || (i > 0 && steps[i]! < steps[i - 1]!)) {
      refuse(where, `steps[${i}]: expected steps from 0 on, ascending, found ${steps[i]}.`);
    }
    if (last[cells[i]!] === steps[i]) refuse(where, `cell ${cells[i]} fires twice in step ${steps[i]}.`);
    last[cells[i]!] = steps[i]!;
  }
}

/** States of a population's cells, those of its ports as `PORT.NAME`. */
const stateNames = ({ model, ports }: Population): string[] => [
  ...Object.keys(model.state),
  ...Object.entries(ports).flatMap(([port, of]) =>
    Object.keys(of.model.state).map((own) => `${port}.${own}`),
  ),
];

/** Checks that receptors act on what there is, by modulators alone. */
function checkReceptors(population: Population, modulators: readonly string[]): void {
  const { name: owner, model, ports, count, receptors = {} } = population;
  const targets = [
    'I',
    ...Object.keys(model.parameters),
    ...Object.entries(ports).flatMap(([port, of]) =>
      Object.keys(of.model.parameters).map((parameter) => `${port}.${parameter}`),
    ),
  ];
  for (const [name, { target, acts, level, gain, reach }] of Object.entries(receptors)) {
    const where = `population "${owner}": receptor "${name}"`;
    known(`${where}: target`, 'parameter', target, targets);
    known(`${where}: acts`, 'way to act', acts, ['shifts', 'scales']);
    const parsed = parseExpression(level);
    for (const used of namesIn(parsed)) {
      if (used.startsWith('m.')) known(`${where}: level`, 'modulator', used.slice(2), modulators);
      else refuse(`${where}: level`, `"${used}" is no modulator: write m.NAME.`);
    }
    if (drawsIn(parsed) > 0) refuse(`${where}: level`, 'a level of modulators has no random draws.');
    if (gain instanceof Float64Array && gain.length !== count) {
      refuse(where, `gain: expected one value for each of ${count} cells, found ${gain.length}.`);
    }
    if (reach && reach.length !== count) {
      refuse(where, `reach: expected one value for each of ${count} cells, found ${reach.length}.`);
    }
  }
  if (Object.keys(receptors).length > 0 && Object.hasOwn(ports, 'receptor')) {
    refuse(`population "${owner}"`, 'a port of the name "receptor" goes with no receptors: rename it.');
  }
}

/** Refuses receptors on what a synapse without spikes sends, which is worked out before modulators act. */
function checkSent(where: string, projection: Projection, sends: string, from: Population, to: Population) {
  const used = namesIn(parseExpression(sends));
  const targets = ({ receptors = {} }: Population) => Object.values(receptors).map(({ target }) => target);
  const sent = [
    ...targets(from).filter((target) => used.has(target)),
    ...targets(to).filter((target) => [...used].some((name) => target === `${projection.port}.${name}`)),
  ];
  if (sent.length > 0)
    refuse(where, `no receptor can act on "${sent[0]}", by which cells send without spikes.`);
}

function checkKinds({ name, kinds, count, model, parameters, receptors }: Population): void {
  if (!kinds) return;
  const where = `population "${name}": kinds`;
  if (kinds.of.length !== count) refuse(where, `${kinds.of.length} kinds for ${count} cells.`);
  const each = Object.entries(kinds.parameters);
  checkRange(where, 'of', kinds.of, each.length);
  const names = [
    ...Object.keys(model.parameters),
    ...Object.keys(receptors ?? {}).map((of) => `receptor.${of}`),
  ];
  for (const [kind, values] of each) {
    for (const parameter of [...Object.keys(values), ...Object.keys(each[0]![1])]) {
      known(where, 'parameter', parameter, names);
      if (values[parameter] === undefined)
        refuse(where, `"${kind}" lacks ${parameter}, which other kinds have.`);
      const given = parameter.startsWith('receptor.')
        ? receptors![parameter.slice('receptor.'.length)]!.gain
        : parameters[parameter];
      if (typeof given !== 'object')
        refuse(where, `${parameter} differs by kind, so it needs a value for each cell.`);
    }
  }
}

function checkPopulation(population: Population, modulators: readonly string[]): void {
  const where = `population "${population.name}"`;
  const { model, ports, count, train } = population;
  checkLengths(`${where}: parameters`, population.parameters, Object.keys(model.parameters), count);
  checkLengths(`${where}: start`, population.start ?? {}, stateNames(population), count);
  for (const [port, of] of Object.entries(ports)) {
    checkLengths(`${where}: port "${port}"`, of.parameters, Object.keys(of.model.parameters), count);
  }
  checkReceptors(population, modulators);
  checkKinds(population);
  if (!train) return;
  if (model.threshold !== undefined)
    refuse(where, 'has a train of spikes, and a model that fires by itself.');
  checkTrain(`${where}: train`, train, count);
}

/**
 * Checks that a network has the modulators that a population's equations use.
 * @throws UsageError naming the one it lacks
 */
export function checkModulators(
  { name }: Population,
  dynamics: Dynamics,
  modulators: readonly string[],
): void {
  const { update, fires, reset } = dynamics;
  const expressions = [...[...update, ...reset].map(({ value }) => value), ...(fires ? [fires] : [])];
  for (const used of expressions.flatMap((e) => [...namesIn(e)])) {
    if (used.startsWith('m.')) known(`population "${name}"`, 'modulator', used.slice(2), modulators);
  }
}

/** Checks a rule against the two populations that a projection joins by it. */
function checkRule(
  { name, plasticity, post }: Projection,
  from: Population,
  to: Population,
  modulators: readonly string[],
): void {
  if (!plasticity) return;
  const { rule } = plasticity;
  const where = `projection "${name}": rule "${rule.name}"`;
  const parameters = Object.keys(rule.parameters);
  /** Parameters that the rule needs one value of. */
  const shared = new Set([rule.bounds.low, rule.bounds.high]);
  const own = (of: string) => known(where, 'parameter', of, parameters);
  const texts = (list: readonly string[]) => list.map(statementAssignment);
  const traces = Object.entries(rule.traces);
  const variables = Object.keys(rule.synapse ?? {});
  const identifier = /^[A-Za-z_]\w*$/;
  for (const of of [
    ...parameters,
    ...traces.map(([trace]) => trace),
    ...variables,
    ...Object.keys(rule.onEvent ?? {}),
  ]) {
    if (!identifier.test(of) || ['w', 't', 'dt'].includes(of)) {
      refuse(where, `"${of}" cannot be a name of its own.`);
    }
  }
  const all = [...parameters, ...traces.map(([trace]) => trace), ...variables];
  const twice = all.find((of, i) => all.indexOf(of) !== i);
  if (twice !== undefined) refuse(where, `"${twice}" is the name of two things.`);
  const states = {
    pre: stateNames(from),
    post: stateNames(to),
  };
  const check = (value: Expression, names: readonly string[], side?: 'pre' | 'post' | 'neither') => {
    if (drawsIn(value) > 0)
      refuse(where, 'rules draw no random numbers: give the cells noise, and let the rule read it.');
    for (const used of namesIn(value)) {
      const [of, rest] = [used.slice(0, used.indexOf('.')), used.slice(used.indexOf('.') + 1)];
      if (of === 'm') known(where, 'modulator', rest, modulators);
      else if (of === 'cell' && side && side !== 'neither')
        known(where, `state of the ${side}synaptic cells`, rest, states[side]);
      else if ((of === 'pre' || of === 'post') && !side)
        known(where, `state of the ${of}synaptic cells`, rest, states[of]);
      else known(where, 'such name as', used, names);
    }
  };
  const atSynapse = ['w', ...parameters, ...variables, ...traces.map(([trace]) => trace)];
  const statements = (list: readonly string[], names: readonly string[]) => {
    for (const { target, value } of texts(list)) {
      if (target !== 'w' && !variables.includes(target))
        refuse(
          where,
          `"${target}" is neither w nor a variable of the synapse, so no statement can change it.`,
        );
      check(value, names);
    }
  };
  statements([...rule.onPre, ...rule.onPost], atSynapse);
  statements(
    [...(rule.onUpdate?.statements ?? []), ...Object.values(rule.onEvent ?? {}).flat()],
    [...atSynapse, 'incoming.w'],
  );
  if (rule.onUpdate) shared.add(rule.onUpdate.every);
  for (const [trace, { of, tau, each, follows, start, coincident }] of traces) {
    const side = [...parameters, ...traces.filter(([, other]) => other.of === of).map(([other]) => other)];
    if (tau !== undefined) shared.add(tau);
    if (typeof start === 'string') shared.add(start);
    if (each !== undefined && each !== 'add' && each !== 'set') check(parseExpression(each), side, 'neither');
    if (follows !== undefined) {
      if (tau === undefined)
        refuse(where, `trace "${trace}" follows something, and has no time constant to do so with.`);
      check(parseExpression(follows), side, of);
    }
    if (coincident && of === 'post') refuse(where, `trace "${trace}": coincident is for presynaptic traces.`);
  }
  const scalar = (value: Expression) => {
    for (const used of namesIn(value)) if (parameters.includes(used)) shared.add(used);
  };
  for (const [variable, { tau, drive, start }] of Object.entries(rule.synapse ?? {})) {
    if (tau !== undefined) shared.add(tau);
    if (typeof start === 'string' && start !== 'w')
      refuse(where, `"${variable}" starts as a number or as w.`);
    if (drive === undefined) continue;
    check(parseExpression(drive), parameters);
    for (const used of namesIn(parseExpression(drive))) {
      if (/^(pre|post)\./.test(used))
        refuse(where, `what drives "${variable}" cannot depend on cells, only on parameters and modulators.`);
    }
    scalar(parseExpression(drive));
  }
  for (const [, { each, follows }] of traces) {
    if (each !== undefined && each !== 'add' && each !== 'set') scalar(parseExpression(each));
    if (follows !== undefined) scalar(parseExpression(follows));
  }
  for (const of of shared) own(of);
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
    own(parameter);
    if (typeof value === 'number') continue;
    if (shared.has(parameter)) refuse(where, `"${parameter}" is one value for all synapses.`);
    if (value.length !== post.length)
      refuse(
        where,
        `${parameter}: expected one value for each of ${post.length} synapses, found ${value.length}.`,
      );
  }
}

/** A weight that learns has one synapse: several would each change it in their own time. */
function checkSharing({ projections, weights }: Network): void {
  const owner = new Int32Array(weights.length).fill(-1);
  const learns = projections.map(({ plasticity }) => plasticity !== undefined);
  projections.forEach(({ name, weight }, p) => {
    for (const at of weight) {
      const before = owner[at];
      if (before !== undefined && before >= 0 && (learns[p] || learns[before])) {
        refuse(`projection "${name}"`, `weight ${at} learns, and belongs to more than one synapse.`);
      }
      owner[at] = p;
    }
  });
}

function checkReleases({ modulators, populations }: Network): void {
  for (const [name, { releasedBy }] of Object.entries(modulators)) {
    for (const { population, cells, amount } of releasedBy ?? []) {
      const where = `modulator "${name}"`;
      known(
        where,
        'population',
        population,
        populations.map((of) => of.name),
      );
      const { count } = populations.find((of) => of.name === population)!;
      checkRange(where, 'cells', cells ?? new Int32Array(0), count);
      if (!Number.isFinite(amount)) refuse(where, `amount: expected a number, found ${amount}.`);
    }
  }
}

function checkProjection(projection: Projection, network: Network): void {
  const where = `projection "${projection.name}"`;
  const names = network.populations.map(({ name }) => name);
  known(where, 'population', projection.from, names);
  known(where, 'population', projection.to, names);
  const from = network.populations.find(({ name }) => name === projection.from)!;
  const to = network.populations.find(({ name }) => name === projection.to)!;
  known(where, `port of "${to.name}"`, projection.port, Object.keys(to.ports));
  const { model } = to.ports[projection.port]!;
  if (model.receives === undefined) refuse(where, `the port "${projection.port}" receives nothing.`);
  const state = receivingState(projection.port, model);
  if (!state.includes('.')) known(where, `state of "${to.model.name}"`, state, Object.keys(to.model.state));
  const { rowStart, post, weight, delayMs, plasticity, shortTerm } = projection;
  if (rowStart.length !== from.count + 1 || rowStart[0] !== 0 || rowStart.at(-1) !== post.length) {
    refuse(where, `rowStart: expected ${from.count + 1} entries from 0 to ${post.length}.`);
  }
  for (let i = 0; i < from.count; i++) {
    if (rowStart[i + 1]! < rowStart[i]!) refuse(where, `rowStart[${i + 1}]: expected ascending entries.`);
  }
  checkRange(where, 'post', post, to.count);
  checkRange(where, 'weight', weight, network.weights.length);
  if (weight.length !== post.length) refuse(where, `${weight.length} weights for ${post.length} synapses.`);
  if (delayMs instanceof Float64Array && delayMs.length !== post.length) {
    refuse(where, `${delayMs.length} delays for ${post.length} synapses.`);
  }
  if (model.sends !== undefined) checkSent(where, projection, model.sends, from, to);
  const { longestDelayMs } = projection;
  if (longestDelayMs !== undefined && !(typeof delayMs === 'number' && delayMs <= longestDelayMs)) {
    refuse(where, `delayMs: expected one delay for all synapses, of ${longestDelayMs} ms at most.`);
  }
  const delays = typeof delayMs === 'number' ? [delayMs] : delayMs;
  if (!delays.every((delay) => delay >= 0 && delay < Number.POSITIVE_INFINITY)) {
    refuse(where, 'delayMs: expected delays of 0 ms or more.');
  }
  const delayed =
    longestDelayMs !== undefined ||
    (typeof delayMs === 'number' ? delayMs !== 0 : delayMs.some((delay) => delay !== 0));
  if (model.sends !== undefined && (plasticity || shortTerm || delayed)) {
    refuse(where, `the port "${projection.port}" has no spikes, so there is neither delay nor plasticity.`);
  }
  checkRule(projection, from, to, Object.keys(network.modulators));
}

/**
 * Checks that the parts of a network fit together.
 * @throws UsageError naming the part that does not, and what it could have meant
 */
export function checkNetwork(network: Network): void {
  const names = network.populations.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) refuse(`population "${twice}"`, 'there are two of this name.');
  if (!(network.dtMs > 0)) refuse('network', `dtMs: expected a step above 0, found ${network.dtMs}.`);
  const joined = network.projections.map(({ name }) => name);
  const same = joined.find((name, i) => joined.indexOf(name) !== i);
  if (same !== undefined) refuse(`projection "${same}"`, 'there are two of this name.');
  for (const population of network.populations) checkPopulation(population, Object.keys(network.modulators));
  for (const projection of network.projections) checkProjection(projection, network);
  checkSharing(network);
  checkReleases(network);
  const cells = network.populations.reduce((sum, { count }) => sum + count, 0);
  const owners = network.populations.flatMap((population) =>
    Array<Population>(population.count).fill(population),
  );
  for (const { name, kind, cells: driven } of network.inputs) {
    checkRange(`input "${name}"`, 'cells', driven, cells);
    for (const cell of kind === 'current' ? driven : []) {
      const { name: population, ports } = owners[cell]!;
      if (ports.external?.parameters.I instanceof Float64Array) continue;
      refuse(
        `input "${name}"`,
        `population "${population}" needs a port "external" whose parameter I has a value for each cell.`,
      );
    }
  }
  for (const { name, cells: read, state } of network.outputs) {
    checkRange(`output "${name}"`, 'cells', read, cells);
    for (const cell of read) {
      const population = owners[cell]!;
      known(`output "${name}"`, `state of population "${population.name}"`, state, stateNames(population));
    }
  }
}
