import { drawsIn, namesIn } from '../../expression/analysis.js';
import { ExpressionError } from '../../expression/error.js';
import { parseExpression } from '../../expression/parse.js';
import { UsageError } from '../../spec/errors.js';
import { describeValue } from '../../spec/validate.js';
import { type Dynamics, dynamicsOf } from '../model/dynamics.js';
import type { Population, SpikeTrain } from '../model/network.js';
import { checkLengths, checkParameters, checkRange, known, refuse, stateNames } from './parts.js';

function checkTrain(where: string, { steps, cells, room }: SpikeTrain, count: number): void {
  if (room !== undefined && !(Number.isInteger(room) && room >= steps.length))
    refuse(where, `room: expected a whole number of spikes from ${steps.length} on, found ${room}.`);
  if (!(steps instanceof Int32Array))
    refuse(where, `steps: expected an Int32Array, found ${describeValue(steps)}.`);
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
    checkLengths(where, reach ? { gain, reach } : { gain }, ['gain', 'reach'], { count });
  }
  if (Object.keys(receptors).length > 0 && Object.hasOwn(ports, 'receptor')) {
    refuse(`population "${owner}"`, 'a port of the name "receptor" goes with no receptors: rename it.');
  }
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
  for (const [parameter, factors] of Object.entries(kinds.spread ?? {})) {
    known(`${where}: spread`, 'parameter', parameter, Object.keys(each[0]?.[1] ?? {}));
    if (factors.length !== count)
      refuse(`${where}: spread`, `${parameter} has ${factors.length} factors for ${count} cells.`);
    const wrong = factors.findIndex((factor) => !(factor > 0 && factor < Number.POSITIVE_INFINITY));
    if (wrong >= 0)
      refuse(
        `${where}: spread`,
        `${parameter}: expected a factor above 0 of cell ${wrong}, found ${factors[wrong]}.`,
      );
  }
}

export function checkPopulation(population: Population, modulators: readonly string[]): void {
  const where = `population "${population.name}"`;
  const { model, ports, count, train } = population;
  if (!(Number.isInteger(count) && count >= 0))
    refuse(where, `count: expected a whole number of cells, found ${count}.`);
  checkParameters(`${where}: parameters`, population.parameters, model.parameters, { count });
  checkLengths(`${where}: start`, population.start ?? {}, stateNames(population), { count });
  for (const [port, of] of Object.entries(ports)) {
    checkParameters(`${where}: port "${port}"`, of.parameters, of.model.parameters, { count });
  }
  checkReceptors(population, modulators);
  checkKinds(population);
  if (!train) return;
  if (model.threshold !== undefined)
    refuse(where, 'has a train of spikes, and a model that fires by itself.');
  checkTrain(`${where}: train`, train, count);
}

/**
 * Checks that all names in the equations of a population's cells and ports stand for something: a port may use a state
 * that these cells lack, and any of them a modulator that the network lacks.
 * @throws UsageError naming the first that stands for nothing
 */
function checkDynamics(
  { name }: Population,
  { update, fires, reset, parameters, states }: Dynamics,
  modulators: readonly string[],
): void {
  const assignments = [...update, ...reset];
  const quantities = [...states.map((state) => state.name), ...parameters.keys()];
  const passing = new Set(['t', 'dt', ...assignments.map(({ target }) => target)]);
  const expressions = [...assignments.map(({ value }) => value), ...(fires ? [fires] : [])];
  for (const used of new Set(expressions.flatMap((e) => [...namesIn(e)]))) {
    if (used.startsWith('m.')) known(`population "${name}"`, 'modulator', used.slice(2), modulators);
    else if (!passing.has(used))
      known(`population "${name}": equations of its cells and ports`, 'quantity', used, quantities);
  }
}

/**
 * What a population does in a step.
 * @throws UsageError naming the population and what in its equations stands for nothing, or the ports where it is their
 * current that its integrator does not take
 */
export function soundDynamics(population: Population, modulators: readonly string[]): Dynamics {
  try {
    const dynamics = dynamicsOf(population);
    checkDynamics(population, dynamics, modulators);
    return dynamics;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const { name, model, ports } = population;
    const currents = Object.entries(ports).flatMap(([port, of]) =>
      of.model.current === undefined ? [] : [`"${port}" (${of.model.name})`],
    );
    const by = currents.length > 0 ? `, driven by ${currents.join(', ')}` : '';
    throw new UsageError(`population "${name}" (${model.name})${by}: ${error.message}`, { cause: error });
  }
}
