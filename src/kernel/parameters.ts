import type { Values } from '../network/network.js';
import { suggest, UsageError } from '../spec/errors.js';
import type { PopulationProgram, Program } from './program.js';
import type { Life } from './simulator.js';

/**
 * The parameters of a population in one lifetime: the network's, those of the life in their place, and the summed
 * weights of ports that are sent to at every step.
 * @throws UsageError for a name that the network lacks
 */
export function parametersOf(
  program: Program,
  weights: Readonly<Float64Array>,
  life: Life,
): Map<string, Values>[] {
  const perPopulation = program.populations.map(({ dynamics }) => new Map(dynamics.parameters));
  for (const [path, value] of Object.entries(life.parameters ?? {})) {
    const dot = path.indexOf('.');
    const index = program.populations.findIndex(({ population }) => population.name === path.slice(0, dot));
    const known = perPopulation[index];
    const name = path.slice(dot + 1);
    if (!known?.has(name)) {
      const names = program.populations.flatMap(({ population, dynamics }) =>
        [...dynamics.parameters.keys()].map((parameter) => `${population.name}.${parameter}`),
      );
      throw new UsageError(`Unknown parameter "${path}" of the network. ${suggest(path, names)}`);
    }
    const before = known.get(name);
    known.set(name, before instanceof Float64Array ? new Float64Array(before.length).fill(value) : value);
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
