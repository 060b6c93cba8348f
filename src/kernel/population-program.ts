import { drawsIn } from '../expression/analysis.js';
import { ExpressionError } from '../expression/error.js';
import { checkModulators } from '../network/check/population.js';
import { type Dynamics, dynamicsOf } from '../network/model/dynamics.js';
import type { Network, Population } from '../network/model/network.js';
import { UsageError } from '../spec/errors.js';

/** One population in a program. States of all populations stand in one space, one after the other. */
export interface PopulationProgram {
  population: Population;
  /** Index of its first cell. */
  first: number;
  dynamics: Dynamics;
  /** Where each state begins in the space of states. */
  stateAt: ReadonlyMap<string, number>;
  /** Places in the equations that draw random numbers are counted through the network, from here. */
  firstSite: number;
}

/**
 * What a population does in a step.
 * @throws UsageError naming the population, and the ports where it is their current that its integrator does not take
 */
function dynamicsIn(population: Population): Dynamics {
  try {
    return dynamicsOf(population);
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

/** The populations of a network one after the other. @throws UsageError where one uses a modulator that is not there */
export function layPopulations(network: Network): PopulationProgram[] {
  let cells = 0;
  let states = 0;
  let sites = 0;
  return network.populations.map((population): PopulationProgram => {
    const dynamics = dynamicsIn(population);
    checkModulators(population, dynamics, Object.keys(network.modulators));
    const stateAt = new Map<string, number>();
    for (const { name } of dynamics.states) {
      stateAt.set(name, states);
      states += population.count;
    }
    const laid = { population, first: cells, dynamics, stateAt, firstSite: sites };
    cells += population.count;
    sites += dynamics.update.reduce((sum, { value }) => sum + drawsIn(value), 0);
    if (dynamics.fires) sites += drawsIn(dynamics.fires);
    return laid;
  });
}
