import type { Embodied } from '../../network/model/body.js';
import type { LivingNetwork } from '../task.js';

/** A circuit that knows what its cells hold at rest. */
export interface RestingCircuit extends Embodied {
  /** Values of states that cells carry from step to step, by population and state. */
  rest: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Brings the cells to rest, so that what they remember of the time before reaches nobody. */
export function bringToRest(network: LivingNetwork, { rest }: Pick<RestingCircuit, 'rest'>): void {
  for (const [population, states] of Object.entries(rest)) {
    for (const [state, value] of Object.entries(states)) network.setState(population, state, value);
  }
}
