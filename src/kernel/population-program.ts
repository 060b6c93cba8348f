import { drawsIn } from '../expression/analysis.js';
import { soundDynamics } from '../network/check/population.js';
import type { Dynamics } from '../network/model/dynamics.js';
import type { Network, Population } from '../network/model/network.js';

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

/** The populations of a network one after the other. @throws UsageError where one uses a name that stands for nothing */
export function layPopulations(network: Network): PopulationProgram[] {
  let cells = 0;
  let states = 0;
  let sites = 0;
  return network.populations.map((population): PopulationProgram => {
    const dynamics = soundDynamics(population, Object.keys(network.modulators));
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
