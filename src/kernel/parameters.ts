import { hasWrongSign, type Parameter } from '../network/model/model.js';
import { type Population, ruleParameter, type SpikeTrain, type Values } from '../network/model/network.js';
import { suggest, UsageError } from '../spec/errors.js';
import { type Learning, usedInterval } from './learning.js';
import type { PopulationProgram } from './population-program.js';
import type { Program } from './program.js';
import { stepsOf } from './routes.js';
import type { LifeStart } from './simulator.js';

/**
 * The parameters of a population in one lifetime: the network's, those of the life in their place, and the summed
 * weights of ports that are sent to at every step.
 * @throws UsageError for a name that the network lacks
 */
export function parametersOf(
  program: Program,
  weights: Readonly<Float64Array>,
  life: LifeStart,
): Map<string, Values>[] {
  const perPopulation = program.populations.map(({ dynamics }) => new Map(dynamics.parameters));
  const others = new Set(otherNames(program));
  for (const [path, value] of Object.entries(life.parameters ?? {})) {
    if (others.has(path)) continue;
    const dot = path.indexOf('.');
    const index = program.populations.findIndex(({ population }) => population.name === path.slice(0, dot));
    const known = perPopulation[index];
    const name = path.slice(dot + 1);
    if (!known?.has(name)) {
      const names = program.populations.flatMap(({ population, dynamics }) =>
        [...dynamics.parameters.keys()].map((parameter) => `${population.name}.${parameter}`),
      );
      throw new UsageError(
        `Unknown parameter "${path}" of the network. ${suggest(path, [...names, ...others])}`,
      );
    }
    const { population } = program.populations[index]!;
    const placed = inPlaceOf(known.get(name)!, value, path, population.count);
    refuseSign(path, parameterOf(population, name), placed);
    known.set(name, placed);
  }
  for (const { to, port, rowStart, post, source } of program.continuous) {
    const sums = new Float64Array(to.population.count);
    for (let s = 0; s < rowStart.at(-1)!; s++) sums[post[s]!]! += weights[source[s]!]!;
    const known = perPopulation[program.populations.indexOf(to)]!;
    const before = known.get(`${port}.weightSum`) as Float64Array;
    known.set(
      `${port}.weightSum`,
      sums.map((value, cell) => value + before[cell]!),
    );
  }
  return perPopulation;
}

/** The parameter of a population's cells or ports by its name; undefined for a receptor's gain. */
function parameterOf({ model, ports }: Population, name: string): Parameter | undefined {
  if (Object.hasOwn(model.parameters, name)) return model.parameters[name];
  const dot = name.indexOf('.');
  return ports[name.slice(0, dot)]?.model.parameters[name.slice(dot + 1)];
}

function refuseSign(path: string, parameter: Parameter | undefined, values: Values): void {
  if (!parameter) return;
  const found =
    typeof values === 'number'
      ? [values].find((value) => hasWrongSign(parameter, value))
      : values.find((value) => hasWrongSign(parameter, value));
  if (found === undefined) return;
  const { low, high } = parameter;
  throw new RangeError(`"${path}": expected a value such as ${low} to ${high}, found ${found}`);
}

/** The least difference of two parameters that a rule divides by, as a share of them. */
const leastDifference = 1e-3;

function keptApart(value: Values, other: Values): Values {
  if (typeof value !== 'number' || typeof other !== 'number') return value;
  const least = leastDifference * Math.abs(other);
  return Math.abs(value - other) < least ? other - least : value;
}

/** The rule parameters of a plastic projection in one lifetime. */
export function ruleParametersOf(
  { projection, plan }: Learning,
  life: LifeStart,
  dtMs: number,
): Map<string, Values> {
  const plasticity = projection.plasticity!;
  const { every } = plasticity.rule.onUpdate ?? {};
  const taus = new Set([...plan.traces, ...plan.variables].map(({ tau }) => tau));
  const synapses = projection.post.length;
  const found = new Map(
    Object.keys(plasticity.rule.parameters).map((name): [string, Values] => {
      const own = ruleParameter(plasticity, name);
      const given = life.parameters?.[`${projection.name}.${name}`];
      const path = `${projection.name}.${name}`;
      const value = given === undefined ? own : inPlaceOf(own, given, path, synapses);
      if (taus.has(name) && !((value as number) > 0)) {
        throw new RangeError(`"${path}": expected a time constant above 0, found ${String(value)}`);
      }
      return [name, name === every ? usedInterval(value as number, dtMs) : value];
    }),
  );
  for (const [name, other] of Object.entries(plasticity.rule.apart ?? {})) {
    found.set(name, keptApart(found.get(name)!, found.get(other)!));
  }
  return found;
}

/** `[routes]` steps from spike to arrival in one lifetime. @throws RangeError for a delay longer than may be */
export function delaysOf({ routes, network }: Program, life: LifeStart): number[] {
  return routes.map(({ delaySteps, flexible }) => {
    const given = flexible && life.parameters?.[`${flexible.projection}.delayMs`];
    if (!flexible || given === undefined) return delaySteps;
    const steps = typeof given === 'number' && given >= 0 ? stepsOf(given, network.dtMs) : Number.NaN;
    if (steps <= flexible.longestSteps) return steps;
    const longest = flexible.longestSteps * network.dtMs;
    throw new RangeError(
      `"${flexible.projection}.delayMs": expected 0 to ${longest} ms, found ${String(given)}`,
    );
  });
}

/** A modulator in one lifetime. */
export function modulatorOf(
  { network }: Program,
  name: string,
  life: LifeStart,
): { tauMs: number; baseline: number } {
  const { tauMs, baseline, absent } = network.modulators[name]!;
  if (absent) return { tauMs, baseline: 0 };
  const given = (of: 'tauMs' | 'baseline', own: number, isSound: (value: number) => boolean): number => {
    const path = `modulators.${name}.${of}`;
    const value = (life.parameters?.[path] ?? own) as number;
    if (isSound(value)) return value;
    const expected = of === 'tauMs' ? 'a time above 0' : 'a number';
    throw new RangeError(`"${path}": expected ${expected}, found ${String(value)}`);
  };
  return {
    tauMs: given('tauMs', tauMs, (value) => value > 0),
    baseline: given('baseline', baseline, Number.isFinite),
  };
}

/**
 * A value given for a lifetime in the place of a network's own: one stays one, and one each may become another for all.
 * @throws RangeError where one each is given for what the network has one of, or too many or too few
 */
function inPlaceOf(own: Values, given: Values, name: string, count: number): Values {
  if (typeof given === 'number' ? Number.isNaN(given) : given.some(Number.isNaN))
    throw new RangeError(`"${name}": expected a number, found NaN`);
  if (typeof own === 'number') {
    if (typeof given === 'number') return given;
    throw new RangeError(`"${name}" is one value for all: expected a number, found ${given.length} values`);
  }
  if (typeof given === 'number') return new Float64Array(count).fill(given);
  if (given.length !== count)
    throw new RangeError(`"${name}": expected ${count} values, found ${given.length}`);
  return given;
}

/** Names of what a lifetime may change beside the cells' parameters: rules', modulators' and delays. */
const otherNames = ({ network, learning, routes }: Program): string[] => [
  ...routes.flatMap(({ flexible }) => (flexible ? [`${flexible.projection}.delayMs`] : [])),
  ...learning.flatMap(({ projection }) =>
    Object.keys(projection.plasticity!.rule.parameters).map((name) => `${projection.name}.${name}`),
  ),
  ...Object.keys(network.modulators).flatMap((name) =>
    ['tauMs', 'baseline'].map((of) => `modulators.${name}.${of}`),
  ),
];

/** Adds what the inputs drive to the parameter `external.I`, which is one value a cell. */
export function driveCurrents(
  program: Program,
  drive: Readonly<ArrayLike<number>>,
  valuesOf: (population: PopulationProgram) => Float64Array | undefined,
): void {
  program.network.inputs.forEach(({ kind, cells, amplitude }, input) => {
    const strength = drive[input] ?? 0;
    if (kind !== 'current' || strength === 0) return;
    for (const cell of cells) {
      const population = populationOf(program, cell);
      const values = valuesOf(population);
      if (values) values[cell - population.first]! += amplitude * strength;
    }
  });
}

export function populationOf({ populations }: Program, cell: number): PopulationProgram {
  let found = populations[0]!;
  for (const population of populations) if (population.first <= cell) found = population;
  return found;
}

export function populationNamed({ populations }: Program, name: string): PopulationProgram {
  const found = populations.find(({ population }) => population.name === name);
  if (found) return found;
  const names = populations.map(({ population }) => population.name);
  throw new UsageError(`Unknown population "${name}". ${suggest(name, names)}`);
}

/** A population by name, of which a state is asked. @throws RangeError where its cells have none of the name */
export function populationWith(program: Program, name: string, state: string): PopulationProgram {
  const of = populationNamed(program, name);
  if (of.stateAt.has(state)) return of;
  throw new RangeError(`population "${name}" has no state "${state}"`);
}

/** The most spikes that a train may hold. */
export const roomOf = ({ steps, room }: SpikeTrain): number => room ?? steps.length;

/**
 * The population that is to fire by a list of spikes.
 * @throws RangeError where it does not fire by a list, or the list is too long
 */
export function populationPlaying(program: Program, name: string, spikes: number): PopulationProgram {
  const of = populationNamed(program, name);
  const { train } = of.population;
  if (!train) throw new RangeError(`population "${name}" has no train, so no spikes can be listed for it`);
  if (spikes <= roomOf(train)) return of;
  throw new RangeError(
    `population "${name}": its train has room for ${roomOf(train)} spikes, found ${spikes}`,
  );
}

/** The plastic projection of a name, or all of them. @throws RangeError where there is none of the name */
export function plasticNamed<Plastic extends { name: string }>(
  plastic: readonly Plastic[],
  name: string | undefined,
): readonly Plastic[] {
  if (name === undefined) return plastic;
  const found = plastic.filter((of) => of.name === name);
  if (found.length === 0) throw new RangeError(`no projection "${name}" learns`);
  return found;
}

/** Values for each cell of a population. @throws RangeError for too many or too few */
export function valuesFor({ name, count }: Population, values: Float64Array): Float64Array {
  if (values.length === count) return values;
  throw new RangeError(`population "${name}": expected ${count} values, found ${values.length}`);
}

/** `[cells]` by modulator: what a spike of each cell releases. */
export function releasedAmounts({ network, populations, cells }: Program): Map<string, Float64Array> {
  return new Map(
    Object.entries(network.modulators).flatMap(([name, { releasedBy, absent }]) => {
      if (!releasedBy || absent) return [];
      const amounts = new Float64Array(cells);
      for (const { population, cells: own, amount } of releasedBy) {
        const of = populations.find((each) => each.population.name === population)!;
        for (const cell of own ?? Int32Array.from({ length: of.population.count }, (_, i) => i)) {
          amounts[of.first + cell]! += amount;
        }
      }
      return [[name, amounts] as const];
    }),
  );
}
